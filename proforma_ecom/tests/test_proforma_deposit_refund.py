from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import ProformaPaymentCommon


class ProformaRefundCommon(ProformaPaymentCommon):
    """Paid orders of 1,200.00, a deposit of 360.00 among it, and an accountant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env, "refund_accountant", groups="account.group_account_invoice"
        )

    def _create_paid_order(self, **values):
        """Return an accepted order whose deposit is paid."""
        order = self._create_deposit_proforma(**values)
        self._sign(order)
        self._pay(self._create_deposit_tx(order))
        return order

    def _create_earnest_order(self, **values):
        """Return an accepted order whose earnest money is paid."""
        self.plan_30_70.line_ids[0].nature = "arrhes"
        return self._create_paid_order(**values)

    def _open_refund(self, deposit, user=None, **values):
        wizards = self.env["proforma.deposit.refund"].with_user(user or self.accountant)
        return wizards.create(
            {"deposit_id": deposit.id, "reason": "Agreed by phone", **values}
        )

    def _refund(self, deposit, **values):
        """Return the document that the wizard makes."""
        action = self._open_refund(deposit, **values).action_settle()
        return self.env[action["res_model"]].browse(action["res_id"])

    def _pay_back(self, credit):
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=credit.ids)
            .create({})
            ._create_payments()
        )

    def assertCents(self, order):
        """Assert that the schedule is the total, and the invoices are the schedule."""
        deposits = order.proforma_deposit_ids
        counted = order._get_proforma_counted_deposits()
        gap = order.currency_id.round(
            sum(counted.mapped("amount")) - order.amount_total
        )
        if order.proforma_state == "accepted":
            self.assertAlmostEqual(gap, order.proforma_overpayment)
        self.assertFalse(deposits.filtered(lambda d: d.amount < 0))
        invoiced = counted.filtered(lambda d: d.invoice_id.state == "posted")
        invoices = deposits.invoice_id | deposits.invoice_id.reversal_move_ids
        posted = invoices.filtered(lambda m: m.state == "posted")
        self.assertAlmostEqual(
            sum(-m.direction_sign * m.amount_total for m in posted),
            sum(invoiced.mapped("amount")),
        )


@tagged("post_install", "-at_install")
class TestProformaDepositRefund(ProformaRefundCommon):
    def test_refund_credits_the_whole_deposit_invoice(self):
        order = self._create_paid_order()
        deposit = order.proforma_deposit_ids[0]

        credit = self._refund(deposit)

        self.assertRecordValues(
            credit,
            [
                {
                    "move_type": "out_refund",
                    "state": "posted",
                    "amount_untaxed": 300.0,
                    "amount_total": 360.0,
                    "reversed_entry_id": deposit.invoice_id.id,
                }
            ],
        )
        self.assertEqual(deposit.state, "refunded")

    def test_refund_leaves_the_invoice_paid_and_the_credit_note_open(self):
        order = self._create_paid_order()
        invoice = order.proforma_deposit_ids[0].invoice_id

        credit = self._refund(order.proforma_deposit_ids[0])

        self.assertEqual(credit.amount_residual, 360.0)
        self.assertFalse(invoice.amount_residual)

    def test_money_is_paid_back_by_registering_a_payment(self):
        order = self._create_paid_order()
        credit = self._refund(order.proforma_deposit_ids[0])

        payment = self._pay_back(credit)

        self.assertEqual(payment.payment_type, "outbound")
        self.assertFalse(credit.amount_residual)

    def test_credit_note_names_reason_and_proforma(self):
        order = self._create_paid_order()

        credit = self._refund(order.proforma_deposit_ids[0])

        self.assertIn("Agreed by phone", credit.ref)
        self.assertIn(f"{order.proforma_version_id.name} / 1", credit.ref)

    def test_credit_note_is_queued_for_sending(self):
        order = self._create_paid_order()

        credit = self._refund(order.proforma_deposit_ids[0])

        self.assertTrue(credit.is_being_sent)
        self.assertEqual(
            credit._get_mail_template(),
            self.env.ref("account.email_template_edi_credit_note"),
        )

    def test_order_asks_for_the_refunded_amount_anew(self):
        order = self._create_paid_order()

        self._refund(order.proforma_deposit_ids[0])

        self.assertEqual(order.proforma_deposit_ids[1].amount, 1200.0)
        self.assertCents(order)

    def test_final_invoice_does_not_deduct_a_refunded_deposit(self):
        order = self._create_paid_order()
        self._refund(order.proforma_deposit_ids[0])
        order.order_line.filtered("product_id").qty_delivered = 10

        final = order._create_invoices(final=True)

        self.assertEqual(final.amount_total, 1200.0)

    def test_second_click_is_told_and_changes_nothing(self):
        order = self._create_paid_order()
        wizard = self._open_refund(order.proforma_deposit_ids[0])
        wizard.action_settle()

        with self.assertRaisesRegex(UserError, "already"):
            wizard.action_settle()

        self.assertEqual(len(order.invoice_ids), 2)

    @freeze_time("2026-11-30 23:30:00")
    def test_credit_note_bears_the_company_day_late_at_night(self):
        order = self._create_paid_order()

        credit = self._refund(order.proforma_deposit_ids[0])

        self.assertEqual(str(credit.invoice_date), "2026-12-01")
        self.assertEqual(credit.state, "posted")

    def test_refund_is_logged(self):
        order = self._create_paid_order()

        self._refund(order.proforma_deposit_ids[0])

        kinds = order.proforma_event_ids.mapped("kind")
        self.assertEqual(kinds.count("deposit_refunded"), 1)

    def test_refund_of_a_payment_without_an_entry_stays_open(self):
        order = self._create_deposit_proforma()
        self.plan_30_70.invoice_on = "paid"
        deposit = order.sudo().proforma_deposit_ids[0]
        self._sign(order)
        self._pay(self._create_deposit_tx(order))
        deposit.invoice_id.line_ids.remove_move_reconcile()

        credit = self._refund(deposit)

        self.assertEqual(credit.amount_residual, 360.0)

    def test_foreign_currency_is_refunded_to_the_cent(self):
        currency = self.env.ref("base.JPY")
        currency.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": currency.id}
        )
        order = self._create_paid_order(pricelist_id=pricelist.id)

        credit = self._refund(order.proforma_deposit_ids[0])

        self.assertRecordValues(
            credit, [{"currency_id": currency.id, "amount_residual": 360.0}]
        )
        self.assertCents(order)

    def test_refused_refunds(self):
        def deducted(order):
            order.order_line.filtered("product_id").qty_delivered = 10
            order._create_invoices(final=True).action_post()
            return order.proforma_deposit_ids[0]

        def drafted(order):
            order.order_line.filtered("product_id").qty_delivered = 10
            order._create_invoices(final=True)
            return order.proforma_deposit_ids[0]

        def settled(order):
            deducted(order)
            final = order.invoice_ids - order.proforma_deposit_ids.invoice_id
            self._pay_back(final)
            return order.proforma_deposit_ids[1]

        def credited_in_part(order):
            invoice = order.proforma_deposit_ids[0].invoice_id
            credit = invoice._reverse_moves()
            credit.invoice_line_ids.price_unit = 50.0
            credit.action_post()
            return order.proforma_deposit_ids[0]

        for get_deposit, values, message, reason in (
            (lambda o: o.proforma_deposit_ids[1], {}, "not paid", "planned"),
            (deducted, {}, "deducted on another invoice", "final invoice"),
            (drafted, {}, "deducted on another invoice", "draft final invoice"),
            (settled, {}, "no deposit invoice of its own", "paid by final invoice"),
            (credited_in_part, {}, "credited already", "partial credit note"),
            (lambda o: o.proforma_deposit_ids[0], {"kind": "keep"}, "only", "keep"),
            (lambda o: o.proforma_deposit_ids[0], {"kind": "double"}, "only", "twice"),
            (
                lambda o: o.proforma_deposit_ids[0],
                {"date": "2999-01-01"},
                "future",
                "future date",
            ),
            (
                lambda o: o.proforma_deposit_ids[0],
                {"date": "2020-01-01"},
                "before the date",
                "before the invoice",
            ),
        ):
            with self.subTest(reason):
                deposit = get_deposit(self._create_paid_order())
                state = deposit.state

                with self.assertRaisesRegex(UserError, message):
                    self._refund(deposit, **values)

                self.assertEqual(deposit.state, state)

    def test_deposit_is_refunded_once_the_final_invoice_is_credited(self):
        order = self._create_paid_order()
        order.order_line.filtered("product_id").qty_delivered = 10
        final = order._create_invoices(final=True)
        final.action_post()
        final._reverse_moves(cancel=True)

        self._refund(order.proforma_deposit_ids[0])

        self.assertEqual(order.proforma_deposit_ids[0].state, "refunded")

    def test_deposit_of_another_company_cannot_be_refunded(self):
        order = self._create_paid_order()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "refund_stranger",
            groups="account.group_account_invoice",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )

        with self.assertRaises(AccessError):
            self._open_refund(
                order.proforma_deposit_ids[0], user=stranger
            ).action_settle()

        self.assertEqual(order.proforma_deposit_ids[0].state, "paid")

    def test_salesperson_refunds_nothing(self):
        order = self._create_paid_order()
        salesman = new_test_user(
            self.env, "refund_salesman", groups="sales_team.group_sale_manager"
        )

        with self.assertRaises(AccessError):
            self._open_refund(order.proforma_deposit_ids[0], user=salesman)

    def test_wizard_of_another_accountant_is_out_of_reach(self):
        order = self._create_paid_order()
        wizard = self._open_refund(order.proforma_deposit_ids[0])
        other = new_test_user(
            self.env, "refund_other", groups="account.group_account_invoice"
        )

        with self.assertRaises(AccessError):
            wizard.with_user(other).action_settle()

    def test_form_offers_the_company_day_and_no_choice_for_a_deposit(self):
        deposit = self._create_paid_order().proforma_deposit_ids[0]
        wizards = self.env["proforma.deposit.refund"].with_user(self.accountant)

        # 23:30 UTC is the next day in Paris.
        with freeze_time("2026-11-30 23:30:00"):
            form = Form(wizards.with_context(default_deposit_id=deposit.id))

        self.assertEqual(form.kind, "refund")
        self.assertFalse(form.is_earnest_money)
        self.assertEqual(str(form.date), "2026-12-01")

    def test_taking_the_credit_note_back_means_a_paid_deposit(self):
        order = self._create_paid_order()
        credit = self._refund(order.proforma_deposit_ids[0])

        credit.button_draft()
        credit.button_cancel()

        self.assertEqual(order.proforma_deposit_ids[0].state, "paid")
        self.assertEqual(order.proforma_deposit_ids[1].amount, 840.0)
        self.assertCents(order)

    def test_matching_the_payment_anew_does_not_make_a_refunded_deposit_paid(self):
        deposit = self._create_paid_order().proforma_deposit_ids[0]
        self._refund(deposit)
        receivable = deposit.invoice_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        money = receivable.matched_credit_ids.credit_move_id

        receivable.remove_move_reconcile()
        (receivable | money).reconcile()

        self.assertEqual(deposit.invoice_id.amount_residual, 0.0)
        self.assertEqual(deposit.state, "refunded")

    def test_partial_credit_notes_refund_once_they_are_the_whole(self):
        deposit = self._create_paid_order().proforma_deposit_ids[0]
        states = []

        for _part in range(2):
            credit = deposit.invoice_id._reverse_moves()
            credit.invoice_line_ids.price_unit = 150.0
            credit.action_post()
            states.append(deposit.state)

        self.assertEqual(states, ["paid", "refunded"])

    def test_credit_note_over_an_unpaid_deposit_invoice_voids_the_deposit(self):
        self.plan_30_70.invoice_on = "due"
        order = self._create_deposit_proforma()
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()
        deposit, balance = order.proforma_deposit_ids

        deposit.invoice_id._reverse_moves(cancel=True)

        self.assertEqual(deposit.state, "cancelled")
        self.assertEqual(balance.amount, 1200.0)
        self.assertCents(order)


@tagged("post_install", "-at_install")
class TestProformaDepositEarnestMoney(ProformaRefundCommon):
    def _cancel(self, order):
        order.action_cancel()
        return order.proforma_deposit_ids[0]

    def _get_credit(self, deposit):
        """Return what is left of the customer's credit."""
        return deposit._get_money().filtered(lambda line: not line.reconciled)

    def test_earnest_money_is_given_back_by_a_draft_payment(self):
        deposit = self._create_earnest_order().proforma_deposit_ids[0]

        payment = self._refund(deposit)

        self.assertRecordValues(
            payment,
            [
                {
                    "payment_type": "outbound",
                    "partner_type": "customer",
                    "amount": 360.0,
                    "state": "draft",
                    "partner_id": self.customer.id,
                }
            ],
        )
        self.assertEqual(deposit.state, "refunded")
        self.assertIn("Agreed by phone", payment.memo)

    def test_payment_that_gives_back_is_matched_with_the_earnest_money(self):
        deposit = self._create_earnest_order().proforma_deposit_ids[0]
        payment = self._refund(deposit)
        self.assertTrue(self._get_credit(deposit))

        payment.action_post()

        self.assertFalse(self._get_credit(deposit))

    def test_kept_earnest_money_becomes_untaxed_income_by_a_draft(self):
        deposit = self._cancel(self._create_earnest_order())

        entry = self._refund(deposit, kind="keep")

        self.assertRecordValues(
            entry, [{"move_type": "entry", "state": "draft", "amount_total": 360.0}]
        )
        income = entry.line_ids.filtered("credit")
        self.assertEqual(income.account_id.internal_group, "income")
        self.assertFalse(entry.line_ids.tax_ids)
        self.assertEqual(deposit.state, "forfeited")

    def test_posted_income_is_matched_with_the_kept_earnest_money(self):
        deposit = self._cancel(self._create_earnest_order())
        entry = self._refund(deposit, kind="keep")

        entry.action_post()

        self.assertFalse(self._get_credit(deposit))

    def test_double_is_a_draft_payment_and_a_draft_expense(self):
        deposit = self._cancel(self._create_earnest_order())

        payment = self._refund(deposit, kind="double")

        entry = deposit.indemnity_move_id
        self.assertRecordValues(payment, [{"amount": 720.0, "state": "draft"}])
        self.assertRecordValues(entry, [{"state": "draft", "amount_total": 360.0}])
        expense = entry.line_ids.filtered("debit")
        self.assertEqual(expense.account_id.internal_group, "expense")
        self.assertEqual(deposit.state, "refunded")

    def test_double_is_matched_whichever_is_posted_first(self):
        for documents in (("refund", "indemnity"), ("indemnity", "refund")):
            with self.subTest(documents):
                deposit = self._cancel(self._create_earnest_order())
                payment = self._refund(deposit, kind="double")
                entry = deposit.indemnity_move_id

                for document in documents:
                    (payment if document == "refund" else entry).action_post()

                lines = payment.move_id.line_ids | entry.line_ids
                open_lines = (lines | deposit._get_money()).filtered(
                    lambda line: (
                        line.account_type == "asset_receivable" and not line.reconciled
                    )
                )
                self.assertFalse(open_lines)

    def test_foreign_earnest_money_is_kept_in_its_currency(self):
        currency = self.env["res.currency"].create(
            {"name": "QQQ", "symbol": "Q", "rounding": 0.01}
        )
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 2.0}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Q", "currency_id": currency.id}
        )
        order = self._create_earnest_order(pricelist_id=pricelist.id)
        deposit = self._cancel(order)

        entry = self._refund(deposit, kind="keep")

        self.assertEqual(sum(entry.line_ids.mapped("debit")), 180.0)
        self.assertEqual(set(entry.line_ids.mapped("amount_currency")), {360.0, -360.0})

    def test_earnest_money_of_a_running_order_is_not_kept(self):
        deposit = self._create_earnest_order().proforma_deposit_ids[0]

        for kind in ("keep", "double"):
            with self.assertRaisesRegex(UserError, "Cancel the order"):
                self._refund(deposit, kind=kind)

        self.assertEqual(deposit.state, "paid")

    def test_earnest_money_that_an_invoice_uses_is_not_given_back(self):
        order = self._create_earnest_order()
        order.order_line.filtered("product_id").qty_delivered = 10
        order._create_invoices(final=True).action_post()

        with self.assertRaisesRegex(UserError, "deducted on another invoice"):
            self._refund(order.proforma_deposit_ids[0])

    def test_second_click_keeps_nothing_twice(self):
        deposit = self._cancel(self._create_earnest_order())
        wizard = self._open_refund(deposit, kind="keep")
        wizard.action_settle()

        with self.assertRaisesRegex(UserError, "already"):
            wizard.action_settle()

    def test_indemnity_needs_an_account(self):
        deposit = self._cancel(self._create_earnest_order())

        with self.assertRaisesRegex(UserError, "account of the indemnity"):
            self._refund(deposit, kind="keep", account_id=False)
