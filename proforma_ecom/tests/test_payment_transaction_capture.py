from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestPaymentTransactionCapture(ProformaInstalmentCommon):
    """Authorized payments that are captured in parts, given up or given back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_instalment_proforma()
        cls.deposit = cls.order.proforma_deposit_ids[0]

    def _authorize(self):
        self._sign(self.order)
        tx = self._create_deposit_tx(self.order)
        tx.provider_id.support_manual_capture = "partial"
        tx._set_authorized()
        tx._post_process()
        return tx

    def _capture(self, tx, amount):
        child = tx._create_child_transaction(amount)
        child._set_done()
        return child

    def test_capture_in_two_parts_pays_the_invoice(self):
        for is_late in (False, True):
            with self.subTest(second_part_is_processed_last=is_late):
                self.order = self._create_instalment_proforma()
                tx = self._authorize()
                self._capture(tx, 100.0)._post_process()
                rest = self._capture(tx, 260.0)

                for each in (tx, rest) if is_late else (rest, tx):
                    each._post_process()

                deposit = self.order.proforma_deposit_ids[0]
                self.assertEqual(deposit.state, "paid")
                self.assertFalse(deposit.invoice_id.amount_residual)
                self.assertEqual(len(deposit.sudo().payment_ids), 2)
                self.assertFalse(self.order.activity_ids)

    def test_part_whose_rest_is_given_up_pays_nothing(self):
        tx = self._authorize()
        self._capture(tx, 100.0)._post_process()
        tx._create_child_transaction(260.0)._set_canceled()
        self.assertEqual(tx.state, "done")

        tx._post_process()

        self.assertEqual(self.deposit.state, "due")
        self.assertFalse(self.deposit.invoice_id)
        self.assertIn("not the amount", self.order.activity_ids.note)

    def test_refund_by_the_provider_is_told_once(self):
        self._sign(self.order)
        tx = self._pay(self._create_deposit_tx(self.order))
        refund = tx._create_child_transaction(360.0, is_refund=True)

        self._pay(refund)
        refund._post_process()

        self.assertIn(refund.reference, self.order.activity_ids.note)
        self.assertEqual(len(self.order.activity_ids), 1)
        self.assertEqual(refund.payment_id.payment_type, "outbound")
        self.assertFalse(refund.payment_id.proforma_deposit_id)

    def test_refund_of_a_refunded_deposit_leaves_nothing_to_do(self):
        self._sign(self.order)
        tx = self._pay(self._create_deposit_tx(self.order))
        today = self.order.company_id._get_proforma_today()
        self.deposit.sudo()._give_back(today, "Agreed by phone")

        self._pay(tx._create_child_transaction(360.0, is_refund=True))

        self.assertFalse(self.order.activity_ids)

    def test_authorization_that_is_given_up_leaves_the_deposit_due(self):
        tx = self._authorize()

        tx._set_canceled()
        tx._post_process()

        self.assertEqual(self.order.proforma_state, "accepted")
        self.assertEqual(self.deposit.state, "due")
        self.assertFalse(self.deposit._get_payment_error_message())

    def test_notification_after_the_end_pays_nothing(self):
        tx = self._authorize()
        tx._set_canceled()
        tx._post_process()

        with mute_logger("odoo.addons.payment.models.payment_transaction"):
            tx._set_done()
        tx._post_process()

        self.assertEqual(self.deposit.state, "due")
        self.assertFalse(self.deposit.invoice_id)
