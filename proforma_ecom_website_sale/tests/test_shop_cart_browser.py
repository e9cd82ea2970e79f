from odoo.tests import tagged

from odoo.addons.proforma_ecom.tests.common_chrome import ChromeCommon

from .common import ShopProformaCommon

MESSAGE = ".o_proforma_form textarea[name=message]"


@tagged("post_install", "-at_install")
class TestShopCartBrowser(ShopProformaCommon, ChromeCommon):
    """The form of the pro forma, while the cart around it changes."""

    def _open_cart(self):
        """Return the cart page of a customer who has ordered something else before."""
        other = self.env["product.template"].create(
            {"name": "Brush", "list_price": 5.0, "is_published": True}
        )
        before = self._create_cart(self.buyer.partner_id)
        before.order_line.product_id = other.product_variant_id
        before.action_confirm()
        self._create_cart(self.buyer.partner_id)
        return self._open("/shop/cart", login="marie")

    def _reorder(self, page):
        page.click("#quick_reorder_button")
        page.wait_for("#quick_reorder_sidebar.show:not(.showing)")
        page.click(".o_wsale_quick_reorder_product_button")
        page.wait_for(".js_cart_lines", "Brush")
        page.click("#quick_reorder_sidebar .btn-close")
        page.settle()

    def test_what_is_typed_stays_after_a_quick_reorder(self):
        with self._open_cart() as page:
            page.settle()
            page.click(".o_proforma_words summary")
            page.fill(MESSAGE, "Ring twice")
            self._reorder(page)

            self.assertEqual(
                page.evaluate(f"document.querySelector('{MESSAGE}').value"),
                "Ring twice",
            )
            self.assertTrue(page.evaluate("!!document.querySelector('details[open]')"))

    def test_what_is_typed_waits_for_who_goes_elsewhere_first(self):
        with self._open_cart() as page:
            page.settle()
            page.click(".o_proforma_words summary")
            page.fill(MESSAGE, "Ring twice")
            page.evaluate("location.href = '/shop'")
            page.wait_for("#products_grid")
            page.evaluate("location.href = '/shop/cart'")
            page.wait_for(f".o_proforma_words[open] {MESSAGE.split()[1]}")

            self.assertEqual(
                page.evaluate(f"document.querySelector('{MESSAGE}').value"),
                "Ring twice",
            )

    def test_offer_follows_the_cart_after_a_quick_reorder(self):
        self.website.proforma_amount_max = 130.0
        with self._open_cart() as page:
            page.settle()
            self._reorder(page)
            page.wait_for(".o_proforma_offer_text", "Valid until")
            page.click(".css_quantity .oi-plus")
            page.wait_for(".o_proforma_refusal", "go up to")
            page.wait_for(".o_proforma_offer.o_proforma_refused")

    def test_offer_follows_the_delivery_that_is_chosen(self):
        self._prepare_carrier(self.carrier.product_id, name="Express", fixed_price=40.0)
        self.product.product_tmpl_id.proforma_policy = "only"
        self._create_cart(self.buyer.partner_id)
        offer = ".o_total_card .o_proforma_offer_text"
        with self._open("/shop/checkout", login="marie") as page:
            page.settle()
            for radio, name in ((1, "Express"), (0, self.carrier.name)):
                page.evaluate(
                    "document.querySelectorAll('[name=o_delivery_radio]')"
                    f"[{radio}].click()"
                )
                page.wait_for(offer, f"({name})")
                page.wait_for(".o_proforma_form:not([inert]):not(.opacity-50)")
