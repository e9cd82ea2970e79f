import json

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_purchase import PurchaseCommon


@tagged("post_install", "-at_install")
class TestShopPurchasePayment(PurchaseCommon):
    """A cart with a pro forma on core's page of an order, where any amount is taken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env.ref("proforma_ecom.deposit_plan_30_70")

    def setUp(self):
        super().setUp()
        self.order = self._issue_from_shop(proforma_deposit_plan_id=self.plan.id)
        self._open_session()
        self._buy(self.order)
        self.cart = self.order.proforma_cart_ids

    def _pay_on_page(self, amount, **values):
        return self.make_jsonrpc_request(
            f"/my/orders/{self.cart.id}/transaction",
            {
                "access_token": self.cart._portal_ensure_token(),
                "provider_id": self.provider.id,
                "payment_method_id": self.payment_method.id,
                "token_id": None,
                "amount": amount,
                "flow": "redirect",
                "tokenization_requested": False,
                "landing_route": "/shop/payment/validate",
                **values,
            },
        )

    def _assert_refused(self, amount, reason, **values):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._pay_on_page(amount, **values)
        self.assertIn(reason, self.cart._proforma_portal_payment_error_message(amount))

    def test_share_that_confirms_the_pro_forma_does_not_confirm_its_cart(self):
        self.assertAlmostEqual(self.order.prepayment_percent, 0.3)

        self.assertEqual(self.cart.prepayment_percent, 1.0)
        self.assertTrue(self.cart.require_payment)

    def test_part_of_it_is_not_paid(self):
        for amount in (self.cart.amount_total * 0.3, 0.01, -1.0, None, "all"):
            with self.subTest(amount):
                self._assert_refused(amount, "all at once")
        self.assertFalse(self.cart.transaction_ids)

    def test_all_of_it_is_paid(self):
        self._pay_on_page(self.cart.amount_total)

        self.assertEqual(self.cart.transaction_ids.amount, self.order.amount_total)

    def test_cart_whose_payment_was_given_up_does_not_outlive_its_pro_forma(self):
        tx = self._start_paying(self.cart)
        tx._post_process()
        tx._set_canceled()
        self.assertEqual(self.cart.state, "sent")

        self.order.sudo()._proforma_decline(partner=self.order.partner_id)

        self._assert_refused(self.cart.amount_total, "was declined")

    def test_cart_whose_payment_was_given_up_makes_room_for_another(self):
        tx = self._start_paying(self.cart)
        tx._post_process()
        tx._set_canceled()

        self._buy(self.order)

        self.assertEqual(self.cart.state, "cancel")
        self.assertEqual(len(self.order.proforma_cart_ids - self.cart), 1)

    def test_who_has_no_token_reads_nothing_of_it(self):
        self.cart.order_line[0].price_unit = 0.01  # There is something to tell.

        with mute_logger("odoo.http"):
            answer = self.url_open(
                f"/my/orders/{self.cart.id}/transaction",
                data=json.dumps({"params": {"access_token": "wrong", "amount": 1.0}}),
                headers={"Content-Type": "application/json"},
            ).text

        self.assertIn("access token is invalid", answer)
        self.assertNotIn(self.order.proforma_number, answer)
