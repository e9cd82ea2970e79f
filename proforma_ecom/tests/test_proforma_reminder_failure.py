from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common_reminder import WEDNESDAY, ReminderCommon

RENDER_LOGGER = "odoo.addons.mail.models.mail_render_mixin"


@tagged("post_install", "-at_install")
class TestProformaReminderFailure(ReminderCommon):
    def _issue_several(self, count=3):
        contacts = [self._other_contact(email=f"{i}@example.com") for i in range(count)]
        return self.env["sale.order"].union(
            *(self._issue(partner_id=contact.id) for contact in contacts)
        )

    def _break_for(self, order):
        """Make the template fail for one order."""
        self.template.body_html = (
            f"<t t-if='object.id == {order.id}' t-out='1 / 0'/><p>Hello</p>"
        )

    def test_one_bad_document_does_not_stop_the_others(self):
        orders = self._issue_several()
        self._break_for(orders[1])

        with mute_logger(RENDER_LOGGER):
            self._run(WEDNESDAY)

        self.assertEqual(
            orders.proforma_reminder_ids.mapped("state"), ["sent", "failed", "sent"]
        )
        self.assertEqual(len(self._get_mails(orders)), 2)

    def test_broken_template_does_not_stop_another(self):
        other = self.template.copy()
        plan = self.reminder_plan.copy()
        plan.step_ids.template_id = other
        orders = self._issue_several(2)
        with freeze_time("2026-11-02 09:00:00"):
            orders[1].proforma_reminder_plan_id = plan
        self._break_for(orders[0])

        with mute_logger(RENDER_LOGGER):
            self._run(WEDNESDAY)

        self.assertEqual(orders[0].proforma_reminder_ids.state, "failed")
        self.assertIn("sent", orders[1].proforma_reminder_ids.mapped("state"))

    def test_failure_says_why_and_leaves_nothing_behind(self):
        order = self._issue()
        self._break_for(order)

        with mute_logger(RENDER_LOGGER):
            self._run(WEDNESDAY)

        reminder = order.proforma_reminder_ids
        self.assertIn("division by zero", reminder.reason_text)
        self.assertFalse(reminder.mail_message_id)
        self.assertFalse(self._get_mails(order))
        self.assertNotIn("reminded", order.proforma_event_ids.mapped("kind"))

    def test_failed_reminder_is_not_tried_again_by_itself(self):
        order = self._issue()
        self._break_for(order)
        with mute_logger(RENDER_LOGGER):
            self._run(WEDNESDAY)
        self.template.body_html = "<p>Hello</p>"

        self._run(WEDNESDAY)

        self.assertEqual(order.proforma_reminder_ids.state, "failed")

    def test_failed_reminder_may_be_tried_again(self):
        order = self._issue()
        self._break_for(order)
        with mute_logger(RENDER_LOGGER):
            self._run(WEDNESDAY)
        self.template.body_html = "<p>Hello</p>"

        with freeze_time("2026-11-12 09:00:00"):
            order.proforma_reminder_ids.action_retry()
        self._run("2026-11-12 09:00:00")

        self.assertRecordValues(
            order.proforma_reminder_ids, [{"state": "sent", "reason_text": False}]
        )

    def test_only_a_failed_reminder_is_tried_again(self):
        order = self._issue()
        self._run(WEDNESDAY)

        with self.assertRaisesRegex(UserError, "Only a failed reminder"):
            order.proforma_reminder_ids.action_retry()
