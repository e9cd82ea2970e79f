from datetime import date, datetime, time, timedelta

import pytz
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..clock import WorkingHours, instant_after, instant_before, to_utc
from ..utils import deadline_of, today_in

CASES = settings(max_examples=500, derandomize=True, deadline=None, database=None)

# Both hemispheres, half hours, clocks put forward at midnight, a day left out.
ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Paris",
        "America/New_York",
        "America/Sao_Paulo",
        "Africa/Cairo",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Kiritimati",
    ]
)
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31))
INSTANTS = st.datetimes(
    min_value=datetime(2024, 1, 1), max_value=datetime(2027, 12, 31)
)
DELAYS = st.integers(min_value=0, max_value=90)
UNITS = st.sampled_from(["days", "hours"])


@st.composite
def working_hours(draw):
    """Return the working time of a company: a zone, a week, holidays."""
    zone = draw(ZONES)
    weekdays = draw(st.sets(st.integers(min_value=0, max_value=6), min_size=1))
    start = draw(st.integers(min_value=4, max_value=11))
    end = draw(st.integers(min_value=start + 2, max_value=20))
    has_lunch = draw(st.booleans())
    middle = (start + end) // 2
    holidays = draw(st.sets(DAYS, max_size=20))
    parts = [(start, middle), (middle + 1, end)] if has_lunch else [(start, end)]
    parts = [(first, last) for first, last in parts if first < last]

    def load(first, after):
        day = first
        while day < after:
            if day.weekday() in weekdays and day not in holidays:
                for begin, finish in parts:
                    edges = (
                        to_utc(datetime.combine(day, time(hour)), zone)
                        for hour in (begin, finish)
                    )
                    yield tuple(edges)
            day += timedelta(days=1)

    return WorkingHours(zone, load)


def local(instant, zone):
    return pytz.utc.localize(instant).astimezone(pytz.timezone(zone))


@tagged("post_install", "-at_install")
class TestClockProperties(BaseCase):
    @CASES
    @given(working_hours(), INSTANTS, DELAYS, UNITS)
    def test_step_after_its_base_is_in_working_time_and_not_before_it(
        self, hours, instant, delay, unit
    ):
        day = today_in(hours.tz_name, instant)

        planned = instant_after(hours, instant, day, delay, unit)

        self.assertTrue(hours.is_working(planned))
        self.assertGreaterEqual(planned, instant)

    @CASES
    @given(working_hours(), INSTANTS, DELAYS, UNITS)
    def test_longer_delay_is_never_due_earlier(self, hours, instant, delay, unit):
        day = today_in(hours.tz_name, instant)

        first = instant_after(hours, instant, day, delay, unit)
        second = instant_after(hours, instant, day, delay + 1, unit)

        self.assertLessEqual(first, second)

    @CASES
    @given(working_hours(), INSTANTS, st.integers(0, 400))
    def test_promise_is_as_much_working_time_away_as_it_says(
        self, hours, instant, quarters
    ):
        promised = hours.add(quarters / 4, instant)

        worked, day = timedelta(), instant.date() - timedelta(days=2)
        while day <= promised.date() + timedelta(days=1):
            for start, end in hours.get_intervals(day):
                worked += max(min(end, promised) - max(start, instant), timedelta())
            day += timedelta(days=1)
        self.assertEqual(worked, timedelta(hours=quarters / 4))

    @CASES
    @given(working_hours(), DAYS, DELAYS, UNITS, st.integers(0, 48))
    def test_step_before_a_deadline_is_in_working_time_and_before_it(
        self, hours, day, delay, unit, grace
    ):
        deadline = deadline_of(day, hours.tz_name, grace)

        planned = instant_before(hours, deadline, day, -delay, unit)

        self.assertTrue(hours.is_working(planned))
        self.assertLess(planned, deadline)
        if unit == "days":
            limit = deadline_of(day - timedelta(days=delay), hours.tz_name)
            self.assertLess(planned, limit)

    @CASES
    @given(working_hours(), DAYS, DELAYS, UNITS)
    def test_step_further_before_a_deadline_is_never_due_later(
        self, hours, day, delay, unit
    ):
        deadline = deadline_of(day, hours.tz_name)

        near = instant_before(hours, deadline, day, -delay, unit)
        far = instant_before(hours, deadline, day, -delay - 1, unit)

        self.assertLessEqual(far, near)

    @CASES
    @given(working_hours(), INSTANTS, st.integers(min_value=1, max_value=90))
    def test_step_of_days_is_due_when_the_work_of_a_day_begins(
        self, hours, instant, delay
    ):
        day = today_in(hours.tz_name, instant)

        planned = instant_after(hours, instant, day, delay, "days")

        first = hours.get_intervals(today_in(hours.tz_name, planned))[0][0]
        self.assertEqual(planned, first)

    @CASES
    @given(working_hours(), INSTANTS)
    def test_no_working_time_is_left_out(self, hours, instant):
        found = hours.next_instant(instant)

        days = (local(found, hours.tz_name) - local(instant, hours.tz_name)).days
        first = today_in(hours.tz_name, instant)
        for distance in range(days + 2):
            for start, end in hours.get_intervals(first + timedelta(days=distance)):
                is_between = max(start, instant) < min(end, found)
                self.assertFalse(is_between, f"{start} is working time")


