from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPayment(ProformaPaymentCommon):
    def test_payment_of_the_deposit_accepts(self):
        order = self._create_deposit_proforma()
        self._sign(order)

        self._pay(self._create_deposit_tx(order))

        self.assertRecordValues(
            order, [{"state": "sale", "proforma_state": "accepted"}]
        )

    def test_payment_makes_one_posted_and_paid_deposit_invoice(self):
        order = self._create_deposit_proforma()
        self._sign(order)

        self._pay(self._create_deposit_tx(order))

        deposit = order.proforma_deposit_ids[0]
        self.assertRecordValues(
            order.invoice_ids,
            [{"id": deposit.invoice_id.id, "state": "posted", "amount_total": 360.0}],
        )
        self.assertIn(deposit.invoice_id.payment_state, ("in_payment", "paid"))
        self.assertEqual(deposit.state, "paid")

    def test_second_notification_changes_nothing(self):
        order = self._create_deposit_proforma()
        self._sign(order)
        tx = self._pay(self._create_deposit_tx(order))

        tx._post_process()

        self.assertEqual(len(order.invoice_ids), 1)
        self.assertEqual(len(tx.payment_id), 1)
        self.assertFalse(order.activity_ids)

    def test_failure_at_any_step_of_the_confirmation_leaves_all_to_the_next_run(self):
        for model_name, method_name in (
            ("sale.order", "action_confirm"),
            ("sale.order", "_proforma_on_accepted"),
            ("sale.order", "_proforma_send_accepted_mails"),
            ("proforma.deposit", "_create_deposit_invoice"),
            ("account.move", "action_post"),
            ("proforma.deposit", "_set_paid"),
            ("proforma.deposit", "_queue_paper"),
            ("payment.transaction", "_create_payment"),
        ):
            order = self._create_deposit_proforma()
            self._sign(order)
            tx = self._create_deposit_tx(order)
            tx._set_done()
            with self.subTest(method_name):
                self._fail_once(tx, model_name, method_name)
                self.assertEqual(order.proforma_state, "issued")
                self.assertFalse(tx.payment_id)
                self.assertFalse(order.invoice_ids)

                tx._post_process()

                deposit = order.proforma_deposit_ids[0]
                self.assertEqual(order.proforma_state, "accepted")
                self.assertEqual(deposit.state, "paid")
                self.assertEqual(len(tx.payment_id), 1)
                self.assertRecordValues(
                    order.invoice_ids,
                    [{"id": deposit.invoice_id.id, "amount_residual": 0.0}],
                )

    def _fail_once(self, tx, model_name, method_name):
        """Process a payment while a method breaks as a programming error would."""
        model = self.env.registry[model_name]
        failure = ZeroDivisionError("A step failed.")
        with (
            patch.object(model, method_name, side_effect=failure),
            self.assertRaises(ZeroDivisionError),
            self.env.cr.savepoint(),
        ):
            tx._post_process()

    def test_expired_proforma_is_not_confirmed_by_a_payment(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_deposit_proforma(validity_date="2026-11-02")
            self._sign(order)
            tx = self._create_deposit_tx(order)

        with freeze_time("2026-11-05 10:00:00"):
            self._pay(tx)

        self.assertRecordValues(order, [{"state": "sent", "proforma_state": "issued"}])

    def test_late_money_is_recorded_and_told(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_deposit_proforma(validity_date="2026-11-02")
            self._sign(order)
            tx = self._create_deposit_tx(order)
        with freeze_time("2026-11-05 10:00:00"):
            self._pay(tx)

        self.assertTrue(tx.payment_id)
        self.assertEqual(len(order.activity_ids), 1)
        self.assertIn("payment_refused", order.proforma_event_ids.mapped("kind"))

    def test_unsigned_proforma_is_not_confirmed_by_a_payment(self):
        order = self._create_deposit_proforma()

        self._pay(self._create_deposit_tx(order))

        self.assertEqual(order.proforma_state, "issued")

    def test_other_amount_does_not_confirm(self):
        order = self._create_deposit_proforma()
        self._sign(order)

        self._pay(self._create_deposit_tx(order, amount=1.0))

        self.assertEqual(order.proforma_state, "issued")
        self.assertIn("not the amount of the deposit", order.activity_ids.note)

    def test_payment_of_an_older_version_does_not_confirm(self):
        order = self._create_deposit_proforma()
        self._sign(order)
        tx = self._create_deposit_tx(order)
        order.action_proforma_revise()
        order.action_proforma_issue()
        self._sign(order)

        self._pay(tx)

        self.assertEqual(order.proforma_state, "issued")
        self.assertEqual(len(order.activity_ids), 1)

    def test_payment_without_deposit_does_not_confirm(self):
        order = self._create_deposit_proforma()
        self._sign(order)

        self._pay(self._create_deposit_tx(order, proforma_deposit_id=False))

        self.assertEqual(order.proforma_state, "issued")

    def test_second_payment_of_a_paid_deposit_is_told(self):
        order = self._create_deposit_proforma()
        self._sign(order)
        first, second = (
            self._create_deposit_tx(order),
            self._create_deposit_tx(order, reference="second"),
        )
        self._pay(first)

        self._pay(second)

        self.assertEqual(len(order.invoice_ids), 1)
        self.assertEqual(len(order.activity_ids), 1)

    def test_core_automatic_invoice_makes_no_second_invoice(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "sale.automatic_invoice", "True"
        )
        order = self._create_deposit_proforma()
        self._sign(order)

        self._pay(self._create_deposit_tx(order))

        self.assertEqual(len(order.invoice_ids), 1)

    def test_plain_quotation_is_paid_as_ever(self):
        order = self._create_order(require_payment=True, prepayment_percent=0.3)
        tx = self._create_transaction(
            "direct",
            amount=order._get_prepayment_required_amount(),
            currency_id=order.currency_id.id,
            sale_order_ids=[(6, 0, order.ids)],
            reference="plain",
        )

        self._pay(tx)

        self.assertEqual(order.state, "sale")
