from odoo import http
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopRules(ShopVisitCommon):
    """What the pages of the shop do where a rule forbids a pro forma or a payment."""

    def _update_quantity(self, cart, quantity):
        return self.make_jsonrpc_request(
            "/shop/cart/update",
            {"line_id": cart.order_line[0].id, "quantity": quantity},
        )

    def _pay(self, url, cart):
        method = self.env.ref("payment.payment_method_unknown")
        provider = self.env["payment.provider"].create(
            {"name": "Any", "payment_method_ids": [(6, 0, method.ids)]}
        )
        return self.make_jsonrpc_request(
            url,
            {
                "access_token": cart._portal_ensure_token(),
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "token_id": None,
                "amount": cart.amount_total,
                "flow": "direct",
                "tokenization_requested": False,
                "landing_route": "/shop/payment/validate",
            },
        )

    def test_cart_explains_itself_where_a_rule_forbids_it(self):
        self.website.proforma_amount_min = 1000000.0
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        page = self.url_open("/shop/cart").text

        self.assertIn("Pro forma invoices start at", page)
        self.assertIn("o_proforma_refused", page)

    def test_request_that_a_rule_forbids_changes_nothing_and_says_why(self):
        self.website.proforma_amount_min = 1000000.0
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        response = self._ask_for(cart)

        self.assertTrue(response.headers["Location"].endswith("/shop/cart"))
        self.assertEqual((cart.state, cart.proforma_state), ("draft", "none"))
        self.assertIn("o_proforma_error", self.url_open("/shop/cart").text)

    def test_rule_on_the_address_is_asked_when_it_is_known(self):
        self.website.proforma_audience = "business"
        cart = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, cart)
        self._ask_for(cart)
        self.url_open(
            "/shop/address/submit",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "address_type": "billing",
                "use_delivery_as_billing": "true",
                "callback": "/shop/proforma/continue",
                "required_fields": "name,email",
                **self.address,
            },
        )

        response = self.url_open("/shop/proforma/continue", allow_redirects=False)

        self.assertTrue(response.headers["Location"].endswith("/shop/cart"))
        self.assertIn("are for companies", self.url_open("/shop/cart").text)
        self.assertEqual(cart.proforma_state, "none")

    def test_changed_cart_tells_at_once_what_holds_for_it(self):
        self.product.list_price = 20.0
        self.website.proforma_amount_min = 101.0
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        few = self._update_quantity(cart, 5)["proforma"]
        many = self._update_quantity(cart, 6)["proforma"]

        self.assertTrue(few["is_refused"])
        self.assertIn("start at", few["html"])
        self.assertFalse(many["is_refused"])
        self.assertIn("Valid until", many["html"])

    def test_changed_cart_tells_at_once_that_somebody_looks_at_it(self):
        self.product.list_price = 20.0
        self.website.write(
            {"proforma_review": "above", "proforma_review_amount": 100.0}
        )
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        few = self._update_quantity(cart, 5)["proforma"]
        many = self._update_quantity(cart, 6)["proforma"]

        self.assertEqual((few["is_review"], many["is_review"]), (False, True))
        self.assertIn("We look at it first", many["html"])

    def test_product_sold_by_pro_forma_only_has_no_other_button(self):
        self.product.product_tmpl_id.proforma_policy = "only"
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        page = self.url_open("/shop/cart").text

        self.assertIn("proforma_button", page)
        self.assertNotIn("website_sale_main_button", page)
        self.assertNotIn("o_payment_express_checkout_form", page)

    def test_checkout_of_such_a_product_leads_to_its_pro_forma(self):
        self.product.product_tmpl_id.proforma_policy = "only"
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        checkout = self.url_open("/shop/checkout").text
        payment = self.url_open("/shop/payment", allow_redirects=False)

        self.assertIn("proforma_button", checkout)
        self.assertNotIn("website_sale_main_button", checkout)
        self.assertTrue(payment.headers["Location"].endswith("/shop/cart"))

    @mute_logger("odoo.http")
    def test_no_route_takes_money_for_such_a_product(self):
        self.product.product_tmpl_id.proforma_policy = "only"
        cart = self._create_cart(self.buyer.partner_id)
        cart.set_delivery_line(self.carrier, 15.0)
        self._open_session("marie", cart)
        for url in (
            f"/shop/payment/transaction/{cart.id}",
            f"/my/orders/{cart.id}/transaction",
        ):
            with (
                self.subTest(url),
                self.assertRaisesRegex(JsonRpcException, "ValidationError"),
            ):
                self._pay(url, cart)

        self.assertFalse(cart.transaction_ids)

    def test_without_a_delivery_method_the_cost_may_be_agreed_later(self):
        self.env["delivery.carrier"].search([]).is_published = False
        self.website.proforma_delivery_agreed = True
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        self._ask_for(cart)

        self.assertEqual(cart.proforma_state, "issued")
        self.assertEqual(cart.proforma_delivery_cost, "agreed")

    def _validate_for_nothing(self, cart, **query):
        with mute_logger("odoo.http"):
            self.url_open("/shop/payment/validate", params=query, allow_redirects=False)
        self.assertFalse(cart.amount_total)
        return cart.state

    def _create_free_cart(self):
        free = self._create_product(name="Free", type="service", list_price=0.0)
        self.product.product_tmpl_id.list_price = 0.0
        cart = self._create_cart(self.buyer.partner_id)
        cart._set_delivery_method(self._prepare_carrier(free, fixed_price=0.0))
        return cart

    def test_price_on_request_is_not_ordered_for_nothing(self):
        self.product.product_tmpl_id.proforma_policy = "only"
        cart = self._create_free_cart()
        self._open_session("marie", cart)

        self.assertEqual(self._validate_for_nothing(cart), "draft")
        self.assertIn("by pro forma invoice only", self.url_open("/shop/cart").text)

    def test_what_was_handed_in_is_not_ordered_for_nothing(self):
        self.website.proforma_review = "always"
        cart = self._create_free_cart()
        self._open_session("marie", cart)
        self._ask_for(cart)
        self._put_in_session(self._create_cart(self.buyer.partner_id))

        state = self._validate_for_nothing(cart, sale_order_id=cart.id)

        self.assertEqual(state, "sent")
