from odoo.tests import tagged

from .common_reminder import ReminderCommon


@tagged("post_install", "-at_install")
class TestProformaReminderCatchUp(ReminderCommon):
    """The step is due on Wednesday, November 4, and tolerates two days."""

    def test_missed_day_is_made_up_for(self):
        order = self._issue()

        self._run("2026-11-06 10:00:00")

        self.assertEqual(order.proforma_reminder_ids.state, "sent")

    def test_what_is_later_than_the_tolerance_is_skipped(self):
        order = self._issue()

        self._run("2026-11-09 10:00:00")

        self.assertRecordValues(
            order.proforma_reminder_ids, [{"state": "skipped", "reason": "too_late"}]
        )
        self.assertFalse(self._get_mails(order))

    def test_nothing_leaves_outside_of_working_hours(self):
        order = self._issue()
        for instant, state, reason in [
            ("2026-11-04 17:30:00", "planned", "18:30 in Paris"),
            ("2026-11-05 07:30:00", "planned", "8:30"),
            ("2026-11-05 08:00:00", "sent", "9:00"),
        ]:
            with self.subTest(reason):
                self._run(instant)

                self.assertEqual(order.proforma_reminder_ids.state, state)

    def test_last_day_is_not_made_up_for_after_the_deadline(self):
        self.step.write({"base": "deadline", "delay": 0})
        order = self._issue(validity_date="2026-11-04")

        self._run("2026-11-05 10:00:00")

        self.assertRecordValues(
            order.proforma_reminder_ids, [{"state": "skipped", "reason": "expired"}]
        )

    def test_heap_of_a_long_outage_is_not_sent(self):
        self._add_step("Day 4", delay=4)
        self._add_step("Day 7", delay=7)
        order = self._issue()

        self._run("2026-11-10 10:00:00")

        self.assertEqual(
            order.proforma_reminder_ids.mapped("reason"),
            ["too_late", "too_late", False],
        )
        self.assertEqual(len(self._get_mails(order)), 1)
