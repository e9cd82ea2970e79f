from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..reminder_rules import is_held_out, is_overdue, is_too_soon

CASES = settings(max_examples=500, derandomize=True, deadline=None, database=None)
IDS = st.integers(min_value=1, max_value=10_000_000)
PERCENTS = st.floats(min_value=0, max_value=100)


@tagged("post_install", "-at_install")
class TestReminderRules(BaseCase):
    def test_share_of_the_customers_is_held_out(self):
        held = sum(is_held_out(7, partner, 20) for partner in range(10_000))

        self.assertAlmostEqual(held, 2000, delta=150)

    @CASES
    @given(IDS, IDS, PERCENTS, PERCENTS)
    def test_larger_share_holds_all_of_a_smaller_one(self, plan, partner, one, two):
        small, large = sorted([one, two])

        if is_held_out(plan, partner, small):
            self.assertTrue(is_held_out(plan, partner, large))

    @CASES
    @given(IDS, IDS)
    def test_nobody_or_everybody_is_held_out(self, plan, partner):
        self.assertFalse(is_held_out(plan, partner, 0))
        self.assertTrue(is_held_out(plan, partner, 100))

    def test_plans_hold_out_different_customers(self):
        groups = [
            {partner for partner in range(1000) if is_held_out(plan, partner, 50)}
            for plan in (1, 2)
        ]

        self.assertNotEqual(*groups)

    def test_overdue_by_the_days_of_the_company(self):
        planned = datetime(2026, 11, 5, 23, 30)  # November 6 in Paris.
        for today, tolerance, expected in [
            (date(2026, 11, 6), 0, False),
            (date(2026, 11, 7), 0, True),
            (date(2026, 11, 8), 2, False),
            (date(2026, 11, 9), 2, True),
        ]:
            with self.subTest(today=today, tolerance=tolerance):
                overdue = is_overdue(planned, today, "Europe/Paris", tolerance)

                self.assertEqual(overdue, expected)

    def test_days_between_two_mails_are_days_of_the_company(self):
        last = datetime(2026, 11, 5, 23, 30)  # November 6 in Paris.
        for now, expected in [
            (datetime(2026, 11, 9, 22, 59), True),  # Still November 9.
            (datetime(2026, 11, 9, 23, 0), False),  # November 10.
        ]:
            with self.subTest(now):
                self.assertEqual(is_too_soon(last, now, "Europe/Paris", 4), expected)

    def test_first_mail_is_never_too_soon(self):
        self.assertFalse(is_too_soon(None, datetime(2026, 11, 5), "UTC", 30))
