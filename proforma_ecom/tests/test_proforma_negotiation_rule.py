from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestProformaNegotiationRule(ProformaCommon):
    """The head of sales says how far a customer may negotiate by himself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.manager = new_test_user(cls.env, "head", "sales_team.group_sale_manager")
        cls.rules = cls.env["proforma.negotiation.rule"].with_user(cls.manager)

    def test_form_begins_with_the_rules_that_hold(self):
        self.company.write({"proforma_offer_rule": "automatic"})
        self.company.write({"proforma_offer_floor": 33.0, "proforma_offer_rounds": 4})

        form = Form(self.rules)

        self.assertEqual(form.proforma_offer_rule, "automatic")
        self.assertEqual(
            (form.proforma_offer_floor, form.proforma_offer_rounds), (33, 4)
        )

    def test_manager_sets_the_corridor(self):
        with Form(self.rules) as form:
            form.proforma_offer_rule = "automatic"
            form.proforma_offer_floor = 12.5
            form.proforma_offer_step = 3.0
            form.proforma_offer_rounds = 1

        form.record.action_save()

        self.assertEqual(self.company.proforma_offer_rule, "automatic")
        self.assertEqual(self.company.proforma_offer_floor, 12.5)
        self.assertEqual(self.company.proforma_offer_step, 3.0)
        self.assertEqual(self.company.proforma_offer_rounds, 1)

    def test_what_somebody_else_set_meanwhile_is_not_undone(self):
        self.env.cr.execute(
            "UPDATE res_company SET write_date = write_date - interval '1 minute'"
        )
        self.company.invalidate_recordset(["write_date"])
        with Form(self.rules) as form:
            form.proforma_answer_hours = 99.0
        self.company.proforma_offer_floor = 35.0
        self.company.flush_recordset()

        with self.assertRaisesRegex(UserError, "since you opened"):
            form.record.action_save()

        self.assertEqual(self.company.proforma_offer_floor, 35.0)

    def test_nothing_holds_before_it_is_saved(self):
        with Form(self.rules) as form:
            form.proforma_answer_hours = 99.0

        self.assertNotEqual(self.company.proforma_answer_hours, 99.0)

    def test_salesperson_does_not_set_it(self):
        salesman = new_test_user(self.env, "rep", "sales_team.group_sale_salesman")

        with self.assertRaises(AccessError):
            self.rules.with_user(salesman).create({})

    def test_manager_sets_no_rules_of_a_company_that_is_not_his(self):
        other = self.env["res.company"].create({"name": "Other"})
        rule = self.rules.sudo().create({"company_id": other.id})

        with self.assertRaisesRegex(AccessError, "another company"):
            rule.with_user(self.manager).action_save()

    def test_percentage_beyond_hundred_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.rules.create({"proforma_offer_floor": 101.0})
