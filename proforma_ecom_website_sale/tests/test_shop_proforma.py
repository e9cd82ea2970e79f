import odoo
from odoo import http
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopProforma(ShopVisitCommon):
    def test_signed_in_customer_gets_it_in_one_click(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        response = self._ask_for(cart)

        self.assertEqual(cart.proforma_state, "issued")
        self.assertIn(f"/my/proformas/{cart.id}", response.headers["Location"])

    def test_mail_with_the_pdf_is_on_its_way(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        self._ask_for(cart)

        message = cart.message_ids.filtered("attachment_ids")
        self.assertEqual(message.attachment_ids.mimetype, "application/pdf")
        self.assertIn(self.buyer.partner_id, message.notified_partner_ids)

    def test_cart_is_empty_afterwards_and_a_new_one_works_beside_it(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self._ask_for(cart)

        self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": self.product.product_tmpl_id.id,
                "product_id": self.product.id,
                "quantity": 1,
            },
        )

        new_cart = self.env["sale.order"].search(
            [("partner_id", "=", self.buyer.partner_id.id), ("state", "=", "draft")]
        )
        self.assertEqual(new_cart.cart_quantity, 1)
        self.assertEqual(cart.proforma_state, "issued")

    def test_second_click_leads_to_the_same_pro_forma(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        first = self._ask_for(cart)

        second = self._ask_for(cart)

        self.assertEqual(second.headers["Location"], first.headers["Location"])
        self.assertEqual(len(cart.proforma_version_ids), 1)

    def test_other_visitors_order_is_not_shown(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self._ask_for(cart)
        self._open_session()

        response = self._ask(order_id=cart.id, access_token="wrong")

        self.assertNotIn("/my/proformas", response.headers["Location"])

    def test_guest_is_led_to_the_address_form_and_back(self):
        cart = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, cart)

        response = self._ask_for(cart)

        self.assertIn("/shop/address", response.headers["Location"])
        self.assertIn(
            "callback=%2Fshop%2Fproforma%2Fcontinue", response.headers["Location"]
        )
        self.assertEqual(cart.proforma_state, "none")

    def test_address_form_says_that_the_pro_forma_comes_next(self):
        cart = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, cart)
        usual = self.url_open("/shop/address").text
        response = self._ask_for(cart)

        page = self.url_open(response.headers["Location"]).text

        self.assertNotIn("o_proforma_asked", usual)
        self.assertIn('href="/web/login?redirect=/shop/checkout"', usual)
        self.assertIn("o_proforma_asked", page)
        self.assertIn('href="/web/login?redirect=/shop/proforma/continue"', page)

    def test_delivery_address_is_not_said_to_get_the_pro_forma(self):
        self._open_session("marie", self._create_cart(self.buyer.partner_id))
        for kind, is_said in (("billing", True), ("delivery", False)):
            page = self.url_open(
                f"/shop/address?address_type={kind}&callback=/shop/proforma/continue"
            ).text

            with self.subTest(kind):
                self.assertIn("Your pro forma invoice comes next.", page)
                self.assertEqual("made out to this address" in page, is_said)

    def test_guest_gets_it_after_the_address_form(self):
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

        self.assertIn(f"/my/proformas/{cart.id}", response.headers["Location"])
        self.assertEqual(cart.proforma_state, "issued")

    def test_get_without_request_does_nothing(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        response = self.url_open("/shop/proforma/continue", allow_redirects=False)

        self.assertEqual(cart.proforma_state, "none")
        self.assertTrue(response.headers["Location"].endswith("/shop/cart"))

    def test_who_goes_elsewhere_has_to_ask_again(self):
        for page in ("/shop/checkout", "/shop/cart"):
            cart = self._create_cart(self.website.user_id.partner_id)
            self._open_session(None, cart)
            self._ask_for(cart)
            self.url_open(page, allow_redirects=False)
            cart.partner_id = self.buyer.partner_id

            self.url_open("/shop/proforma/continue", allow_redirects=False)

            with self.subTest(page):
                self.assertEqual(cart.proforma_state, "none")

    def test_reloaded_redirection_leads_to_the_pro_forma(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self._ask_for(cart)

        response = self.url_open("/shop/proforma/continue", allow_redirects=False)

        self.assertIn(f"/my/proformas/{cart.id}", response.headers["Location"])

    def test_second_confirmation_at_once_leads_to_the_same_pro_forma(self):
        cart = self._create_cart(self.buyer.partner_id)
        cart.action_proforma_issue()
        session = self.authenticate("marie", "marie")
        session["proforma_cart_id"] = cart.id  # As the first one found it.
        odoo.http.root.session_store.save(session)

        response = self.url_open("/shop/proforma/continue", allow_redirects=False)

        self.assertIn(f"/my/proformas/{cart.id}", response.headers["Location"])

    def test_guest_who_discards_the_form_is_back_in_his_cart(self):
        cart = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, cart)

        form = self.url_open(self._ask_for(cart).headers["Location"])

        self.assertIn('href="/shop/cart"', form.text)
        self.assertNotIn('href="/shop/proforma/continue"', form.text)

    def test_service_alone_needs_an_address_too(self):
        service = self.env["product.product"].create(
            {"name": "Installation", "type": "service", "list_price": 100.0}
        )
        cart = self._create_cart(self.website.user_id.partner_id)
        cart.order_line.product_id = service
        self._open_session(None, cart)

        form = self.url_open(self._ask_for(cart).headers["Location"])

        self.assertIn('name="street"', form.text)

    def test_pages_of_the_checkout_lead_to_the_pro_forma(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self._ask_for(cart)
        for page in ("/shop/payment/validate", "/shop/confirmation", "/shop/print"):
            with self.subTest(page):
                response = self.url_open(page, allow_redirects=False)

                self.assertIn(f"/my/proformas/{cart.id}", response.headers["Location"])

        self.assertEqual(cart.state, "sent")

    @mute_logger("odoo.http")
    def test_payment_page_that_was_left_open_takes_no_money(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        token = cart._portal_ensure_token()
        self._ask_for(cart)
        provider = self.env["payment.provider"].search([("code", "=", "demo")])[:1]

        with self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self.make_jsonrpc_request(
                f"/shop/payment/transaction/{cart.id}",
                {
                    "access_token": token,
                    "provider_id": provider.id,
                    "payment_method_id": provider.payment_method_ids[:1].id,
                    "token_id": None,
                    "amount": cart.amount_total,
                    "flow": "direct",
                    "tokenization_requested": False,
                    "landing_route": "/shop/payment/validate",
                },
            )

        self.assertFalse(cart.transaction_ids)

    def test_missing_delivery_is_said_in_the_checkout(self):
        self.env["delivery.carrier"].search([]).is_published = False
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        response = self._ask_for(cart)
        page = self.url_open(response.headers["Location"])

        self.assertIn("/shop/checkout", response.headers["Location"])
        self.assertIn("o_proforma_error", page.text)
        self.assertEqual(cart.state, "draft")

    def test_anything_else_that_is_missing_is_said_in_the_cart(self):
        plan = self.env.ref("proforma_ecom.deposit_plan_30_70")
        plan.line_ids[0].unlink()  # It asks for 70 % only now.
        self.website.proforma_deposit_plan_id = plan
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        response = self._ask_for(cart)
        page = self.url_open(response.headers["Location"])

        self.assertIn("/shop/cart", response.headers["Location"])
        self.assertIn("o_proforma_error", page.text)
        self.assertIn("We have to look at this cart ourselves", page.text)
        self.assertNotIn("o_proforma_error", self.url_open("/shop/cart").text)

    def test_other_cart_than_the_one_on_the_page_is_not_touched(self):
        seen = self._create_cart(self.buyer.partner_id)
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        response = self._ask_for(seen)

        self.assertTrue(response.headers["Location"].endswith("/shop/cart"))
        self.assertEqual((seen | cart).mapped("proforma_state"), ["none", "none"])

    def test_button_is_in_the_cart(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        self.assertIn("proforma_button", self.url_open("/shop/cart").text)

    def test_button_is_on_the_payment_step(self):
        cart = self._create_cart(self.buyer.partner_id)
        cart.set_delivery_line(self.carrier, 15.0)
        self._open_session("marie", cart)

        self.assertIn("proforma_button", self.url_open("/shop/payment").text)

    @mute_logger("odoo.http")
    def test_website_that_offers_none_has_no_button_and_no_route(self):
        self.website.proforma_enabled = False
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        self.assertNotIn("proforma_button", self.url_open("/shop/cart").text)
        self.assertEqual(self._ask_for(cart).status_code, 404)
        self.assertEqual(cart.proforma_state, "none")

    def test_guest_of_a_shop_for_members_is_led_to_the_login(self):
        self.website.account_on_checkout = "mandatory"
        cart = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, cart)

        response = self._ask_for(cart)

        self.assertIn(
            "/web/login?redirect=%2Fshop%2Fproforma%2Fcontinue",
            response.headers["Location"],
        )

    def test_empty_cart_leads_back_to_the_shop(self):
        self._open_session("marie")

        response = self._ask()

        self.assertIn("/shop", response.headers["Location"])
