from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..typed import plain, typed_id, typed_number, typed_text
from .common_random import random_cases

# What was typed, and what it is; None: nobody can tell.
NUMBERS = [
    ("12", "12"),
    ("0", "0"),
    (" 0.1 ", "0.1"),
    ("1,5", "1.5"),
    ("1 443,60", "1443.60"),
    ("1\N{NARROW NO-BREAK SPACE}443,60", "1443.60"),
    ("1'200.50", "1200.50"),
    (12, "12"),
    ("1,443", None),  # One thousand to some.
    ("1,443.60", None),
    ("-1", None),
    ("+1", None),
    ("1e5", None),
    ("NaN", None),
    ("Infinity", None),
    ("0x10", None),
    ("1_000", None),
    ("", None),
    (None, None),
    (True, None),
    ([1], None),
    ("9" * 13, None),
    ("1" * 10_000_000, None),
    ("<b>1</b>", None),
]

ANYTHING = (
    st.text()
    | st.integers()
    | st.floats()
    | st.none()
    | st.booleans()
    | st.lists(st.text())
    | st.dictionaries(st.text(), st.text())
    | st.binary()
)


@tagged("post_install", "-at_install")
class TestTyped(BaseCase):
    def test_number_is_read_as_it_was_meant_or_not_at_all(self):
        for typed, number in NUMBERS:
            with self.subTest(str(typed)[:20]):
                self.assertEqual(typed_number(typed), number and Decimal(number))

    @random_cases(500)
    @given(ANYTHING)
    def test_whatever_is_sent_is_a_finite_number_or_none(self, typed):
        number = typed_number(typed)

        self.assertTrue(number is None or 0 <= number < 10**12)

    @random_cases(500)
    @given(st.decimals(0, 10**9, places=4))
    def test_what_stands_in_a_field_is_read_as_the_same_number(self, number):
        self.assertEqual(typed_number(plain(number)), number)

    @random_cases(500)
    @given(ANYTHING)
    def test_whatever_is_sent_is_an_id_of_the_database_or_none(self, typed):
        self.assertTrue(0 <= typed_id(typed) < 2**31)

    @random_cases(500)
    @given(ANYTHING)
    def test_words_are_text_that_a_database_keeps(self, typed):
        self.assertNotIn("\0", typed_text(typed))
