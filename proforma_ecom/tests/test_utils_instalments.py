from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged
from odoo.tools import float_compare, float_round

from ..schedule import due_date_of, instalment_amounts, is_whole, split_total

CASES = settings(max_examples=2000, derandomize=True, deadline=None, database=None)
ROUNDINGS = st.sampled_from([1.0, 0.01, 0.001])


def rounder(rounding):
    """Return a function that rounds as a currency does."""
    return lambda amount: float_round(amount, precision_rounding=rounding)


@st.composite
def totals(draw):
    """Return the rounding of a currency and an amount in it."""
    rounding = draw(ROUNDINGS)
    units = draw(st.integers(min_value=0, max_value=10_000_000))
    return rounding, rounder(rounding)(units * rounding)


def shares(minimum=0):
    return st.integers(min_value=minimum, max_value=10_000).map(lambda n: n / 100)


INSTALMENTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["percent", "percent_untaxed"]), shares(minimum=1)),
        st.tuples(st.just("fixed"), st.floats(min_value=0, max_value=1_000_000)),
    ),
    min_size=1,
    max_size=11,
)


@st.composite
def whole_instalments(draw):
    """Return 1-12 instalments that make up any total: with a rest, or 100 %."""
    if draw(st.booleans()):
        return [*draw(INSTALMENTS), ("balance", 0.0)]
    cuts = draw(st.sets(st.integers(min_value=1, max_value=9999), max_size=11))
    marks = [0, *sorted(cuts), 10_000]
    pairs = zip(marks, marks[1:], strict=False)
    return [("percent", (end - start) / 100) for start, end in pairs]


@tagged("post_install", "-at_install")
class TestUtilsInstalmentAmounts(BaseCase):
    def assertAmount(self, first, second, rounding):
        self.assertFalse(
            float_compare(first, second, precision_rounding=rounding),
            f"{first} is not {second}",
        )

    def assertRounded(self, amounts, rounding):
        for amount in amounts:
            self.assertGreaterEqual(amount, 0.0)
            self.assertEqual(amount, rounder(rounding)(amount))

    def test_whole_instalments_add_up_to_any_total(self):
        @CASES
        @given(totals(), whole_instalments(), shares())
        def check(total, instalments, untaxed_share):
            rounding, amount = total
            untaxed = rounder(rounding)(amount * untaxed_share / 100)

            parts = instalment_amounts(amount, untaxed, instalments, rounder(rounding))

            self.assertTrue(is_whole(instalments))
            self.assertEqual(len(parts), len(instalments))
            self.assertRounded(parts, rounding)
            self.assertAmount(sum(parts), amount, rounding)

        check()

    def test_instalments_that_make_up_no_total_are_what_they_say(self):
        @CASES
        @given(totals(), INSTALMENTS)
        def check(total, instalments):
            assume(not is_whole(instalments))
            rounding, amount = total

            parts = instalment_amounts(amount, amount, instalments, rounder(rounding))

            self.assertRounded(parts, rounding)
            for part, (kind, value) in zip(parts, instalments, strict=True):
                said = value if kind == "fixed" else amount * value / 100
                self.assertAmount(part, rounder(rounding)(said), rounding)

        check()

    def test_split_parts_add_up_to_the_total(self):
        @CASES
        @given(
            totals(),
            st.lists(
                st.floats(min_value=0, max_value=1_000_000), min_size=1, max_size=12
            ),
        )
        def check(total, weights):
            rounding, amount = total

            parts = split_total(amount, weights, rounder(rounding))

            self.assertEqual(len(parts), len(weights))
            self.assertRounded(parts, rounding)
            self.assertAmount(sum(parts), amount, rounding)

        check()

    def test_weights_that_are_the_parts_already_change_nothing(self):
        @CASES
        @given(totals(), whole_instalments())
        def check(total, instalments):
            rounding, amount = total
            parts = instalment_amounts(amount, amount, instalments, rounder(rounding))

            for part, again in zip(
                parts, split_total(amount, parts, rounder(rounding)), strict=True
            ):
                self.assertAmount(part, again, rounding)

        check()

    def test_negative_total_asks_for_nothing(self):
        instalments = [("percent", 30.0), ("balance", 0.0)]

        self.assertEqual(
            instalment_amounts(-5.0, -5.0, instalments, rounder(0.01)), [0.0, 0.0]
        )

    def test_whole_instalments(self):
        for instalments, expected, reason in (
            ([("percent", 100)], True, "all at once"),
            ([("percent", 33.33)] * 2 + [("percent", 33.34)], True, "thirds"),
            ([("percent", 33.33)] * 3, False, "a cent in 10,000 is missing"),
            ([("percent", 60), ("percent", 60)], False, "too much"),
            ([("percent", 30), ("balance", 0)], True, "the rest last"),
            ([("balance", 0), ("percent", 30)], False, "the rest first"),
            ([("balance", 0), ("balance", 0)], False, "two rests"),
            ([("balance", 0)], True, "nothing but the rest"),
            ([("fixed", 100)], False, "an amount is no whole"),
            ([("percent_untaxed", 100)], False, "taxes are missing"),
            ([("percent", 50), ("fixed", 50)], False, "mixed without a rest"),
            ([], False, "none"),
        ):
            with self.subTest(reason):
                self.assertEqual(is_whole(instalments), expected)


