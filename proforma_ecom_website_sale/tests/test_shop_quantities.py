from odoo.tests import tagged

from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopQuantities(ShopVisitCommon):
    """The pages of the shop say which quantities a pro forma may have."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.product.product_tmpl_id
        cls.template.write(
            {
                "is_published": True,
                "list_price": 20.0,
                "proforma_quantity_min": 12.0,
                "proforma_quantity_multiple": 6.0,
            }
        )

    def test_visitor_reads_the_limits_on_the_page_of_the_product(self):
        page = self.url_open(self.template.website_url).text

        self.assertIn("At least 12, in steps of 6", page)

    def test_page_without_pro_formas_says_nothing_of_limits(self):
        self.website.proforma_enabled = False

        page = self.url_open(self.template.website_url).text

        self.assertNotIn("At least 12", page)

    def test_cart_says_the_limits_and_goes_on_to_the_checkout(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        page = self.url_open("/shop/cart").text

        self.assertIn("At least 12, in steps of 6", page)
        self.assertIn("o_proforma_refused", page)
        self.assertIn('name="website_sale_main_button"', page)

    def test_cart_that_is_mended_has_its_pro_forma(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        offer = self.make_jsonrpc_request(
            "/shop/cart/update", {"line_id": cart.order_line[0].id, "quantity": 12}
        )
        self._ask_for(cart)

        self.assertNotIn("At least", str(offer))
        self.assertEqual(cart.proforma_state, "issued")

    def test_request_beyond_the_limits_changes_nothing(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        self._ask_for(cart)

        self.assertEqual((cart.state, cart.proforma_state), ("draft", "none"))
        self.assertEqual(cart.order_line.product_uom_qty, 5.0)
