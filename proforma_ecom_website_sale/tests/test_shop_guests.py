from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..const import GUEST_LIMITS
from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopGuests(ShopVisitCommon):
    """What keeps robots and repeated clicks from making documents."""

    def _visit(self, email="marie@example.com", login=None, **values):
        """Open a session with a cart whose address was typed already."""
        partner = self.buyer.partner_id
        if not login:
            partner = partner.copy({"email": email, "name": "Marie", **values})
        cart = self._create_cart(partner)
        self._open_session(login, cart)
        return cart

    def _add_cart(self, partner):
        """Put the same cart into the session that is open."""
        again = self._create_cart(partner)
        self._put_in_session(again)
        return again

    def _get_error(self):
        return self.url_open("/shop/cart").text

    # === DUPLICATES === #

    def test_same_cart_minutes_later_leads_to_the_same_pro_forma(self):
        cart = self._visit()
        first = self._ask_for(cart)
        again = self._add_cart(cart.partner_id)

        second = self._ask_for(again)

        self.assertEqual(second.headers["Location"], first.headers["Location"])
        self.assertEqual((again.state, again.proforma_state), ("cancel", "none"))

    def test_another_quantity_or_message_is_another_request(self):
        for change in ("quantity", "message"):
            cart = self._visit(email=f"{change}@example.com")
            self._ask_for(cart)
            again = self._add_cart(cart.partner_id)
            words = {"message": "Hurry"} if change == "message" else {}
            if change == "quantity":
                again.order_line.product_uom_qty = 6

            self._ask_for(again, **words)

            with self.subTest(change):
                self.assertEqual(again.proforma_state, "issued")

    def test_another_currency_delivery_or_price_is_another_request(self):
        currency = self._enable_currency("CHF")
        values = {"name": "CHF", "currency_id": currency.id, "selectable": True}
        pricelist = self.env["product.pricelist"].create(values)
        product = self._create_product(name="Express", type="service")
        express = self._prepare_carrier(product, is_published=True, sequence=99)
        self._ask_for(self._visit(login="marie"))
        for change in ("currency", "delivery", "price"):
            if change == "price":
                self.product.list_price = 7.0
            again = self._add_cart(self.buyer.partner_id)
            if change == "currency":
                again.pricelist_id = pricelist
            if change == "delivery":
                again._set_delivery_method(express)

            self._ask_for(again)

            with self.subTest(change):
                self.assertEqual(again.proforma_state, "issued")

    def test_same_cart_is_another_request_after_a_while(self):
        with freeze_time("2026-11-27 09:00:00"):
            attempts = self.env["proforma.shop.attempt"]
            cart = self._visit()
            cart.action_proforma_issue()
            attempts._note(cart, {}, "")
        again = self._create_cart(cart.partner_id)
        self.env.cr.execute(
            "UPDATE proforma_shop_attempt SET create_date = '2026-11-27 09:00:00'"
        )

        with freeze_time("2026-11-27 09:09:00"):
            self.assertEqual(attempts._find_duplicate(again, {}), cart)
        with freeze_time("2026-11-27 09:11:00"):
            self.assertFalse(attempts._find_duplicate(again, {}))

    def test_stranger_who_types_the_same_is_not_led_to_the_page(self):
        self._ask_for(self._visit())
        cart = self._visit()  # In another browser.

        response = self._ask_for(cart)

        self.assertTrue(response.headers["Location"].endswith("/shop/cart"))
        self.assertEqual(cart.proforma_state, "none")
        self.assertIn("a few minutes ago", self._get_error())

    def test_account_is_led_to_its_own_in_any_browser(self):
        first = self._ask_for(self._visit(login="marie"))

        second = self._ask_for(self._visit(login="marie"))

        self.assertEqual(second.headers["Location"], first.headers["Location"])

    def test_declined_pro_forma_is_no_answer_to_a_new_request(self):
        cart = self._visit(login="marie")
        self._ask_for(cart)
        cart._proforma_decline(self.env["proforma.decline.reason"].search([])[:1])

        again = self._visit(login="marie")
        self._ask_for(again)

        self.assertEqual(again.proforma_state, "issued")

    # === LIMITS === #

    @patch.dict(GUEST_LIMITS, address_key=2)
    def test_one_address_gets_so_many_in_an_hour(self):
        for number in range(GUEST_LIMITS["address_key"]):
            self._ask_for(self._visit(email=f"guest{number}@example.com"))
        cart = self._visit(email="last@example.com")

        self._ask_for(cart)

        self.assertEqual(cart.proforma_state, "none")
        self.assertIn("try again in an hour", self._get_error())

    @patch.dict(GUEST_LIMITS, address_key=2)
    def test_account_is_not_limited(self):
        for number in range(GUEST_LIMITS["address_key"]):
            self._ask_for(self._visit(email=f"guest{number}@example.com"))
        cart = self._visit(login="marie")

        self._ask_for(cart)

        self.assertEqual(cart.proforma_state, "issued")

    def test_each_limit_holds_by_itself_and_ends_with_the_hour(self):
        attempts = self.env["proforma.shop.attempt"]
        cart = self._create_cart(self.buyer.partner_id)
        other = self._create_cart(
            self.buyer.partner_id.copy({"email": "other@example.com"})
        )
        for key, order, address in [
            ("address_key", other, "192.0.2.1"),
            ("network_key", other, "192.0.2.9"),
            ("email_key", cart, "198.51.100.1"),
        ]:
            attempts.search([]).unlink()
            with freeze_time("2026-11-27 09:30:00"):
                for _number in range(GUEST_LIMITS[key]):
                    attempts._note(cart, {}, "192.0.2.1")
                with self.subTest(key), self.assertRaises(UserError):
                    attempts._check_limits(order, address)
            with freeze_time("2026-11-27 10:00:01"):
                attempts._check_limits(order, address)

    def test_no_address_is_kept(self):
        attempts = self.env["proforma.shop.attempt"]
        cart = self._create_cart(self.buyer.partner_id)
        attempts._note(cart, {}, "192.0.2.1")

        [row] = attempts.search([]).read()

        self.assertNotIn("192.0.2", str(row))
        self.assertNotIn("marie@", str(row))

    # === PERSONS === #

    def test_field_that_nobody_sees_stops_a_robot(self):
        cart = self._visit()

        self._ask_for(cart, contact_me_by_fax="http://spam.example.com")

        self.assertEqual(cart.proforma_state, "none")
        self.assertIn("robot", self._get_error())

    def test_captcha_of_the_website_is_asked_of_guests_only(self):
        def refuse(http, action):
            raise UserError(self.env._("Suspicious activity: %s", action))

        model = self.env.registry["ir.http"]
        for login, expected in [(None, "none"), ("marie", "issued")]:
            cart = self._visit(login=login)
            with patch.object(model, "_verify_request_recaptcha_token", refuse):
                self._ask_for(cart)

            with self.subTest(login):
                self.assertEqual(cart.proforma_state, expected)

    def test_form_of_a_guest_asks_for_the_captcha(self):
        self._visit()
        self.assertIn('data-captcha="proforma"', self.url_open("/shop/cart").text)

        self._visit(login="marie")

        self.assertNotIn('data-captcha="proforma"', self.url_open("/shop/cart").text)

    # === ACCOUNT === #

    def test_guest_is_offered_an_account_and_nobody_with_his_link(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.website.auth_signup_uninvited = "b2c"
        cart = self._visit()
        self._ask_for(cart)
        url = cart.get_portal_url()

        own = self.url_open(url).text
        self._open_session()
        other = self.url_open(url).text

        self.assertIn("/web/signup", own.split("o_proforma_account_offer")[1][:400])
        self.assertNotIn("o_proforma_account_offer", other)
