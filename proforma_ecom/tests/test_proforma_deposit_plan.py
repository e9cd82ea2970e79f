from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestProformaDepositPlan(ProformaPaymentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan_50 = cls.env.ref("proforma_ecom.deposit_plan_50_50")

    def _create_plan(self, *lines, **values):
        return self.env["proforma.deposit.plan"].create(
            {
                "name": "Plan",
                "line_ids": [
                    Command.create({"name": f"Instalment {position}", **line})
                    for position, line in enumerate(lines, start=1)
                ],
                **values,
            }
        )

    def test_other_plan_means_revision(self):
        order = self._create_deposit_proforma()

        order.proforma_deposit_plan_id = self.plan_50

        self.assertEqual(order.proforma_state, "revising")

    def test_same_plan_changes_nothing(self):
        order = self._create_deposit_proforma()

        order.proforma_deposit_plan_id = self.plan_30_70

        self.assertEqual(order.proforma_state, "issued")

    def test_no_plan_any_more_means_revision(self):
        order = self._create_deposit_proforma()

        order.proforma_deposit_plan_id = False

        self.assertEqual(order.proforma_state, "revising")

    def test_new_version_asks_for_the_deposits_of_the_new_plan(self):
        order = self._create_deposit_proforma()
        order.proforma_deposit_plan_id = self.plan_50

        order.action_proforma_issue()

        self.assertEqual(order.proforma_deposit_ids.mapped("amount"), [600.0, 600.0])

    def test_two_instalments_needed_to_confirm_are_refused(self):
        half = {"percent": 50.0, "trigger": "acceptance"}

        with self.assertRaisesRegex(ValidationError, "needed to confirm"):
            self._create_plan(half, half)

    def test_new_instalment_is_due_with_the_final_invoice(self):
        line = self.env["proforma.deposit.plan.line"].new({"percent": 10.0})

        self.assertEqual(line.trigger, "final_invoice")
        self.assertFalse(line.needed_to_confirm)

    def test_plan_that_lost_an_instalment_is_named_before_the_issue(self):
        order = self._create_order(proforma_deposit_plan_id=self.plan_50.id)
        self.plan_50.line_ids[-1].unlink()

        [issue] = order._get_proforma_readiness_issues()

        self.assertEqual(issue["code"], "plan_sum")

    def test_customers_plan_of_another_company_is_passed_over(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.env.company.proforma_deposit_plan_id = self.plan_30_70
        self.customer.proforma_deposit_plan_id = self._create_plan(
            {"percent": 100.0}, company_id=second.id
        )

        order = self._create_order()

        self.assertEqual(order.proforma_deposit_plan_id, self.plan_30_70)

    def test_companys_plan_of_another_company_is_passed_over(self):
        second = self.env["res.company"].create({"name": "Second"})
        plan = self._create_plan({"percent": 100.0})
        self.env.company.proforma_deposit_plan_id = plan
        plan.company_id = second

        self.assertFalse(self._create_order().proforma_deposit_plan_id)

    def test_instalment_at_acceptance_that_confirms_nothing_is_invoiced_then(self):
        plan = self._create_plan(
            {"percent": 40.0, "trigger": "acceptance", "needed_to_confirm": False},
            {"percent": 60.0},
            invoice_on="due",
        )
        order = self._create_proforma(proforma_deposit_plan_id=plan.id)

        self.assertTrue(self._sign(order))

        deposit, balance = order.proforma_deposit_ids
        self.assertEqual((deposit.state, balance.state), ("due", "planned"))
        self.assertRecordValues(
            deposit.invoice_id,
            [{"state": "posted", "payment_state": "not_paid", "amount_total": 480.0}],
        )
