from odoo import http
from odoo.tests import tagged

from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopCheckout(ShopVisitCommon):
    """What the checkout has to do with who wants a pro forma, not to pay."""

    def setUp(self):
        super().setUp()
        self.cart = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, self.cart)

    def _submit(self, **values):
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "required_fields": "name,email",
            **self.address,
            **values,
        }
        return self.url_open("/shop/address/submit", data=data).json()["redirectUrl"]

    def _ask_without_delivery(self):
        """Return the cart of a customer who was led to the checkout to choose how it is
        delivered.
        """
        self.env["delivery.carrier"].search([]).is_published = False
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self._ask_for(cart, reference="PO-118")
        return cart

    def test_guest_gets_what_is_delivered_to_another_address(self):
        self._ask_for(self.cart)
        kept = {"callback": "/shop/proforma/continue"}

        url = self._submit(
            address_type="billing",
            use_delivery_as_billing="true",
            proforma_elsewhere="1",
            **kept,
        )
        page = self.url_open(url).text
        self.assertTrue("Your pro forma invoice comes next." in page)
        self.assertFalse("proforma_elsewhere" in page)
        url = self._submit(address_type="delivery", street="8 quai du Port", **kept)
        self.assertEqual(self.cart.proforma_state, "none")
        self.url_open(url)

        self.assertEqual(self.cart.proforma_state, "issued")
        self.assertEqual(self.cart.partner_shipping_id.street, "8 quai du Port")
        self.assertEqual(self.cart.partner_invoice_id.street, self.address["street"])

    def test_who_orders_is_offered_no_pro_forma_between_address_and_payment(self):
        self._submit(address_type="billing", use_delivery_as_billing="true")

        page = self.url_open("/shop/checkout").text

        self.assertTrue("o_delivery_radio" in page)
        self.assertFalse("o_proforma_form" in page)

    def test_next_cart_is_offered_none_there_either(self):
        cart = self._ask_without_delivery()
        self.carrier.is_published = True
        self._ask_for(cart)
        self.assertEqual(cart.proforma_state, "issued")
        self._put_in_session(self._create_cart(cart.partner_id))

        self.assertFalse("o_proforma_form" in self.url_open("/shop/checkout").text)

    def test_services_are_not_delivered_elsewhere(self):
        for kind, is_asked in (("consu", True), ("service", False)):
            self.product.type = kind
            url = self._ask_for(self.cart).headers["Location"]

            with self.subTest(kind):
                self.assertEqual(
                    "proforma_elsewhere" in self.url_open(url).text, is_asked
                )

    def test_missing_delivery_is_chosen_where_the_pro_forma_is(self):
        self._ask_without_delivery()

        page = self.url_open("/shop/checkout").text

        for part in ("o_proforma_error", "o_proforma_form", 'value="PO-118"'):
            with self.subTest(part):
                self.assertTrue(part in page)

    def test_offer_follows_the_delivery_that_is_chosen(self):
        express = self._prepare_carrier(
            self.carrier.product_id, name="Express", fixed_price=40.0
        )
        self._submit(address_type="billing", use_delivery_as_billing="true")
        self.url_open("/shop/checkout")

        values = self.make_jsonrpc_request(
            "/shop/set_delivery_method", {"dm_id": express.id}
        )

        self.assertIn("(Express)", values["proforma"]["html"])
        self.assertFalse(values["proforma"]["is_refused"])

    def test_website_without_pro_formas_says_nothing_of_them(self):
        self.website.proforma_enabled = False
        self._submit(address_type="billing", use_delivery_as_billing="true")

        values = self.make_jsonrpc_request(
            "/shop/set_delivery_method", {"dm_id": self.carrier.id}
        )

        self.assertIsNone(values["proforma"])
