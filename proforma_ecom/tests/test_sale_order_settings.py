from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderSettings(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan_50 = cls.env.ref("proforma_ecom.deposit_plan_50_50")
        cls.plan_100 = cls.env.ref("proforma_ecom.deposit_plan_100")
        cls.env.company.proforma_deposit_plan_id = cls.plan_30_70

    def test_company_decides_when_nothing_else_does(self):
        self.assertEqual(self._create_order().proforma_deposit_plan_id, self.plan_30_70)

    def test_customer_goes_before_the_company(self):
        self.customer.proforma_deposit_plan_id = self.plan_50

        self.assertEqual(self._create_order().proforma_deposit_plan_id, self.plan_50)

    def test_contact_follows_the_customers_company(self):
        self.customer.proforma_deposit_plan_id = self.plan_50
        contact = self._create_customer(
            "Marie", parent_id=self.customer.id, is_company=False
        )

        order = self._create_order(partner_id=contact.id)

        self.assertEqual(order.proforma_deposit_plan_id, self.plan_50)

    def test_template_goes_before_the_customer(self):
        self.customer.proforma_deposit_plan_id = self.plan_50
        template = self.env["sale.order.template"].create(
            {"name": "Kitchen", "proforma_deposit_plan_id": self.plan_100.id}
        )

        order = self._create_order(sale_order_template_id=template.id)

        self.assertEqual(order.proforma_deposit_plan_id, self.plan_100)

    def test_order_goes_before_all(self):
        order = self._create_order(proforma_deposit_plan_id=self.plan_100.id)

        self.assertEqual(order.proforma_deposit_plan_id, self.plan_100)

    def test_plan_of_one_company_is_not_another_companys(self):
        second = self.env["res.company"].create({"name": "Second"})

        order = self._create_order(company_id=second.id)

        self.assertFalse(order.proforma_deposit_plan_id)

    def test_plan_that_does_not_add_up_is_refused(self):
        with self.assertRaises(ValidationError):
            self.env["proforma.deposit.plan"].create(
                {
                    "name": "Too little",
                    "line_ids": [
                        Command.clear(),
                        Command.create({"name": "Deposit", "percent": 30}),
                    ],
                }
            )

    def test_shares_of_a_plan_can_be_changed_together(self):
        first, second = self.plan_50.line_ids

        self.plan_50.line_ids = [
            Command.update(first.id, {"percent": 40}),
            Command.update(second.id, {"percent": 60}),
        ]

        self.assertEqual(self.plan_50.line_ids.mapped("percent"), [40.0, 60.0])

    def test_core_proforma_gives_way(self):
        arch = self.env["sale.order"].get_view(
            self.env.ref("sale.view_order_form").id, "form"
        )["arch"]

        self.assertNotIn("send_proforma", arch)
        self.assertFalse(
            self.env.ref("sale.action_report_pro_forma_invoice").binding_model_id
        )
