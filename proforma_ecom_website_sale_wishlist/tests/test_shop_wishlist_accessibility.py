from unittest import skipUnless

from odoo.tests import tagged

from odoo.addons.proforma_ecom_website_sale.tests.common_browser import (
    AXE,
    BrowserCommon,
)

from .common import WishlistCommon

# What core draws on this page and is not for everybody: on a phone, where its word is
# hidden, the button of a product has no name.
EXCLUDED = ("button.o_wish_add",)


@tagged("post_install", "-at_install")
@skipUnless(AXE, "PROFORMA_AXE names no checker; make test brings one along.")
class TestShopWishlistAccessibility(WishlistCommon, BrowserCommon):
    """The page of the wish list is for everybody, as far as it is ours."""

    def test_wish_list_is_for_everybody(self):
        pages = [("wish list", "/shop/wishlist", ".o_proforma_wishlist")]

        self._check(pages, EXCLUDED)
