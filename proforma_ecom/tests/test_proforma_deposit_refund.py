from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import ProformaRefundCommon


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