@tagged("post_install", "-at_install")
class TestClock(BaseCase):
    def test_steps_of_office_hours_in_paris(self):
        hours = WorkingHours("Europe/Paris")
        issued = datetime(2026, 10, 22, 14, 0)  # Thursday, 16:00 in Paris.
        for delay, unit, expected, reason in [
            (0, "hours", datetime(2026, 10, 22, 14, 0), "at once"),
            (1, "hours", datetime(2026, 10, 22, 15, 0), "the same day"),
            (2, "hours", datetime(2026, 10, 23, 7, 0), "18:00 is the end of work"),
            (0, "days", datetime(2026, 10, 22, 14, 0), "never before the issue"),
            (1, "days", datetime(2026, 10, 23, 7, 0), "9:00 of the next day"),
            (2, "days", datetime(2026, 10, 26, 8, 0), "Monday, in winter time"),
            (9, "days", datetime(2026, 11, 2, 8, 0), "across the end of the month"),
        ]:
            with self.subTest(reason):
                planned = instant_after(hours, issued, issued.date(), delay, unit)

                self.assertEqual(planned, expected)

    def test_steps_before_a_deadline_in_paris(self):
        hours = WorkingHours("Europe/Paris")
        sunday = date(2026, 11, 1)
        deadline = deadline_of(sunday, "Europe/Paris")
        for delay, unit, expected, reason in [
            (0, "days", datetime(2026, 10, 30, 8, 0), "Friday is the last working day"),
            (-2, "days", datetime(2026, 10, 30, 8, 0), "Friday itself"),
            (-3, "days", datetime(2026, 10, 29, 8, 0), "Thursday"),
            (-7, "days", datetime(2026, 10, 23, 7, 0), "Friday, in summer time"),
            (-1, "hours", datetime(2026, 10, 30, 16, 0), "an hour before work ends"),
        ]:
            with self.subTest(reason):
                planned = instant_before(hours, deadline, sunday, delay, unit)

                self.assertEqual(planned, expected)

    def test_company_that_never_works_has_office_hours(self):
        hours = WorkingHours("UTC", lambda first, after: [])

        planned = instant_after(
            hours, datetime(2026, 11, 6, 20), date(2026, 11, 6), 0, "hours"
        )

        self.assertEqual(planned, datetime(2026, 11, 9, 9))

    def test_work_past_midnight_is_working_time(self):
        night = (datetime(2026, 11, 6, 22), datetime(2026, 11, 7, 4))
        hours = WorkingHours("UTC", lambda first, after: [night])

        self.assertTrue(hours.is_working(datetime(2026, 11, 7, 3)))
        self.assertFalse(hours.is_working(datetime(2026, 11, 7, 4)))
