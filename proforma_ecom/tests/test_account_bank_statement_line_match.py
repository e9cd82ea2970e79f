from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestAccountBankStatementLineMatch(ProformaPaymentCommon):
    """Money that a bank reports and that fits the deposit which it names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma()
        cls.deposit = cls.order.proforma_deposit_ids[0]

    def _transfer(self, deposit=None, **values):
        deposit = deposit or self.deposit
        text = f"Your order {deposit._get_printed_reference()} thank you"
        return self._create_bank_line(deposit.amount, text, **values)

    # === WHAT IT ENTAILS === #

    def test_transfer_confirms_the_signed_order(self):
        self._sign(self.order)

        self._transfer()

        self.assertRecordValues(
            self.order, [{"state": "sale", "proforma_state": "accepted"}]
        )
        self.assertFalse(self.order.activity_ids)

    def test_transfer_pays_the_deposit_and_its_invoice(self):
        self._sign(self.order)

        line = self._transfer()

        self.assertEqual(line.proforma_deposit_id, self.deposit)
        self.assertEqual(self.deposit.state, "paid")
        self.assertRecordValues(
            self.deposit.invoice_id,
            [{"state": "posted", "payment_state": "paid", "amount_total": 360.0}],
        )

    def test_bank_transaction_is_reconciled_in_the_customers_name(self):
        self._sign(self.order)

        line = self._transfer()

        self.assertRecordValues(
            line,
            [{"is_reconciled": True, "partner_id": self.customer.id, "amount": 360.0}],
        )
        self.assertFalse(line._seek_for_lines()[1])
        self.assertFalse(line.move_id.activity_ids)

    def test_reference_is_found_however_it_is_written(self):
        for reason, fname, write in (
            ("groups of four", "payment_ref", lambda d: d._get_printed_reference()),
            ("no spaces", "payment_ref", lambda d: f"/INV/{d.reference}"),
            ("lower case", "payment_ref", lambda d: d.reference.lower()),
            ("another field", "ref", lambda d: d.reference),
            ("text of the bank", "narration", lambda d: f"<p>{d.reference}</p>"),
            (
                "wrapped by the bank",
                "transaction_details",
                lambda d: {"remittance": [d.reference[:9], d.reference[9:]]},
            ),
        ):
            with self.subTest(reason):
                order = self._create_deposit_proforma()
                self._sign(order)
                deposit = order.proforma_deposit_ids[0]

                values = {"payment_ref": "Transfer", fname: write(deposit)}
                self._create_bank_line(360.0, values.pop("payment_ref"), **values)

                self.assertEqual(deposit.state, "paid")

    def test_deposit_is_paid_on_the_day_of_the_bank(self):
        with freeze_time("2026-11-05 10:00:00"):
            order = self._create_deposit_proforma(validity_date="2026-12-01")
            self._sign(order)

            self._transfer(order.proforma_deposit_ids[0], date="2026-11-04")

        self.assertEqual(order.proforma_deposit_ids[0].paid_on, date(2026, 11, 4))

    def test_later_deposit_of_an_accepted_order_is_paid(self):
        self._sign(self.order)
        self._transfer()
        balance = self.order.proforma_deposit_ids[1]

        line = self._transfer(balance)

        self.assertTrue(line.is_reconciled)
        self.assertEqual(balance.state, "paid")
        self.assertEqual(balance.invoice_id.amount_total, 840.0)

    # === PAID ON INVOICE === #

    def _create_invoiced_deposit(self):
        self.plan_30_70.invoice_on = "due"
        order = self._create_deposit_proforma()
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()
        return order.proforma_deposit_ids[0]

    def test_transfer_pays_the_deposit_invoice_that_is_there_already(self):
        deposit = self._create_invoiced_deposit()
        invoice = deposit.invoice_id

        self._transfer(deposit)

        self.assertEqual(deposit.invoice_id, invoice)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(deposit.state, "paid")

    def test_transfer_pays_what_is_left_of_the_invoice(self):
        deposit = self._create_invoiced_deposit()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=deposit.invoice_id.ids
        ).create({"amount": 100.0})._create_payments()

        self._create_bank_line(260.0, deposit.reference)

        self.assertEqual(deposit.invoice_id.payment_state, "paid")
        self.assertEqual(deposit.state, "paid")

    # === EARNEST MONEY === #

    def _transfer_earnest_money(self):
        self.plan_30_70.line_ids[0].nature = "arrhes"
        order = self._create_deposit_proforma()
        self._sign(order)
        return order, self._transfer(order.proforma_deposit_ids[0])

    def test_earnest_money_is_a_credit_without_an_invoice(self):
        order, line = self._transfer_earnest_money()

        deposit = order.proforma_deposit_ids[0]
        self.assertRecordValues(deposit, [{"state": "paid", "invoice_id": False}])
        self.assertTrue(deposit.is_receipt_waiting)
        self.assertEqual(order.proforma_state, "accepted")
        self.assertRecordValues(
            deposit._get_money(),
            [{"amount_residual": -360.0, "partner_id": self.customer.id}],
        )
        self.assertTrue(line.is_reconciled)

    def test_consumers_deposit_is_earnest_money(self):
        self.plan_30_70.line_ids[0].nature = "customer"
        consumer = self._create_customer("Marie Martin", is_company=False)
        order = self._create_deposit_proforma(partner_id=consumer.id)
        self._sign(order)

        self._transfer(order.proforma_deposit_ids[0])

        self.assertFalse(order.invoice_ids)
        self.assertEqual(order.proforma_deposit_ids[0].state, "paid")

    def test_final_invoice_uses_the_earnest_money(self):
        order, _line = self._transfer_earnest_money()
        order.order_line.qty_delivered = 10

        final = order._create_invoices(final=True)
        final.action_post()

        self.assertEqual(final.amount_total, 1200.0)
        self.assertEqual(final.amount_residual, 840.0)

    # === CURRENCIES === #

    def _create_dollar_order(self):
        self.dollar = self.setup_other_currency("CHF", rates=[("2016-01-01", 2.0)])
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": self.dollar.id}
        )
        order = self._create_deposit_proforma(pricelist_id=pricelist.id)
        self._sign(order)
        return order

    def test_transfer_on_a_bank_account_in_the_foreign_currency(self):
        order = self._create_dollar_order()
        journal = self.company_data["default_journal_bank"].copy(
            {"currency_id": self.dollar.id}
        )
        deposit = order.proforma_deposit_ids[0]

        line = self._transfer(deposit, journal_id=journal.id)

        self.assertTrue(line.is_reconciled)
        self.assertEqual(deposit.invoice_id.payment_state, "paid")

    def test_transfer_that_the_bank_has_exchanged(self):
        order = self._create_dollar_order()
        deposit = order.proforma_deposit_ids[0]

        line = self._create_bank_line(
            175.0,  # Not what Odoo's rate gives.
            deposit.reference,
            foreign_currency_id=self.dollar.id,
            amount_currency=deposit.amount,
        )

        self.assertTrue(line.is_reconciled)
        self.assertEqual(deposit.invoice_id.payment_state, "paid")
        self.assertEqual(line.amount, 175.0)

    # === AGAIN === #

    def test_second_run_changes_nothing(self):
        self._sign(self.order)
        line = self._transfer()
        events = self.order.proforma_event_ids

        self.assertFalse(line._proforma_match_deposits())

        self.assertEqual(self.order.proforma_event_ids, events)
        self.assertEqual(len(self.order.invoice_ids), 1)

    def test_undone_reconciliation_asks_for_the_deposit_again(self):
        self._sign(self.order)
        line = self._transfer()

        line.action_undo_reconciliation()

        self.assertRecordValues(
            line, [{"is_reconciled": False, "proforma_deposit_id": False}]
        )
        self.assertEqual(self.deposit.state, "due")
        self.assertRecordValues(
            self.deposit.invoice_id, [{"state": "posted", "amount_residual": 360.0}]
        )

    def test_undone_reconciliation_can_be_matched_again(self):
        self._sign(self.order)
        line = self._transfer()
        line.action_undo_reconciliation()

        line.action_proforma_match_deposits()

        self.assertEqual(self.deposit.state, "paid")
        self.assertEqual(self.deposit.invoice_id.payment_state, "paid")
        self.assertEqual(len(self.order.invoice_ids), 1)

    def test_entry_of_the_transaction_can_be_matched(self):
        line = self._transfer()
        self._sign(self.order)

        line.move_id.action_proforma_match_deposits()

        self.assertTrue(line.is_reconciled)

    def test_defaults_of_the_form_do_not_reach_the_invoice(self):
        self._sign(self.order)
        journal = self.company_data["default_journal_bank"]
        lines = self.env["account.bank.statement.line"].with_context(
            default_journal_id=journal.id, default_move_type="entry"
        )

        line = lines.create({"amount": 360.0, "payment_ref": self.deposit.reference})

        self.assertTrue(line.is_reconciled)
        self.assertEqual(self.deposit.invoice_id.journal_id.type, "sale")

    def test_undone_earnest_money_is_asked_for_again(self):
        order, line = self._transfer_earnest_money()

        line.action_undo_reconciliation()

        self.assertEqual(order.proforma_deposit_ids[0].state, "due")

    def test_deleted_bank_transaction_asks_for_the_deposit_again(self):
        self._sign(self.order)
        line = self._transfer()

        line.unlink()

        self.assertEqual(self.deposit.state, "due")

    # === ANNOUNCED TRANSFERS === #

    def _announce(self):
        """Return the transfer that the customer announced on the portal."""
        tx = self._create_deposit_tx(self.order)
        tx._set_pending()
        # As `payment_custom` has it, which is perhaps not installed.
        self.env.cr.execute(
            "UPDATE payment_provider SET code = 'custom' WHERE id = %s",
            [tx.provider_id.id],
        )
        self.env.invalidate_all()
        return tx

    def test_announced_transfer_is_done_without_another_payment(self):
        self._sign(self.order)
        tx = self._announce()

        self._transfer()

        self.assertRecordValues(
            tx, [{"state": "done", "is_post_processed": True, "payment_id": False}]
        )
        self.assertEqual(self.order.amount_paid, 360.0)

    def test_announced_transfer_is_waited_for_again_once_undone(self):
        self._sign(self.order)
        tx = self._announce()
        line = self._transfer()

        line.action_undo_reconciliation()

        self.assertRecordValues(tx, [{"state": "pending", "proforma_is_used": False}])

    def test_announced_transfer_of_another_amount_is_cancelled(self):
        self._sign(self.order)
        tx = self._announce()
        tx.amount = 100.0

        self._transfer()

        self.assertRecordValues(tx, [{"state": "cancel", "is_post_processed": True}])

    # === MANY === #

    def test_several_deposits_are_paid_by_one_import(self):
        orders = self.order | self._create_deposit_proforma()
        for order in orders:
            self._sign(order)
        journal = self.company_data["default_journal_bank"]
        deposits = [order.proforma_deposit_ids[0] for order in orders]

        self.env["account.bank.statement"].create(
            {
                "line_ids": [
                    Command.create(
                        {
                            "journal_id": journal.id,
                            "amount": 360.0,
                            "payment_ref": deposit.reference,
                        }
                    )
                    for deposit in deposits
                ]
            }
        )

        self.assertEqual([d.state for d in deposits], ["paid", "paid"])

    def test_transactions_without_a_reference_cost_two_queries_at_most(self):
        lines = self.env["account.bank.statement.line"].create(
            [
                {
                    "journal_id": self.company_data["default_journal_bank"].id,
                    "amount": 10.0 + number,
                    "payment_ref": f"Rent {number} RF00 no reference",
                }
                for number in range(50)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()

        with self.assertQueryCount(2):
            lines._proforma_match_deposits()
