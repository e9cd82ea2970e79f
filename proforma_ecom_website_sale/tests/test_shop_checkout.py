from odoo import http
from odoo.tests import tagged

from .common_shop import ShopVisitCommon

ASKED = {"callback": "/shop/proforma/continue"}


@tagged("post_install", "-at_install")
class TestShopCheckout(ShopVisitCommon):
    """What the checkout has to do with who wants a pro forma, not to pay."""

    def setUp(self):
        super().setUp()
        self.cart = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, self.cart)

    def _post_address(self, **values):
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "required_fields": "name,email",
            **self.address,
            **values,
        }
        return self.url_open("/shop/address/submit", data=data).json()

    def _submit(self, **values):
        return self._post_address(**values)["redirectUrl"]

    def _ask_without_delivery(self):
        """Return the cart of a customer who was led to the checkout to choose how it is
        delivered.
        """
        self.env["delivery.carrier"].search([]).is_published = False
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self._ask_for(cart, reference="PO-118")
        return cart

    def _tick_elsewhere(self):
        """Ask as a guest who wants it delivered elsewhere; return where that leads."""
        self._ask_for(self.cart)
        url = self._submit(**ASKED, address_type="billing", proforma_elsewhere="1")
        return self.url_open(url)

    def test_guest_gets_what_is_delivered_to_another_address(self):
        page = self._tick_elsewhere()
        self.assertIn("address_type=delivery", page.url)
        self.assertTrue("Enter the delivery address." in page.text)

        url = self._submit(**ASKED, address_type="delivery", street="8 quai du Port")
        self.assertEqual(self.cart.proforma_state, "none")
        self.url_open(url)

        self.assertEqual(self.cart.proforma_state, "issued")
        self.assertEqual(self.cart.partner_shipping_id.street, "8 quai du Port")
        self.assertEqual(self.cart.partner_invoice_id.street, self.address["street"])

    def test_other_address_is_not_forgotten_on_the_way(self):
        self._tick_elsewhere()

        again = self.url_open("/shop/proforma/continue")
        self.url_open("/shop/cart")
        asked = self._ask_for(self.cart)

        self.assertIn("address_type=delivery", again.url)
        self.assertIn("address_type=delivery", asked.headers["Location"])
        self.assertEqual(self.cart.proforma_state, "none")

    def test_guest_may_do_without_the_other_address_after_all(self):
        page = self._tick_elsewhere()
        partner = self.cart.partner_id
        back = f"address_type=billing&amp;partner_id={partner.id}&amp;callback="
        self.assertTrue(back in page.text)

        form = self.url_open(
            f"/shop/address?address_type=billing&partner_id={partner.id}"
            "&callback=/shop/proforma/continue"
        )
        url = self._submit(
            **ASKED, address_type="billing", partner_id=partner.id, city="Villeurbanne"
        )
        self.url_open(url)

        self.assertRegex(form.text, r'name="proforma_elsewhere"[^>]* checked="')
        self.assertEqual(self.cart.proforma_state, "issued")
        self.assertEqual(self.cart.partner_shipping_id, partner)
        self.assertEqual(partner.city, "Villeurbanne")

    def test_wrong_address_is_no_way_on(self):
        self._ask_for(self.cart)
        answer = self._post_address(
            **ASKED, address_type="billing", email="x", proforma_elsewhere="1"
        )

        self.assertIn("email", answer["invalid_fields"])
        self.assertEqual(self.cart.partner_id, self.website.user_id.partner_id)

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

    def test_guests_are_asked_about_another_address_for_goods_only(self):
        for kind, is_asked in (("consu", True), ("service", False)):
            self.product.type = kind
            url = self._ask_for(self.cart).headers["Location"]

            with self.subTest(kind):
                self.assertEqual(
                    "proforma_elsewhere" in self.url_open(url).text, is_asked
                )

    def test_customer_with_an_account_has_his_other_addresses_in_the_checkout(self):
        self.buyer.partner_id.city = False
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        page = self.url_open(self._ask_for(cart).headers["Location"]).text

        self.assertTrue("o_proforma_asked" in page)
        self.assertFalse("proforma_elsewhere" in page)

    def test_cart_forgets_the_way_to_the_checkout(self):
        self._ask_without_delivery()
        self.url_open("/shop/cart")

        self.assertFalse("o_proforma_form" in self.url_open("/shop/checkout").text)

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
