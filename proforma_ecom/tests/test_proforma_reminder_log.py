from odoo.tests import tagged

from .common_reminder import WEDNESDAY, ReminderCommon


@tagged("post_install", "-at_install")
class TestProformaReminderLog(ReminderCommon):
    """What the salesperson reads of the reminders on the order."""

    def test_planned_reminder_says_until_when_it_is_paused(self):
        order = self._issue()

        order.proforma_reminders_paused_until = "2026-11-05"

        self.assertEqual(
            order.proforma_reminder_ids.reason_text, "Paused until 11/05/2026"
        )

    def test_reminder_on_the_day_on_which_the_pause_ends_is_not_paused(self):
        order = self._issue()

        order.proforma_reminders_paused_until = "2026-11-04"

        self.assertFalse(order.proforma_reminder_ids.reason_text)

    def test_day_of_a_reminder_is_the_company_s_day(self):
        self.env.company.partner_id.tz = "Pacific/Auckland"
        order = self._issue()
        reminder = order.proforma_reminder_ids
        # 9:00 in Auckland is on the evening before in UTC.
        self.assertEqual(str(reminder.planned_on), "2026-11-03 20:00:00")

        order.proforma_reminders_paused_until = "2026-11-04"

        self.assertFalse(reminder.reason_text)

    def test_sent_reminder_is_not_paused_any_more(self):
        order = self._issue()
        self._run(WEDNESDAY)

        order.proforma_reminders_paused_until = "2026-11-20"

        self.assertEqual(order.proforma_reminder_ids.state, "sent")
        self.assertFalse(order.proforma_reminder_ids.reason_text)

    def test_end_of_the_pause_ends_the_text(self):
        order = self._issue()
        order.proforma_reminders_paused_until = "2026-11-05"
        self.assertTrue(order.proforma_reminder_ids.reason_text)

        order.proforma_reminders_paused_until = False

        self.assertFalse(order.proforma_reminder_ids.reason_text)

    def test_reminders_of_the_current_version_come_first(self):
        order = self._issue()
        for name in ("Table", "Chair"):
            order.order_line[0].name = name
            self._issue_again(order)

        found = self.env["proforma.reminder"].search(
            [("order_id", "=", order.id)], order="version_id, planned_on, id"
        )

        self.assertEqual(found.version_id.mapped("version"), [3, 2, 1])
        self.assertEqual(found.mapped("is_current"), [True, False, False])
