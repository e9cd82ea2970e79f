from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common_reminder import WEDNESDAY, ReminderCommon

TUESDAY = "2026-11-03 09:00:00"
THURSDAY = "2026-11-05 09:00:00"


@tagged("post_install", "-at_install")
class TestProformaReminderLife(ReminderCommon):
    """What the customer said about a version is not forgotten by what is planned, or
    planned anew, afterwards.
    """

    def _issue_asked(self):
        """Return a pro forma about which the customer asked something on Tuesday."""
        order = self._issue()
        with freeze_time(TUESDAY):
            order._proforma_ask("How heavy is it?", self.customer)
        return order

    def assertSilent(self, order, reason="asked", instant=WEDNESDAY):
        self._run(instant)
        self.assertEqual(set(order.proforma_reminder_ids.mapped("reason")), {reason})
        reminders = order.proforma_version_id.all_mailing_ids.filtered(
            lambda mailing: mailing.kind == "reminder"
        )
        self.assertFalse(reminders)

    def test_step_that_is_added_after_a_question_is_not_sent(self):
        order = self._issue_asked()

        with freeze_time(TUESDAY):
            self._add_step("Also day 2", delay=2)
        self._run(TUESDAY)

        self.assertSilent(order)

    def test_plan_that_is_chosen_after_a_question_sends_nothing(self):
        order = self._issue_asked()

        with freeze_time(TUESDAY):
            order.proforma_reminder_plan_id = self.env["proforma.reminder.plan"].create(
                {"name": "Other", "step_ids": [Command.create(self._step_vals("2"))]}
            )

        self.assertSilent(order)

    def test_opt_out_that_is_taken_back_after_a_question_plans_nothing(self):
        order = self._issue()
        with freeze_time(TUESDAY):
            order._proforma_opt_out()
            order._proforma_ask("How heavy is it?", self.customer)
            order._proforma_opt_in(self.customer)

        self.assertSilent(order)

    def test_reminder_that_failed_before_a_question_is_not_tried_again(self):
        order = self._issue()
        reminder = order.proforma_reminder_ids.sudo()
        reminder._note_failure_text("Mailbox full")
        with freeze_time(TUESDAY):
            order._proforma_ask("How heavy is it?", self.customer)
        with freeze_time(WEDNESDAY):
            reminder.action_retry()

        self.assertSilent(order)

    def test_step_that_is_added_after_his_why_not_is_not_sent(self):
        order = self._issue()
        reason = order._get_proforma_answer_reasons()[:1]
        with freeze_time(TUESDAY):
            order.sudo()._proforma_answer(reason, partner=self.customer)
            self._add_step("Also day 2", delay=2)
        self._run(TUESDAY)

        self.assertSilent(order, "answered")

    def test_step_that_is_added_after_an_offer_of_his_is_not_sent(self):
        order = self._issue()
        with freeze_time(TUESDAY):
            order.sudo()._proforma_create_request("offer", amount_asked=100.0)
            self._add_step("Also day 2", delay=2)
        self._run(TUESDAY)
        self._run(WEDNESDAY)

        reasons = order.proforma_reminder_ids.mapped("reason")
        self.assertEqual(reasons, ["asked", "requested"])

    def test_look_at_an_unanswered_question_reminds_of_nothing(self):
        self.step.write({"base": "viewed", "delay": 1})
        order = self._issue()

        with freeze_time(TUESDAY):
            order._proforma_log_event("viewed", partner=self.customer)
            order._proforma_ask("How heavy is it?", self.customer)
            order._proforma_log_event("viewed", partner=self.customer)

        self.assertEqual(order.proforma_reminder_ids.reason, "asked")
        self.assertSilent(order, instant=THURSDAY)

    def test_who_asked_for_a_renewal_is_not_asked_why_not(self):
        self.env.company.proforma_renewal_policy = "never"
        self.step.write({"base": "deadline", "delay": 5})
        order = self._issue(validity_date="2026-11-03")
        with freeze_time(WEDNESDAY):
            order.sudo()._set_proforma_expired()
            order.sudo()._proforma_request_renewal(self.customer)

        self.assertSilent(order, "renewal_asked", "2026-11-09 08:05:00")
