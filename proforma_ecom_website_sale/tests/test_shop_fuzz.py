from contextlib import suppress

from odoo import http
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_shop import ShopVisitCommon

# What no visitor types, but a program does.
ODD_NUMBERS = ("", "-1", "0", "0.1", "NaN", "1e5", "9" * 30, "é", "1;drop", "[]")


@tagged("post_install", "-at_install")
class TestShopFuzz(ShopVisitCommon):
    """No input of the shop's routes breaks anything or changes what is not its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls._create_cart(
            cls._create_new_portal_user(login="paul", password="paul").partner_id
        )

    def _assert_untouched(self, cart):
        self.assertEqual((cart.state, cart.proforma_state), ("draft", "none"))

    def test_odd_orders_and_tokens_change_nothing(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        token = cart._portal_ensure_token()
        for order_id in (*ODD_NUMBERS, self.foreign.id):
            for access_token in ("", token, "é", "x" * 5000):
                with self.subTest(order_id=order_id, token=access_token[:10]):
                    response = self._ask(order_id=order_id, access_token=access_token)

                    self.assertLess(response.status_code, 500)
        self._assert_untouched(cart)
        self._assert_untouched(self.foreign)

    def test_odd_words_break_nothing(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        for values in (
            {"reference": "x" * 100000},
            {"message": "x" * 10000000},
            {"reference": ["PO-1", "PO-2"], "message": "a" * 2001},
            {"contact_me_by_fax": "\0"},
            {"message": "a" * 2001, "unknown": "1", "cart_sudo": "1", "fill": "1"},
        ):
            with self.subTest(str(values)[:40]):
                response = self._ask_for(cart, **values)

                self.assertLess(response.status_code, 500)
        self._assert_untouched(cart)

    def test_forged_form_is_refused(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        data = {"order_id": cart.id, "access_token": cart._portal_ensure_token()}

        with mute_logger("odoo.http"):
            response = self.url_open("/shop/proforma", data=data)

        self.assertEqual(response.status_code, 400)
        self._assert_untouched(cart)

    def test_pages_and_calls_of_the_wrong_kind_break_nothing(self):
        self._open_session()
        for url in (
            "/shop/proforma",
            "/shop/proforma/continue?order_id=1",
            "/shop/proforma/cart",
            "/shop/proforma/requested/é",
            "/shop/proforma/requested/-1?access_token=x",
        ):
            with self.subTest(url), mute_logger("odoo.http"):
                response = self.url_open(url, allow_redirects=False)

                self.assertLess(response.status_code, 500)

    @mute_logger("odoo.http")
    def test_odd_lines_of_the_cart_do_not_change_another(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        line = self.foreign.order_line
        for line_id, quantity in [(line.id, 1), (-1, 1), (0, 1), (10**9, 1)]:
            with self.subTest(line_id=line_id):
                with suppress(JsonRpcException):  # Core may refuse it.
                    self.make_jsonrpc_request(
                        "/shop/cart/update",
                        {"line_id": line_id, "quantity": quantity},
                    )

                self.assertEqual(line.product_uom_qty, 5.0)

    def test_csrf_token_of_another_session_is_refused(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("paul")
        token = http.Request.csrf_token(self)
        self._open_session("marie", cart)

        with mute_logger("odoo.http"):
            response = self.url_open(
                "/shop/proforma",
                data={
                    "csrf_token": token,
                    "order_id": cart.id,
                    "access_token": cart._portal_ensure_token(),
                },
            )

        self.assertEqual(response.status_code, 400)
        self._assert_untouched(cart)
