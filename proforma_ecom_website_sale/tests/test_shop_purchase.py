import re

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_purchase import PurchaseCommon


@tagged("post_install", "-at_install")
class TestShopPurchase(PurchaseCommon):
    """The visitor who buys his pro forma in the checkout."""

    def _get_cart(self, order):
        return order.proforma_cart_ids.filtered(lambda cart: cart.state == "draft")

    def test_page_offers_the_checkout(self):
        order = self._issue_from_shop()
        self._open_session("marie")

        page = self.url_open(f"/my/proformas/{order.id}").text

        self.assertIn(f"/shop/proforma/buy/{order.id}", page)

    def test_page_does_not_offer_it_where_the_website_forbids_it(self):
        self.website.proforma_purchase = False
        order = self._issue_from_shop()
        self._open_session("marie")

        page = self.url_open(f"/my/proformas/{order.id}").text

        self.assertNotIn("/shop/proforma/buy/", page)

    def test_customer_lands_on_the_payment_at_his_prices(self):
        order = self._issue_from_shop()
        self.product.list_price *= 2
        self._open_session("marie")

        response = self._buy(order)
        page = self.url_open("/shop/payment").text

        self.assertTrue(response.headers["Location"].endswith("/shop/payment"))
        self.assertIn(order.proforma_version_id.name, page)
        self.assertEqual(self._get_cart(order).amount_total, order.amount_total)

    def test_payment_page_offers_nothing_that_would_be_refused(self):
        order = self._issue_from_shop()
        self._open_session("marie", self._create_cart(self.buyer.partner_id))
        usual = self.url_open("/shop/payment").text
        self._buy(order)

        page = self.url_open("/shop/payment").text

        for mark in ('class="coupon_form"', "Promo-code?", "fa-pencil"):
            self.assertIn(mark, usual)
            self.assertNotIn(mark, page)

    def test_guest_with_the_link_buys_it_too(self):
        order = self._issue_from_shop()
        self._open_session()

        self._buy(order)
        response = self.url_open("/shop/payment", allow_redirects=False)

        self.assertEqual(response.status_code, 200)
        self.assertTrue(self._get_cart(order))

    def test_confirmation_has_nothing_to_put_back(self):
        order = self._issue_from_shop()
        self._open_session("marie")
        self._buy(order)
        cart = self._get_cart(order)
        self._start_paying(cart, "done")

        page = self.url_open("/shop/payment/validate").text

        self.assertIn(cart.name, page)
        self.assertNotIn("/shop/proforma/put_back", page)

    def test_who_pays_on_another_device_sees_the_confirmation(self):
        order = self._issue_from_shop()
        self._open_session("marie")
        self._buy(order)
        cart = self._get_cart(order)
        self._open_session("marie")
        self.url_open("/shop/payment")
        self._start_paying(cart, "done")

        page = self.url_open("/shop/payment/validate")

        self.assertTrue(page.url.endswith("/shop/confirmation"))
        self.assertIn(cart.name, page.text)

    def test_page_of_what_was_bought_says_nothing_of_an_end(self):
        plan = self.env.ref("proforma_ecom.deposit_plan_30_70")
        order = self._issue_from_shop(proforma_deposit_plan_id=plan.id)
        self._start_paying(self._turn_into_cart(order), "done")
        self._open_session("marie")

        page = self.url_open(f"/my/proformas/{order.id}").text

        self.assertIn("Bought in the shop", page)
        self.assertNotIn("Cancelled", page)

    def test_every_step_of_the_checkout_leads_to_the_payment(self):
        order = self._issue_from_shop()
        self._open_session()
        self._buy(order)
        for step in ("/shop/cart", "/shop/checkout", "/shop/address"):
            with self.subTest(step):
                response = self.url_open(step, allow_redirects=False)

                self.assertTrue(response.headers["Location"].endswith("/shop/payment"))

    def test_who_has_the_link_does_not_write_the_customers_address(self):
        order = self._issue_from_shop()
        self._open_session()
        self._buy(order)

        self._post(
            "/shop/address/submit",
            partner_id=order.partner_id.id,
            address_type="billing",
            required_fields="name",
            **{**self.address, "street": "1 Thief Lane"},
        )

        self.assertEqual(order.partner_id.street, self.address["street"])

    def test_link_of_another_order_buys_nothing(self):
        order = self._issue_from_shop()
        other = self._issue_from_shop()
        self._create_new_portal_user(login="paul", password="paul")
        for login, token in [(None, ""), (None, other.access_token), ("paul", "é")]:
            with self.subTest(login=login, token=token):
                self._open_session(login)

                response = self._buy(order, access_token=token)

                self.assertEqual(response.status_code, 404)
        self.assertFalse(order.proforma_cart_ids)

    def test_only_a_form_of_the_site_buys(self):
        order = self._issue_from_shop()
        self._open_session("marie")

        with mute_logger("odoo.http"):
            forged = self._buy(order, csrf_token="wrong")
            read = self.url_open(f"/shop/proforma/buy/{order.id}")

        self.assertEqual((forged.status_code, read.status_code), (400, 405))
        self.assertFalse(order.proforma_cart_ids)

    def test_version_that_is_not_the_one_he_saw_is_shown_first(self):
        order = self._issue_from_shop()
        seen = order.proforma_version_id
        order.action_proforma_revise()
        order.order_line[0].product_uom_qty = 6
        order.action_proforma_issue()
        self._open_session("marie")

        response = self._buy(order, version_id=seen.id)
        page = self.url_open(response.headers["Location"]).text

        self.assertIn(f"/my/proformas/{order.id}", response.headers["Location"])
        self.assertIn("There is a new version", page)
        self.assertFalse(order.proforma_cart_ids)

    def test_his_own_cart_comes_back_when_he_puts_it_back(self):
        order = self._issue_from_shop()
        own = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, own)
        self._buy(order)

        response = self._post("/shop/proforma/put_back")
        page = self.url_open("/shop/cart").text

        self.assertFalse(order.proforma_cart_ids)
        self.assertIn("message=put_back", response.headers["Location"])
        self.assertEqual(order.proforma_state, "issued")
        self.assertIn(f'name="order_id" value="{own.id}"', re.sub(r"\s+", " ", page))

    def test_page_says_that_nothing_has_changed_after_it_was_put_back(self):
        order = self._issue_from_shop()
        self._open_session("marie")
        self._buy(order)

        response = self._post("/shop/proforma/put_back")
        page = self.url_open(response.headers["Location"]).text

        self.assertIn("Nothing of it has changed", page)

    def test_his_own_cart_comes_back_when_he_has_paid(self):
        order = self._issue_from_shop()
        own = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, own)
        self._buy(order)
        cart = self._get_cart(order)
        self._start_paying(cart, "done")

        page = self.url_open("/shop/payment/validate").text
        again = self.url_open("/shop/cart").text

        self.assertIn(cart.name, page)
        self.assertIn(f'name="order_id" value="{own.id}"', re.sub(r"\s+", " ", again))

    def test_cart_with_a_pro_forma_is_not_mixed_with_another_one(self):
        order = self._issue_from_shop()
        cart = self._turn_into_cart(order)
        own = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, own)

        self.url_open(
            f"/shop/cart?id={cart.id}&access_token={cart._portal_ensure_token()}"
            "&revive_method=merge"
        )

        self.assertEqual(len(own.order_line), 1)
        self.assertFalse(cart._proforma_checkout_payment_error_message())

    def test_product_page_says_why_nothing_is_added(self):
        order = self._issue_from_shop()
        self._open_session("marie")
        self._buy(order)

        answer = self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": self.product.product_tmpl_id.id,
                "product_id": self.product.id,
                "quantity": 1,
            },
        )

        self.assertIn("put it back", answer["notification_info"]["warning"])
        self.assertEqual(answer["quantity"], 0)
        self.assertEqual(self._get_cart(order).cart_quantity, 5)

    def test_product_that_becomes_only_by_pro_forma_does_not_lead_in_circles(self):
        order = self._issue_from_shop()
        self._open_session("marie")
        self._buy(order)
        self.product.product_tmpl_id.proforma_policy = "only"

        page = self.url_open("/shop/cart")

        self.assertEqual(page.status_code, 200)
        self.assertIn("/shop/proforma/put_back", page.text)
        self.assertNotIn('id="payment_method"', page.text)

    def test_past_order_is_not_added_to_a_cart_with_a_pro_forma(self):
        past = self._create_cart(self.buyer.partner_id)
        past.action_confirm()
        order = self._issue_from_shop()
        self._open_session("marie")
        self._buy(order)

        again = self._post(f"/shop/proforma/again/{past.id}")
        own = self._create_cart(self.buyer.partner_id)
        self._put_in_session(own)
        page = self.url_open("/shop/cart").text

        self.assertTrue(again.headers["Location"].endswith("/shop/payment"))
        self.assertNotIn("o_proforma_error", page)

    def test_payment_page_that_was_left_open_takes_no_money_later(self):
        order = self._issue_from_shop()
        self._open_session("marie")
        self._buy(order)
        cart = self._get_cart(order)
        order.sudo()._proforma_decline(partner=order.partner_id)

        page = self.url_open("/shop/payment").text

        self.assertNotIn('id="payment_method"', page)
        self.assertFalse(cart.exists())

    def test_who_has_the_link_gets_no_account_of_the_customer(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.website.auth_signup_uninvited = "b2c"
        order = self._issue_from_shop()
        self._open_session()
        self._buy(order)
        self._start_paying(self._get_cart(order), "done")

        pages = [
            self.url_open(page).text for page in ("/shop/confirmation", "/shop/payment")
        ]

        self.assertNotIn("/web/signup?", "".join(pages))
        self.assertFalse(order.partner_id.signup_type)

    def test_page_of_the_order_takes_no_part_of_the_money(self):
        order = self._issue_from_shop()
        self._open_session()
        self._buy(order)
        cart = self._get_cart(order)
        params = {"access_token": cart._portal_ensure_token(), "amount": 0.01}

        with (
            mute_logger("odoo.http"),
            self.assertRaises(JsonRpcException),
        ):
            self.make_jsonrpc_request(f"/my/orders/{cart.id}/transaction", params)

        self.assertFalse(cart.transaction_ids)
