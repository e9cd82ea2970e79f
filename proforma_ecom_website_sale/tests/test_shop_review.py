from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopReview(ShopVisitCommon):
    """The page of whoever handed in his cart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.proforma_review = "always"
        cls.cart = cls._create_cart(cls.buyer.partner_id)

    def _hand_in(self):
        self._open_session("marie", self.cart)
        return self._ask_for(self.cart)

    def _get_page(self, order_id, token=""):
        return self.url_open(
            f"/shop/proforma/requested/{order_id}?access_token={token}",
            allow_redirects=False,
        )

    def test_visitor_lands_on_a_page_with_the_promise(self):
        response = self._hand_in()

        page = self.url_open(response.headers["Location"])

        promise = self.cart._get_proforma_first_request()._get_promise_text()
        self.assertIn(promise, page.text)
        self.assertEqual(self.cart.state, "sent")

    def test_visitor_may_begin_a_new_cart(self):
        self._hand_in()

        self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": self.product.product_tmpl_id.id,
                "product_id": self.product.id,
                "quantity": 1,
            },
        )

        carts = self.env["sale.order"].search(
            [("partner_id", "=", self.buyer.partner_id.id), ("state", "=", "draft")]
        )
        self.assertEqual(carts.cart_quantity, 1)
        self.assertEqual(self.cart.cart_quantity, 5)

    def test_it_does_not_come_back_as_a_cart(self):
        self._hand_in()
        self._open_session("marie")

        page = self.url_open("/shop/cart").text

        self.assertNotIn("proforma_button", page)

    def test_page_of_another_or_with_a_wrong_token_is_refused(self):
        self._hand_in()
        other = self._create_cart(self.website.user_id.partner_id)
        self._open_session()
        for order_id, token in [
            (self.cart.id, ""),
            (self.cart.id, "wrong"),
            (self.cart.id, "é"),
            (self.cart.id, other._portal_ensure_token()),
            (other.id, other._portal_ensure_token()),  # It was not handed in.
            (2**31 - 1, "any"),
            (10**30, "any"),
            (0, "any"),
        ]:
            with self.subTest(order_id=order_id, token=token):
                self.assertEqual(self._get_page(order_id, token).status_code, 404)

    def test_portal_user_of_another_company_sees_nothing(self):
        self._hand_in()
        self._create_new_portal_user(login="paul", password="paul")
        self._open_session("paul")

        self.assertEqual(self._get_page(self.cart.id).status_code, 404)

    def test_page_leads_to_the_pro_forma_once_there_is_one(self):
        self._hand_in()
        self.cart.action_proforma_issue()

        response = self._get_page(self.cart.id, self.cart.access_token)

        self.assertIn(f"/my/proformas/{self.cart.id}", response.headers["Location"])

    def test_page_of_the_order_leads_to_that_of_the_request(self):
        self._hand_in()
        for page in (f"/my/orders/{self.cart.id}", "/shop/confirmation", "/shop/print"):
            with self.subTest(page):
                response = self.url_open(page, allow_redirects=False)

                self.assertIn("/shop/proforma/requested/", response.headers["Location"])

    @mute_logger("odoo.http")
    def test_it_cannot_be_paid(self):
        self._hand_in()
        values = {
            "access_token": self.cart._portal_ensure_token(),
            "provider_id": 0,
            "payment_method_id": 0,
            "token_id": None,
            "amount": self.cart.amount_total,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "/",
        }

        with self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self.make_jsonrpc_request(f"/my/orders/{self.cart.id}/transaction", values)

    def test_refusal_is_on_the_page(self):
        self._hand_in()
        self.cart._get_proforma_first_request()._answer("refused", "Not <b>there</b>.")

        page = self._get_page(self.cart.id, self.cart.access_token)

        self.assertIn("Not &lt;b&gt;there&lt;/b&gt;.", page.text)

    def test_get_does_not_hand_in(self):
        self._open_session("marie", self.cart)

        self.url_open("/shop/proforma", allow_redirects=False)

        self.assertEqual(self.cart.state, "draft")
