from odoo.tests import tagged

from .common import WishlistCommon


@tagged("post_install", "-at_install")
class TestShopWishlistTour(WishlistCommon):
    """From the wish list to the pro forma in a real browser."""

    def test_customer_gets_it_at_a_desk(self):
        self.start_tour("/shop/wishlist", "proforma_shop_wishlist", login="marie")

        lines = self._get_proformas().website_order_line
        self.assertEqual(lines.product_id, self.product | self.cover)

    def test_button_goes_with_the_last_product(self):
        self.wishes[1].unlink()

        self.start_tour(
            "/shop/wishlist", "proforma_shop_wishlist_emptied", login="marie"
        )

        self.assertFalse(self.wishes.exists())


@tagged("post_install", "-at_install")
class TestShopWishlistPhoneTour(WishlistCommon):
    """The same on a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def test_customer_gets_it_on_a_phone(self):
        self.start_tour("/shop/wishlist", "proforma_shop_wishlist", login="marie")

        lines = self._get_proformas().website_order_line
        self.assertEqual(lines.product_id, self.product | self.cover)
