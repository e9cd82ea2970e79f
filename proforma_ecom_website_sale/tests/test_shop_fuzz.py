from contextlib import suppress

from odoo import http
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_shop import ShopVisitCommon

# What no visitor types, but a program does.
ODD_NUMBERS = ("", "-1", "0", "0.1", "NaN", "1e5", "9" * 30, "é", "1;drop", "[]")

HTML = "<img src=x onerror=alert(1)><script>alert(1)</script>"


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

    def test_html_is_text_on_every_page_and_in_the_chatter(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        response = self._ask_for(cart, reference=HTML, message=HTML)
        page = self.url_open(response.headers["Location"])

        self.assertEqual(cart.proforma_state, "issued")
        bodies = "".join(str(body) for body in cart.message_ids.mapped("body"))
        for text in (page.text, bodies):
            self.assertNotIn("<img src=x onerror", text)
            self.assertNotIn("<script>alert", text)

    def test_html_is_text_in_the_cart_that_waits_for_the_address(self):
        self.buyer.partner_id.street = False
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        self._ask_for(cart, reference=HTML, message=HTML)
        page = self.url_open("/shop/cart")

        self.assertIn("&lt;img src=x", page.text)
        self.assertNotIn("<img src=x onerror", page.text)

    def test_file_in_the_place_of_a_text_breaks_nothing(self):
        cart = self._create_cart(self.buyer.partner_id)
        names = ("order_id", "access_token", "reference", "message", "version_id")
        paths = ("", f"/again/{self.foreign.id}", f"/buy/{self.foreign.id}")
        for path in (*paths, "/put_back"):
            for name in (*names, "contact_me_by_fax"):
                with self.subTest(path, name=name):
                    self._open_session("marie", cart)
                    response = self.url_open(
                        f"/shop/proforma{path}",
                        data=self._prepare_form(cart, name),
                        files={name: ("evil.html", HTML.encode(), "text/html")},
                        allow_redirects=False,
                    )

                    self.assertLess(response.status_code, 500)

    def _prepare_form(self, cart, without):
        form = {
            "csrf_token": http.Request.csrf_token(self),
            "order_id": cart.id,
            "access_token": cart._portal_ensure_token(),
        }
        form.pop(without, None)
        return form

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
