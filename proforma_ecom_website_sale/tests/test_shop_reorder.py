from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopReorder(ShopVisitCommon):
    """A pro forma of what was ordered before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.product_tmpl_id.write({"is_published": True, "list_price": 20.0})
        cls.past = cls._create_cart(cls.buyer.partner_id)
        cls.past.action_confirm()

    def _ask_again(self, order_id, **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(
            f"/shop/proforma/again/{order_id}", data=data, allow_redirects=False
        )

    def _get_proformas(self):
        return self.env["sale.order"].search([("proforma_state", "=", "issued")])

    def test_page_of_a_past_order_has_the_button(self):
        self._open_session("marie")

        page = self.url_open(f"/my/orders/{self.past.id}").text

        self.assertIn(f"/shop/proforma/again/{self.past.id}", page)

    def test_customer_gets_it_in_one_click(self):
        self._open_session("marie")

        response = self._ask_again(self.past.id)

        order = self._get_proformas()
        self.assertIn(f"/my/proformas/{order.id}", response.headers["Location"])
        self.assertEqual(order.website_order_line.product_id, self.product)
        self.assertEqual(order.website_order_line.product_uom_qty, 5.0)
        self.assertEqual(self.past.state, "sale")

    def test_order_of_another_is_not_taken(self):
        self._create_new_portal_user(login="paul", password="paul")
        for login in (None, "paul"):
            self._open_session(login)
            for order_id, token in [
                (self.past.id, ""),
                (self.past.id, "é"),
                (self.past.id, "wrong"),
                (2**31 - 1, ""),
            ]:
                with self.subTest(login=login, order_id=order_id, token=token):
                    response = self._ask_again(order_id, access_token=token)

                    self.assertTrue(response.headers["Location"].endswith("/my"))
        self.assertFalse(self._get_proformas())

    def test_what_is_not_sold_any_more_is_said_in_the_cart(self):
        self.product.product_tmpl_id.sale_ok = False
        self._open_session("marie")

        response = self._ask_again(self.past.id)

        self.assertTrue(response.headers["Location"].endswith("/shop/cart"))
        self.assertIn("o_proforma_error", self.url_open("/shop/cart").text)

    def test_what_else_is_in_the_cart_goes_on_no_pro_forma_unseen(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        self._ask_again(self.past.id)

        self.assertIn("Your cart held something", self.url_open("/shop/cart").text)
        self.assertFalse(self._get_proformas())
        self.assertEqual(cart.cart_quantity, 5 + self.past.cart_quantity)

    def test_rules_hold_here_too(self):
        self.website.proforma_amount_min = 1000.0
        self._open_session("marie")

        self._ask_again(self.past.id)

        self.assertFalse(self._get_proformas())
        self.assertIn("start at", self.url_open("/shop/cart").text)

    def test_link_alone_orders_nothing(self):
        self._open_session("marie")

        with mute_logger("odoo.http"):
            response = self.url_open(f"/shop/proforma/again/{self.past.id}")

        self.assertEqual(response.status_code, 405)
        self.assertFalse(self._get_proformas())

    def test_what_is_left_of_it_goes_on_no_pro_forma_unseen(self):
        other = self._create_product(name="Cover", is_published=True, sale_ok=False)
        past = self._create_cart(self.buyer.partner_id)
        past.order_line = [(0, 0, {"product_id": other.id})]
        past.action_confirm()
        self._open_session("marie")

        self._ask_again(past.id)

        self.assertIn("Not all that you ordered", self.url_open("/shop/cart").text)
        self.assertFalse(self._get_proformas())
