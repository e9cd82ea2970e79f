from odoo.tests import TransactionCase, tagged

from ..clock import group_week


@tagged("post_install", "-at_install")
class TestResCompanyHours(TransactionCase):
    """When the customer reads that he may call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Shop", "attendance_ids": False}
        )
        cls.env.company.resource_calendar_id = cls.calendar

    def _open(self, day, start, end, period="morning"):
        self.env["resource.calendar.attendance"].create(
            {
                "name": "Open",
                "calendar_id": self.calendar.id,
                "dayofweek": str(day),
                "hour_from": start,
                "hour_to": end,
                "day_period": period,
            }
        )

    def _get_texts(self, lang="en_US"):
        return self.env.company.with_context(lang=lang)._get_proforma_hours_texts()

    def test_days_that_are_alike_are_told_at_once(self):
        for day in range(5):
            self._open(day, 9, 12)
            self._open(day, 13, 17.5, "afternoon")

        [text] = self._get_texts()

        self.assertIn("Mon\u00a0–\u2060\u00a0Fri", text)
        self.assertIn("5:30", text)
        self.assertEqual(text.count(" "), 2)  # Where a line may break.

    def test_day_off_in_between_cuts_the_week(self):
        self.assertEqual(
            group_week({0: [(9, 17)], 2: [(9, 17)], 3: [(9, 17)]}),
            [(0, 0, [(9, 17)]), (2, 3, [(9, 17)])],
        )

    def test_hours_that_meet_are_one(self):
        self._open(5, 8, 12)
        self._open(5, 12, 16, "afternoon")

        [text] = self._get_texts()

        self.assertEqual(text.count("–"), 1)

    def test_break_is_no_time_to_call(self):
        self._open(0, 12, 13, "lunch")

        self.assertEqual(self._get_texts(), [])

    def test_flexible_hours_promise_nothing(self):
        self._open(0, 9, 17)
        self.calendar.flexible_hours = True

        self.assertEqual(self._get_texts(), [])
