from datetime import datetime

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestResCompanyWorkingHours(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Working"})
        cls.company.partner_id.tz = "Europe/Paris"
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Tuesday to Friday",
                "company_id": cls.company.id,
                # The hours are those of the clock on the wall of the company.
                "tz": "America/New_York",
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Day",
                            "dayofweek": str(day),
                            "hour_from": 8,
                            "hour_to": 16,
                        }
                    )
                    for day in range(1, 5)
                ],
            }
        )
        cls.company.resource_calendar_id = cls.calendar

    def _next(self, *instant):
        return self.company._get_proforma_working_hours().next_instant(
            datetime(*instant)
        )

    def _close(self, company=None, **values):
        leave = self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "date_from": "2026-11-10 00:00:00",
                "date_to": "2026-11-11 22:00:00",
                **values,
            }
        )
        leave.company_id = company or self.company

    def test_hours_are_those_of_the_calendar_in_the_zone_of_the_company(self):
        # A Monday; work begins on Tuesday at 8:00 in Paris.
        self.assertEqual(self._next(2026, 11, 9, 10), datetime(2026, 11, 10, 7))

    def test_public_holiday_is_no_working_day(self):
        self._close(calendar_id=self.calendar.id)

        self.assertEqual(self._next(2026, 11, 9, 10), datetime(2026, 11, 12, 7))

    def test_holiday_that_is_added_later_counts(self):
        self.assertEqual(self._next(2026, 11, 9, 10), datetime(2026, 11, 10, 7))
        self._close(calendar_id=self.calendar.id)

        self.assertEqual(self._next(2026, 11, 9, 10), datetime(2026, 11, 12, 7))

    def test_holiday_of_all_calendars_counts(self):
        self._close()

        self.assertEqual(self._next(2026, 11, 9, 10), datetime(2026, 11, 12, 7))

    def test_holiday_of_another_company_does_not_count(self):
        self._close(company=self.env.company)

        self.assertEqual(self._next(2026, 11, 9, 10), datetime(2026, 11, 10, 7))

    def test_holiday_of_a_person_does_not_count(self):
        person = self.env["resource.resource"].create(
            {"name": "Paul", "company_id": self.company.id}
        )
        self._close(resource_id=person.id)

        self.assertEqual(self._next(2026, 11, 9, 10), datetime(2026, 11, 10, 7))

    def test_company_without_a_calendar_has_office_hours(self):
        self.company.resource_calendar_id = False

        self.assertEqual(self._next(2026, 11, 7, 10), datetime(2026, 11, 9, 8))

    def test_calendar_without_fixed_hours_means_office_hours(self):
        self.calendar.flexible_hours = True

        self.assertEqual(self._next(2026, 11, 7, 10), datetime(2026, 11, 9, 8))
