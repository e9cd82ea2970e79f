from itertools import permutations
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPaymentInstalment(ProformaInstalmentCommon):
    """Payments of the second and third instalment of an accepted order."""

    def _switch_automatic_invoices(self, is_on):
        self.env["ir.config_parameter"].sudo().set_param(
            "sale.automatic_invoice", str(is_on)
        )

    def _get_amounts(self, order):
        return order.invoice_ids.sorted("id").mapped("amount_total")

    def _assert_paid_once(self, *deposits):
        for deposit in deposits:
            transactions = deposit.sudo().transaction_ids
            self.assertEqual(deposit.state, "paid")
            self.assertEqual(deposit.invoice_id.state, "posted")
            self.assertFalse(deposit.invoice_id.amount_residual)
            self.assertEqual(len(transactions.payment_id), 1)
            self.assertEqual(len(deposit.sudo().payment_ids), 1)
        order = deposits[0].order_id
        paid = order.proforma_deposit_ids.filtered(lambda d: d.state == "paid")
        self.assertEqual(len(order.invoice_ids), len(paid))
        self.assertFalse(order.activity_ids)

    def test_every_instalment_has_an_invoice_of_its_own_amount(self):
        for is_on in (False, True):
            with self.subTest(automatic_invoice=is_on):
                self._switch_automatic_invoices(is_on)
                order = self._create_accepted()
                for deposit in order.proforma_deposit_ids[1:]:
                    self._pay(self._create_instalment_tx(deposit))

                self.assertEqual(self._get_amounts(order), [360.0, 480.0, 360.0])

    def test_instalment_may_be_paid_ahead_of_its_day(self):
        order = self._create_accepted()
        second = order.proforma_deposit_ids[1]
        self.assertEqual(second.state, "planned")

        self._pay(self._create_instalment_tx(second))

        self._assert_paid_once(second)
        self.assertEqual(
            second.invoice_id.invoice_date, order.company_id._get_proforma_today()
        )

    def test_payment_of_an_instalment_that_is_invoiced_pays_its_invoice(self):
        self.plan_30_40_30.invoice_on = "due"
        order = self._create_accepted()
        second = order.sudo().proforma_deposit_ids[1]
        today = order.company_id._get_proforma_today()
        second._set_due(today)
        second._ask()
        invoice = second.invoice_id

        self._pay(self._create_instalment_tx(second))

        self.assertEqual(second.invoice_id, invoice)
        self._assert_paid_once(second)

    def _create_invoiced_instalment(self):
        """Return the second instalment of an order, asked for by its invoice."""
        self.plan_30_40_30.invoice_on = "due"
        second = self._create_accepted().sudo().proforma_deposit_ids[1]
        second._set_due(second.company_id._get_proforma_today())
        second._ask()
        return second

    def test_instalment_is_not_paid_on_two_pages_at_once(self):
        for set_state in ("", "_set_pending", "_set_done"):
            with self.subTest(set_state):
                second = self._create_invoiced_instalment()
                self.assertFalse(second._get_payment_error_message())
                tx = self._create_transaction(
                    "direct",
                    amount=480.0,
                    reference=second.invoice_id.name,
                    invoice_ids=second.invoice_id.ids,
                )
                if set_state:
                    getattr(tx, set_state)()

                self.assertTrue(second._get_payment_error_message())

    def test_earnest_money_does_not_pay_the_invoice_of_another_instalment(self):
        self.plan_30_40_30.line_ids[0].nature = "arrhes"

        second = self._create_invoiced_instalment()

        self.assertEqual(second.invoice_id.amount_residual, 480.0)
        first = second.order_id.proforma_deposit_ids[0]
        self.assertEqual(first.sudo()._get_money().amount_residual, -360.0)

    def test_five_notifications_pay_once(self):
        order = self._create_accepted()
        second = order.proforma_deposit_ids[1]
        tx = self._create_instalment_tx(second)

        for _notification in range(5):
            self._pay(tx)

        self._assert_paid_once(second)

    def test_notifications_of_two_instalments_in_any_order_pay_each_once(self):
        for number, sequence in enumerate(sorted(set(permutations((0, 0, 1, 1))))):
            order = self._create_accepted()
            deposits = order.proforma_deposit_ids[1:]
            txs = [
                self._create_instalment_tx(deposit, reference=f"{number}-{deposit.id}")
                for deposit in deposits
            ]
            with self.subTest(sequence):
                for position in sequence:
                    self._pay(txs[position])

                self._assert_paid_once(*deposits)
                self.assertEqual(
                    order.proforma_deposit_ids.mapped("state"), ["paid"] * 3
                )

    def test_instalment_of_an_order_that_is_cancelled_meanwhile_is_told(self):
        order = self._create_accepted()
        tx = self._create_instalment_tx(order.proforma_deposit_ids[1])
        order._action_cancel()

        self._pay(tx)

        self.assertEqual(len(order.invoice_ids), 1)
        self.assertIn("payment_refused", order.proforma_event_ids.mapped("kind"))
        self.assertTrue(tx.payment_id)

    def test_instalment_that_changed_meanwhile_is_told(self):
        order = self._create_accepted()
        second = order.proforma_deposit_ids[1]
        tx = self._create_instalment_tx(second)
        order.order_line.filtered("product_id")[:1].product_uom_qty = 20

        self._pay(tx)

        self.assertEqual(second.state, "planned")
        self.assertIn("not the amount", order.activity_ids.note)

    def test_instalment_in_another_currency_is_told(self):
        order = self._create_accepted()
        second = order.proforma_deposit_ids[1]
        other = self.env["res.currency"].search(
            [("id", "!=", order.currency_id.id)], limit=1
        )

        self._pay(self._create_instalment_tx(second, currency_id=other.id))

        self.assertEqual(second.state, "planned")
        self.assertIn("another currency", order.activity_ids.note)

    def test_instalment_of_another_order_is_told(self):
        order, other = self._create_accepted(), self._create_accepted()
        second = other.proforma_deposit_ids[1]

        self._pay(
            self._create_instalment_tx(second, sale_order_ids=[(6, 0, order.ids)])
        )

        self.assertEqual(second.state, "planned")
        self.assertIn("another order", order.activity_ids.note)

    def test_instalment_of_an_order_that_is_invoiced_meanwhile_is_told(self):
        order = self._create_accepted()
        second = order.proforma_deposit_ids[1]
        tx = self._create_instalment_tx(second)
        order.order_line.filtered("product_id").qty_delivered = 10
        final = order._create_invoices(final=True)
        final.action_post()

        self._pay(tx)

        self.assertEqual(len(order.invoice_ids), 2)
        self.assertIn(final.name, order.activity_ids.note)

    def test_acceptance_is_not_limited_in_time_for_later_instalments(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_accepted(validity_date="2026-11-02")
        with freeze_time("2027-03-01 10:00:00"):
            second = order.proforma_deposit_ids[1]

            self._pay(self._create_instalment_tx(second))

            self._assert_paid_once(second)

    def test_order_that_is_locked_when_confirmed_is_paid_and_invoiced(self):
        group = self.env.ref("sale.group_auto_done_setting")
        self.env.ref("base.group_user").implied_ids += group
        order = self._create_accepted()
        self.assertTrue(order.locked)
        second = order.proforma_deposit_ids[1]

        self._pay(self._create_instalment_tx(second))
        self._assert_paid_once(second)

        order.order_line.filtered("product_id").qty_delivered = 10
        final = order._create_invoices(final=True)
        self.assertEqual(final.amount_total, 360.0)

    def test_failure_at_any_step_leaves_all_to_the_next_run(self):
        for model_name, method_name in (
            ("proforma.deposit", "_create_deposit_invoice"),
            ("account.move", "action_post"),
            ("proforma.deposit", "_set_paid"),
            ("payment.transaction", "_create_payment"),
            ("proforma.deposit", "_queue_paper"),
        ):
            order = self._create_accepted()
            second = order.proforma_deposit_ids[1]
            tx = self._create_instalment_tx(second)
            tx._set_done()
            with self.subTest(method_name):
                self._fail_once(tx, model_name, method_name)
                self.assertFalse(tx.payment_id)
                self.assertEqual(len(order.invoice_ids), 1)

                tx._post_process()

                self._assert_paid_once(second)

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
