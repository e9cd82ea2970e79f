from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_reminder import ReminderCommon


@tagged("post_install", "-at_install")
class TestProformaReminderPlan(ReminderCommon):
    def test_step_says_in_words_when_it_is_due(self):
        call = self.env.ref("mail.mail_activity_data_call")
        for values, text in [
            ({}, "2 days after the issue, by e-mail"),
            ({"delay": 1}, "1 day after the issue, by e-mail"),
            (
                {"base": "deadline", "delay": -3},
                "3 days before the deadline, by e-mail",
            ),
            (
                {"base": "deadline", "delay": 0},
                "On the day of the deadline, by e-mail",
            ),
            (
                {"base": "viewed", "delay_unit": "hours"},
                "2 hours after the customer's last view, by e-mail",
            ),
            (
                {"channel": "activity", "activity_type_id": call.id},
                "2 days after the issue, as an activity",
            ),
        ]:
            with self.subTest(text):
                self.assertEqual(self._add_step("Step", **values).summary, text)

    def test_impossible_steps_are_refused(self):
        for values, message in [
            ({"delay": -1}, "cannot come before"),
            ({"delay": 400}, "longer than a year"),
            ({"template_id": False}, "Choose the e-mail template"),
            ({"channel": "activity"}, "Choose the type of activity"),
            ({"amount_min": 10.0, "amount_max": 5.0}, "no amount at all"),
            (
                {"template_id": self.env.ref("account.email_template_edi_invoice").id},
                "not about sales orders",
            ),
        ]:
            with (
                self.subTest(message),
                self.assertRaisesRegex(ValidationError, message),
            ):
                self._add_step("Step", **values)

    def test_shares_beyond_the_whole_are_refused(self):
        for percent in (-1.0, 101.0):
            with (
                self.subTest(percent),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.reminder_plan.holdout_percent = percent

    def test_plan_that_was_never_used_is_deleted_wherever_it_is_chosen(self):
        plan = self.reminder_plan.copy()
        self.customer.proforma_reminder_plan_id = plan

        plan.unlink()

        self.assertFalse(self.customer.proforma_reminder_plan_id)

    def test_used_step_is_switched_off_rather_than_deleted(self):
        self._issue()

        with self.assertRaisesRegex(UserError, "Switch it off"):
            self.step.unlink()

    def test_step_that_is_switched_off_sends_nothing(self):
        order = self._issue()
        self.step.active = False

        self._run("2026-11-04 08:05:00")

        self.assertRecordValues(
            order.proforma_reminder_ids,
            [{"state": "skipped", "reason": "plan_changed"}],
        )

    def test_standard_plan_is_the_one_of_the_manual(self):
        plan = self.env.ref("proforma_ecom.reminder_plan_standard")

        self.assertEqual(plan.min_days_between, 4)
        self.assertFalse(plan.is_shadow)
        self.assertEqual(
            plan.step_ids.filtered("active").mapped("summary"),
            [
                "2 days after the issue, by e-mail",
                "7 days after the issue, by e-mail",
                "3 days before the deadline, by e-mail",
                "On the day of the deadline, by e-mail",
                "5 days after the deadline, by e-mail",
                "3 days after the due date of a deposit, by e-mail",
                "10 days after the due date of a deposit, by e-mail",
            ],
        )

    def test_mails_of_the_standard_plan_can_be_written(self):
        order = self._issue(user_id=self.env.ref("base.user_admin").id)
        plan = self.env.ref("proforma_ecom.reminder_plan_standard")
        steps = plan.step_ids.filtered(lambda step: step.base != "deposit_due")
        for template in steps.template_id:
            with self.subTest(template.name):
                values = template._generate_template(
                    order.ids, ("subject", "body_html", "partner_to")
                )[order.id]

                self.assertIn(order.proforma_version_id.name, values["subject"])
                self.assertIn("No reminders for this document", values["body_html"])
                self.assertNotIn("Marie Martin", values["body_html"])

    def test_company_without_a_plan_gets_the_standard_one_with_its_open_orders(self):
        company = self.env.company
        company.proforma_reminder_plan_id = False
        order = self._create_order()

        company._set_default_proforma_reminder_plan()

        plan = self.env.ref("proforma_ecom.reminder_plan_standard")
        self.assertEqual(company.proforma_reminder_plan_id, plan)
        self.assertEqual(order.proforma_reminder_plan_id, plan)

    def test_chosen_plan_of_a_company_stays(self):
        self.env.company._set_default_proforma_reminder_plan()

        self.assertEqual(self.env.company.proforma_reminder_plan_id, self.reminder_plan)

    def test_each_shipped_email_can_be_previewed(self):
        order = self._create_proforma()
        plan = self.env.ref("proforma_ecom.reminder_plan_standard")
        steps = plan.step_ids.filtered(lambda step: step.channel == "mail")

        for step in steps.with_user(self.sale_manager):
            with self.subTest(step.name):
                action = step.action_preview()

                preview = self.env["mail.template.preview"].browse(action["res_id"])
                self.assertEqual(preview.resource_ref, order)
                self.assertFalse(preview.error_msg)
                self.assertIn(order.partner_id.name, preview.body_html)

    def test_preview_without_a_pro_forma_says_so(self):
        company = self.env["res.company"].create({"name": "New"})
        step = self._add_step("Step").with_company(company)
        step.plan_id.company_id = company

        with self.assertRaisesRegex(UserError, "no pro forma to show yet"):
            step.action_preview()
