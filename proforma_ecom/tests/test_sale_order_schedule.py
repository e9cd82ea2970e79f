from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderSchedule(ProformaPaymentCommon):
    """An order of 1,200.00: 1,000.00 and 20 % of taxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env.ref("proforma_ecom.deposit_plan_30_40_30")

    def _create_planned(self, **values):
        return self._create_order(proforma_deposit_plan_id=self.plan.id, **values)

    def _get_amounts(self, order):
        return order.proforma_deposit_ids.mapped("amount")

    def _add_rest(self, *lines):
        """Make the plan consist of the lines and the rest."""
        self.plan.line_ids = [
            Command.clear(),
            *(Command.create({"name": "Part", **line}) for line in lines),
            Command.create({"name": "Rest", "amount_type": "balance"}),
        ]

    def test_quotation_shows_the_instalments_of_its_plan(self):
        order = self._create_planned()

        self.assertEqual(self._get_amounts(order), [360.0, 480.0, 360.0])
        self.assertEqual(order.proforma_deposit_ids.mapped("state"), ["planned"] * 3)

    def test_order_without_a_plan_has_no_instalment(self):
        order = self._create_order(proforma_deposit_plan_id=False)

        self.assertFalse(order.proforma_deposit_ids)
        self.assertFalse(order.proforma_schedule_gap)

    def test_amounts_follow_the_lines(self):
        order = self._create_planned()

        order.order_line.write({"product_uom_qty": 20, "price_unit": 100})

        self.assertEqual(self._get_amounts(order), [720.0, 960.0, 720.0])

    def test_copy_is_planned_by_itself(self):
        order = self._create_planned().copy()

        self.assertEqual(self._get_amounts(order), [360.0, 480.0, 360.0])

    def test_form_shows_the_instalments_before_it_is_saved(self):
        with Form(self.env["sale.order"]) as form:
            form.partner_id = self.customer
            form.proforma_deposit_plan_id = self.plan
            with form.order_line.new() as line:
                line.product_id = self.product
                line.product_uom_qty = 10
                line.price_unit = 100

            self.assertEqual(len(form.proforma_deposit_ids), 3)

        self.assertEqual(self._get_amounts(form.record), [360.0, 480.0, 360.0])
        self.assertFalse(form.record.proforma_schedule_edited)

    @users("salesman")
    def test_salesperson_plans_by_hand(self):
        order = self._create_planned(user_id=self.env.uid).with_user(self.env.user)
        with Form(order) as form, form.proforma_deposit_ids.edit(1) as row:
            row.percent = 50
        self.assertEqual(order.proforma_schedule_gap, -120.0)

        with Form(order) as form, form.proforma_deposit_ids.edit(2) as row:
            row.percent = 20

        self.assertEqual(self._get_amounts(order), [360.0, 600.0, 240.0])
        self.assertTrue(order.proforma_schedule_edited)

    def test_schedule_that_does_not_add_up_is_named_before_the_issue(self):
        order = self._create_planned()
        order.proforma_deposit_ids[2].percent = 20
        order.proforma_deposit_ids = [
            Command.update(order.proforma_deposit_ids[1].id, {"percent": 20})
        ]

        issues = order._get_proforma_readiness_issues()

        self.assertEqual(
            [i["code"] for i in issues if i["severity"] == "blocking"],
            ["schedule_sum"],
        )

    def test_two_instalments_that_confirm_are_named_before_the_issue(self):
        order = self._create_planned()
        second = order.proforma_deposit_ids[1]
        order.proforma_deposit_ids = [
            Command.update(second.id, {"needed_to_confirm": True})
        ]

        with self.assertRaisesRegex(UserError, "make them one instalment"):
            order.action_proforma_issue()

    def test_what_was_planned_by_hand_is_issued(self):
        order = self._create_planned()
        first, second, _last = order.proforma_deposit_ids
        order.proforma_deposit_ids = [
            Command.update(first.id, {"percent": 10}),
            Command.update(second.id, {"percent": 60}),
        ]

        order.action_proforma_issue()

        self.assertEqual(self._get_amounts(order), [120.0, 720.0, 360.0])

    def test_plan_can_be_taken_again(self):
        order = self._create_planned()
        order.proforma_deposit_ids = [Command.clear()]

        order.action_proforma_reset_schedule()

        self.assertEqual(self._get_amounts(order), [360.0, 480.0, 360.0])

    def test_plan_that_changed_before_the_issue_counts(self):
        order = self._create_planned()
        first, second, _last = self.plan.line_ids
        self.plan.line_ids = [
            Command.update(first.id, {"percent": 40}),
            Command.update(second.id, {"percent": 30}),
        ]

        order.action_proforma_issue()

        self.assertEqual(self._get_amounts(order), [480.0, 360.0, 360.0])

    def test_schedule_of_an_issued_proforma_is_closed(self):
        order = self._create_planned()
        order.action_proforma_issue()
        manager = order.with_user(self.sale_manager)

        with self.assertRaises(UserError):
            manager.proforma_deposit_ids[0].percent = 10

    def test_schedule_that_changes_in_a_revision_makes_a_new_version(self):
        order = self._create_planned()
        order.action_proforma_issue()
        order.action_proforma_revise()
        first, _second, last = order.proforma_deposit_ids
        order.proforma_deposit_ids = [
            Command.update(first.id, {"percent": 20}),
            Command.update(last.id, {"percent": 40}),
        ]

        order.action_proforma_issue()

        document = order.proforma_version_id._get_document()
        self.assertEqual(
            [deposit["amount"] for deposit in document["deposits"]],
            ["240.00", "480.00", "480.00"],
        )

    def test_amounts_of_every_kind(self):
        for lines, expected, reason in [
            ([{"percent": 30}], [360.0, 840.0], "of the total"),
            (
                [{"amount_type": "percent_untaxed", "percent": 30}],
                [300.0, 900.0],
                "of the total without taxes",
            ),
            ([{"amount_type": "fixed", "fixed_amount": 500}], [500.0, 700.0], "fixed"),
            ([{"amount_type": "fixed", "fixed_amount": 5000}], [1200.0], "too much"),
        ]:
            with self.subTest(reason):
                self._add_rest(*lines)
                order = self._create_planned()

                order.action_proforma_issue()

                self.assertEqual(self._get_amounts(order), expected)

    def test_fixed_amount_is_converted_at_the_rate_of_the_day(self):
        euro = self._enable_currency("EUR")
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 2.0, "name": "2020-01-01"}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        self._add_rest({"amount_type": "fixed", "fixed_amount": 100})

        order = self._create_planned(pricelist_id=pricelist.id)

        self.assertEqual(order.proforma_deposit_ids[0].amount, 200.0)

    def test_consumers_deposit_is_earnest_money(self):
        for is_company, expected in [(True, "acompte"), (False, "arrhes")]:
            customer = self._create_customer("Customer", is_company=is_company)
            with self.subTest(expected):
                order = self._create_planned(partner_id=customer.id)

                self.assertEqual(order.proforma_deposit_ids[0].nature, expected)

    def test_every_instalment_has_a_reference_of_its_own(self):
        order = self._create_planned()

        order.action_proforma_issue()

        references = order.proforma_deposit_ids.mapped("reference")
        self.assertEqual(len(set(references)), 3)
        for reference in references:
            self.assertRegex(reference, r"^RF\d\d[0-9A-Z]{1,21}$")

    def test_next_version_keeps_the_references(self):
        order = self._create_planned()
        order.action_proforma_issue()
        references = order.proforma_deposit_ids.mapped("reference")
        order.action_proforma_revise()

        order.action_proforma_issue()

        self.assertEqual(order.proforma_deposit_ids.mapped("reference"), references)

    def test_document_prints_the_reference_of_what_is_paid_first(self):
        order = self._create_planned()

        order.action_proforma_issue()

        document = order.proforma_version_id._get_document()
        first = order.proforma_deposit_ids[0]
        self.assertEqual(
            document["payment"]["reference"].replace(" ", ""), first.reference
        )
        self.assertEqual(document["deposits"][0]["reference"], first.reference)
