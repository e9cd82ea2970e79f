from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ProformaRefundCommon


@tagged("post_install", "-at_install")
class TestProformaDepositEarnestMoney(ProformaRefundCommon):
    def _cancel(self, order):
        order.action_cancel()
        return order.proforma_deposit_ids[0]

    def _get_credit(self, deposit):
        """Return what is left of the customer's credit."""
        return deposit._get_money().filtered(lambda line: not line.reconciled)

    def test_receipt_says_what_it_is_for(self):
        deposit = self._create_earnest_order().proforma_deposit_ids[0]

        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "proforma_ecom.report_deposit_receipt", deposit.ids
        )

        self.assertIn(deposit.name, html.decode())

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

    def test_order_asks_anew_for_earnest_money_that_was_given_back(self):
        order = self._create_earnest_order()

        self._refund(order.proforma_deposit_ids[0])

        self.assertEqual(order.proforma_deposit_ids[1].amount, 1200.0)
        self.assertCents(order)

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
