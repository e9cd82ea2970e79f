from odoo.tests import tagged

from .common import ProformaRefundCommon


@tagged("post_install", "-at_install")
class TestProformaDepositHold(ProformaRefundCommon):
    """A deposit that holds the delivery is asked for again by one that holds it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan_30_70.line_ids[0].before_delivery = True

    def _assert_held(self, order, amount):
        held = order._get_proforma_blocking_deposits()
        self.assertRecordValues(held, [{"amount": amount, "state": "planned"}])
        self.assertTrue(held.reference)
        self.assertCents(order)

    def test_refunded_deposit_holds_the_delivery_again(self):
        order = self._create_paid_order()
        self.assertFalse(order._get_proforma_blocking_deposits())

        self._refund(order.proforma_deposit_ids[0])

        self._assert_held(order, 360.0)
        self.assertEqual(
            order._get_proforma_counted_deposits().mapped("amount"), [840.0, 360.0]
        )

    def test_refunded_earnest_money_holds_the_delivery_again(self):
        order = self._create_earnest_order()

        self._refund(order.proforma_deposit_ids[0])

        self._assert_held(order, 360.0)

    def test_credit_note_over_an_unpaid_deposit_holds_the_delivery_again(self):
        self.plan_30_70.invoice_on = "due"
        order = self._create_deposit_proforma()
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()

        credit = order.proforma_deposit_ids[0].invoice_id._reverse_moves()
        credit.action_post()

        self._assert_held(order, 360.0)

    def test_credit_note_taken_back_holds_nothing(self):
        order = self._create_paid_order()
        credit = self._refund(order.proforma_deposit_ids[0])

        credit.button_draft()

        self.assertFalse(order._get_proforma_blocking_deposits())
        self.assertEqual(
            order._get_proforma_counted_deposits().mapped("amount"), [360.0, 840.0]
        )
        self.assertCents(order)

    def test_no_more_is_held_than_the_order_costs_now(self):
        order = self._create_paid_order()
        line = order.order_line.filtered(lambda li: not li.is_downpayment)
        line.price_unit = 20.0

        self._refund(order.proforma_deposit_ids[0])

        self._assert_held(order, 240.0)

    def test_deposit_that_holds_nothing_is_asked_for_with_the_rest(self):
        self.plan_30_70.line_ids[0].before_delivery = False
        order = self._create_paid_order()

        self._refund(order.proforma_deposit_ids[0])

        self.assertFalse(order._get_proforma_blocking_deposits())
        self.assertEqual(order._get_proforma_counted_deposits().amount, 1200.0)

    def test_refund_of_a_cancelled_order_asks_for_nothing(self):
        order = self._create_paid_order()
        order._action_cancel()

        self._refund(order.proforma_deposit_ids[0])

        self.assertFalse(order._get_proforma_blocking_deposits())

    def test_second_refund_holds_the_delivery_once_more(self):
        order = self._create_paid_order()
        self._refund(order.proforma_deposit_ids[0])
        again = order._get_proforma_blocking_deposits()
        self._pay(
            self._create_deposit_tx(order, amount=360.0, proforma_deposit_id=again.id)
        )
        self.assertFalse(order._get_proforma_blocking_deposits())

        self._refund(again)

        self._assert_held(order, 360.0)
