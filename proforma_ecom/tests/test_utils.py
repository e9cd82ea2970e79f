from datetime import date, datetime

from odoo.tests import BaseCase, tagged
from odoo.tools import float_round

from ..utils import (
    canonical_json,
    deadline_of,
    decimal_text,
    sha256_hex,
    split_total,
    today_in,
)


@tagged("post_install", "-at_install")
class TestUtils(BaseCase):
    def test_deadline_is_the_end_of_the_day_in_the_zone(self):
        for day, zone, grace, expected, reason in [
            (date(2026, 1, 15), "UTC", 0, datetime(2026, 1, 16), "plain"),
            (date(2026, 1, 15), "Europe/Paris", 0, datetime(2026, 1, 15, 23), "winter"),
            (date(2026, 7, 15), "Europe/Paris", 0, datetime(2026, 7, 15, 22), "summer"),
            (
                date(2026, 3, 28),
                "Europe/Paris",
                0,
                datetime(2026, 3, 28, 23),
                "eve of DST",
            ),
            (
                date(2026, 3, 29),
                "Europe/Paris",
                0,
                datetime(2026, 3, 29, 22),
                "23 h day",
            ),
            (
                date(2026, 10, 25),
                "Europe/Paris",
                0,
                datetime(2026, 10, 25, 23),
                "25 h day",
            ),
            (
                date(2026, 12, 31),
                "Pacific/Kiritimati",
                0,
                datetime(2026, 12, 31, 10),
                "+14",
            ),
            (
                date(2026, 2, 28),
                "America/New_York",
                0,
                datetime(2026, 3, 1, 5),
                "month end",
            ),
            (date(2028, 2, 29), "UTC", 0, datetime(2028, 3, 1), "leap day"),
            (date(2026, 1, 15), "UTC", 6.5, datetime(2026, 1, 16, 6, 30), "grace"),
        ]:
            with self.subTest(reason):
                self.assertEqual(deadline_of(day, zone, grace), expected)

    def test_today_is_the_day_of_the_zone(self):
        now = datetime(2026, 12, 31, 23, 30)

        self.assertEqual(today_in("UTC", now), date(2026, 12, 31))
        self.assertEqual(today_in("Europe/Paris", now), date(2027, 1, 1))
        self.assertEqual(today_in("America/New_York", now), date(2026, 12, 31))

    def test_decimal_text_has_no_negative_zero(self):
        self.assertEqual(decimal_text(-0.001, 2), "0.00")

    def test_decimal_text_keeps_the_sign_of_an_amount(self):
        self.assertEqual(decimal_text(-12.5, 2), "-12.50")

    def test_canonical_json_does_not_depend_on_the_order_of_keys(self):
        self.assertEqual(
            canonical_json({"b": "é", "a": [1]}), canonical_json({"a": [1], "b": "é"})
        )

    def test_sha256_separates_its_parts(self):
        self.assertNotEqual(sha256_hex("ab", "c"), sha256_hex("a", "bc"))

    def test_split_adds_up_to_the_total(self):
        for total, shares, digits, expected, reason in [
            (100.0, [30, 70], 2, [30.0, 70.0], "even"),
            (0.05, [30, 70], 2, [0.02, 0.03], "cents"),
            (100.01, [33.33, 33.33, 33.34], 2, [33.33, 33.33, 33.35], "thirds"),
            (1001.0, [50, 50], 0, [501.0, 500.0], "currency without cents"),
            (10.001, [30, 70], 3, [3.0, 7.001], "three decimals"),
            (100.0, [], 2, [], "no instalment"),
        ]:
            with self.subTest(reason):
                amounts = split_total(
                    total, shares, lambda a, d=digits: float_round(a, d)
                )

                self.assertEqual(amounts, expected)
