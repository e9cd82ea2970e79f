import runpy
from datetime import date

from odoo.tests import freeze_time, tagged
from odoo.tools.misc import file_path
from odoo.tools.sql import column_exists

from .common_deposit_reminder import DAY_10, DUE, DepositReminderCommon

SCRIPT = "proforma_ecom/migrations/19.0.3.0.0/post-reminders.py"


@tagged("post_install", "-at_install")
class TestProformaDepositReminderUpgrade(DepositReminderCommon):
    """An upgrade from when deposits themselves counted their reminders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute(
            "ALTER TABLE proforma_deposit ADD COLUMN IF NOT EXISTS reminder_count int,"
            " ADD COLUMN IF NOT EXISTS reminded_on date"
        )

    def _upgrade(self, deposit, count, reminded_on, at):
        """Run the script over a deposit that was reminded of so many times."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE proforma_deposit SET reminder_count = %s, reminded_on = %s"
            " WHERE id = %s",
            [count, reminded_on, deposit.id],
        )
        with freeze_time(at):
            runpy.run_path(file_path(SCRIPT))["migrate"](self.env.cr, "19.0.2.0.0")
        self.env.invalidate_all()

    def test_reminder_of_a_sunday_is_not_sent_again_on_monday(self):
        self.plan.line_ids[0].days = 9
        order = self._accept()
        self._run_cron_of_requests("2026-12-10")
        deposit = order.proforma_deposit_ids[0]

        self._upgrade(deposit, 1, "2026-12-13", "2026-12-13 20:00:00")

        days = self._get_days_reminded(order, first="2026-12-14", number=9)
        self.assertEqual(days, [7])
        self.assertEqual(deposit.reminder_count, 2)

    def test_deposit_that_was_reminded_of_twice_has_peace(self):
        order = self._accept()
        self._run_cron_of_requests(DUE)
        deposit = order.proforma_deposit_ids[0]

        self._upgrade(deposit, 2, DAY_10, f"{DAY_10} 07:00:00")

        self.assertEqual(self._get_days_reminded(order, first=DAY_10), [])
        self.assertEqual(deposit.reminded_on, date(2026, 12, 21))

    def test_deposit_whose_day_had_passed_gets_only_what_is_to_come(self):
        order = self._accept()
        self._run_cron_of_requests(DUE)

        self._upgrade(order.proforma_deposit_ids[0], 0, None, "2026-12-16 07:00:00")

        days = self._get_days_reminded(order, first="2026-12-16", number=10)
        self.assertEqual(days, [5])

    def test_columns_are_gone_and_a_second_run_has_no_effect(self):
        order = self._accept()
        deposit = order.proforma_deposit_ids[0]
        self._upgrade(deposit, 1, "2026-12-14", "2026-12-14 20:00:00")

        runpy.run_path(file_path(SCRIPT))["migrate"](self.env.cr, "19.0.2.0.0")

        self.assertFalse(
            column_exists(self.env.cr, "proforma_deposit", "reminder_count")
        )
        self.assertEqual(len(deposit.reminder_ids), 1)

    def _run_cron_of_requests(self, day):
        with freeze_time(f"{day} 08:00:00"):
            self._run_cron("ir_cron_follow_up_deposits")
