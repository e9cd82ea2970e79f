from odoo.tests import tagged

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestProformaDepositLostMoney(ProformaInstalmentCommon):
    """The accounting takes the money of a paid deposit away, and brings it back."""

    def _pay_by(self, way, nature="acompte"):
        """Return the first deposit of an order, paid online or by bank transfer."""
        self.plan_30_40_30.line_ids[0].nature = nature
        order = self._create_instalment_proforma()
        self._sign(order)
        deposit = order.sudo().proforma_deposit_ids[0]
        if way == "online":
            self._pay(self._create_deposit_tx(order))
        else:
            self._create_bank_line(deposit.amount, deposit.reference)
        self.assertEqual(deposit.state, "paid")
        return deposit

    def test_unmatched_invoice_means_a_deposit_that_is_due(self):
        for way in ("online", "transfer"):
            with self.subTest(way):
                deposit = self._pay_by(way)
                receivable = deposit.invoice_id.line_ids.filtered(
                    lambda line: line.account_type == "asset_receivable"
                )

                receivable.remove_move_reconcile()
                self.assertEqual(deposit.state, "due")
                (receivable | deposit._get_money()).reconcile()

                self.assertEqual(deposit.state, "paid")
                self.assertFalse(deposit.order_id.proforma_schedule_gap)

    def test_unmatched_money_is_not_asked_for(self):
        deposit = self._pay_by("transfer")
        deposit.invoice_id.line_ids.remove_move_reconcile()

        self._run_cron("ir_cron_follow_up_deposits")

        self.assertFalse(deposit.asked_on)

    def test_cancelled_online_payment_means_a_deposit_that_is_due(self):
        for nature in ("acompte", "arrhes"):
            with self.subTest(nature):
                deposit = self._pay_by("online", nature)

                deposit.payment_ids.action_draft()
                deposit.payment_ids.action_cancel()

                self.assertEqual(deposit.state, "due")
                self.assertFalse(deposit._get_payment_error_message())

    def test_earnest_money_that_is_no_longer_booked_is_due(self):
        deposit = self._pay_by("transfer", "arrhes")
        entry = deposit.statement_line_ids.move_id

        entry.button_draft()
        self.assertEqual(deposit.state, "due")
        entry.action_post()

        self.assertEqual(deposit.state, "paid")

    def test_invoice_that_is_corrected_stays_paid(self):
        deposit = self._pay_by("transfer")

        deposit.invoice_id.button_draft()
        deposit.invoice_id.action_post()

        self.assertEqual(deposit.state, "paid")
        self.assertEqual(deposit.invoice_id.payment_state, "paid")
