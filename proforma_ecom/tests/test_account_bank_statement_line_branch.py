from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestAccountBankStatementLineBranch(ProformaPaymentCommon):
    """Money for an order of a branch, whose accounting is that of its company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.branch = cls._create_branch("Branch")
        cls.sister = cls._create_branch("Other branch")

    @classmethod
    def _create_branch(cls, name):
        branch = cls.env["res.company"].create(
            {"name": name, "parent_id": cls.company.id}
        )
        cls._complete_company(branch)
        cls.env.user.company_ids += branch
        return branch

    def _create_signed(self, company):
        order = self._create_order(
            company_id=company.id, proforma_deposit_plan_id=self.plan_30_70.id
        ).with_company(company)
        order.action_proforma_issue()
        self._sign(order)
        return order.proforma_deposit_ids[0]

    def _create_bank(self, company):
        return self.env["account.journal"].create(
            {"name": "B", "code": "BRA", "type": "bank", "company_id": company.id}
        )

    def _assert_told(self, deposit, line, *parts):
        self.assertFalse(line.proforma_deposit_id)
        self.assertNotEqual(deposit.state, "paid")
        activities = line.move_id.activity_ids | deposit.order_id.activity_ids
        self.assertEqual(len(activities), 1)
        for part in parts:
            self.assertIn(part, activities.note)

    def test_bank_account_of_the_company_pays_the_deposit_of_a_branch(self):
        deposit = self._create_signed(self.branch)

        line = self._create_bank_line(deposit.amount, deposit.reference)

        self.assertRecordValues(
            line, [{"proforma_deposit_id": deposit.id, "is_reconciled": True}]
        )
        self.assertEqual(deposit.state, "paid")
        self.assertRecordValues(
            deposit.invoice_id,
            [{"company_id": self.branch.id, "amount_residual": 0.0}],
        )

    def test_bank_account_of_the_company_receives_earnest_money_of_a_branch(self):
        self.plan_30_70.line_ids[0].nature = "arrhes"
        deposit = self._create_signed(self.branch)

        line = self._create_bank_line(deposit.amount, deposit.reference)

        self.assertEqual(line.proforma_deposit_id, deposit)
        self.assertEqual(deposit.state, "paid")

    def test_undone_match_means_a_deposit_that_is_due(self):
        deposit = self._create_signed(self.branch)
        line = self._create_bank_line(deposit.amount, deposit.reference)

        line.action_undo_reconciliation()

        self.assertEqual(deposit.state, "due")

    def test_other_amount_for_a_branch_is_told(self):
        deposit = self._create_signed(self.branch)

        line = self._create_bank_line(deposit.amount + 1, deposit.reference)

        self._assert_told(deposit, line, "left to pay")

    def test_bank_account_of_another_branch_is_told(self):
        deposit = self._create_signed(self.branch)
        journal = self._create_bank(self.sister)

        line = self._create_bank_line(
            deposit.amount, deposit.reference, journal_id=journal.id
        )

        self._assert_told(deposit, line, self.branch.name)

    def test_bank_account_of_a_branch_does_not_pay_its_company(self):
        deposit = self._create_signed(self.company)
        journal = self._create_bank(self.branch)

        line = self._create_bank_line(
            deposit.amount, deposit.reference, journal_id=journal.id
        )

        self._assert_told(deposit, line, self.company.name)

    def test_company_of_its_own_hears_nothing_of_the_deposit(self):
        deposit = self._create_signed(self.branch)
        stranger = self.env["res.company"].create({"name": "Stranger"})
        self.env.user.company_ids = [Command.link(stranger.id)]
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=stranger, install_demo=False
        )
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", stranger.id)], limit=1
        )

        line = self._create_bank_line(
            deposit.amount, deposit.reference, journal_id=journal.id
        )

        self.assertFalse(line.proforma_deposit_id)
        self.assertNotEqual(deposit.state, "paid")
        self.assertFalse(deposit.order_id.activity_ids)