@tagged("post_install", "-at_install")
class TestUtilsDueDate(BaseCase):
    def test_due_dates(self):
        accepted = date(2026, 1, 31)
        for trigger, values, expected, reason in (
            ("acceptance", {}, accepted, "the same day"),
            ("after_acceptance", {"days": 0}, accepted, "no days"),
            ("after_acceptance", {"days": 1}, date(2026, 2, 1), "end of a month"),
            ("after_acceptance", {"days": 28}, date(2026, 2, 28), "end of February"),
            ("after_acceptance", {"days": 29}, date(2026, 3, 1), "no leap year"),
            ("after_acceptance", {"days": 365}, date(2027, 1, 31), "a year"),
            (
                "before_delivery",
                {"days": 7, "delivery_on": date(2026, 3, 3)},
                date(2026, 2, 24),
                "over the end of February",
            ),
            (
                "before_delivery",
                {"days": 30, "delivery_on": date(2026, 2, 10)},
                accepted,
                "earlier than the acceptance",
            ),
            ("before_delivery", {"days": 7}, None, "delivery unknown"),
            ("delivery", {}, None, "delivery unknown"),
            (
                "delivery",
                {"days": 7, "delivery_on": date(2026, 2, 10)},
                date(2026, 2, 10),
                "days mean nothing",
            ),
            (
                "delivery",
                {"delivery_on": date(2026, 1, 2)},
                accepted,
                "delivery before the acceptance",
            ),
            ("fixed_date", {"fixed_on": date(2026, 6, 30)}, date(2026, 6, 30), "later"),
            ("fixed_date", {"fixed_on": date(2026, 1, 1)}, accepted, "past"),
            ("fixed_date", {}, None, "no date"),
            ("final_invoice", {"delivery_on": date(2026, 2, 10)}, None, "its invoice"),
        ):
            with self.subTest(f"{trigger}: {reason}"):
                self.assertEqual(due_date_of(trigger, accepted, **values), expected)

    def test_due_dates_around_a_leap_day(self):
        for trigger, accepted, values, expected in (
            ("after_acceptance", date(2028, 2, 28), {"days": 1}, date(2028, 2, 29)),
            ("after_acceptance", date(2028, 2, 29), {"days": 1}, date(2028, 3, 1)),
            ("after_acceptance", date(2028, 2, 29), {"days": 366}, date(2029, 3, 1)),
            (
                "before_delivery",
                date(2028, 1, 1),
                {"days": 1, "delivery_on": date(2028, 3, 1)},
                date(2028, 2, 29),
            ),
        ):
            with self.subTest(f"{trigger} {accepted}"):
                self.assertEqual(due_date_of(trigger, accepted, **values), expected)

    def test_no_day_is_before_the_acceptance(self):
        days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))

        @CASES
        @given(
            st.sampled_from(
                ["acceptance", "after_acceptance", "before_delivery", "fixed_date"]
            ),
            days,
            st.integers(min_value=0, max_value=3650),
            st.none() | days,
            st.none() | days,
        )
        def check(trigger, accepted_on, waiting, fixed_on, delivery_on):
            day = due_date_of(trigger, accepted_on, waiting, fixed_on, delivery_on)

            self.assertGreaterEqual(day or accepted_on, accepted_on)

        check()
