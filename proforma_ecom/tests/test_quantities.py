from decimal import Decimal
from fractions import Fraction

from odoo.tests import BaseCase, tagged

from ..quantities import QuantityRule, quantity_rule

ONE, CENT = Decimal(1), Decimal("0.01")
THIRD, TENTH = Fraction(1, 3), Fraction(1, 10)
POUNDS = Fraction(100000000, 45359237)  # Of a kilogram.

# Base, minimum, multiple, whether it is counted -> minimum, step, why.
RULES = [
    (ONE, 0, 0, True, "1", "1", "no limits"),
    (CENT, 0, 0, False, "0.01", "0.01", "no limits of what is measured"),
    (ONE, 12, 6, True, "12", "6", "the minimum is a multiple"),
    (ONE, 10, 6, True, "12", "6", "the next multiple"),
    (ONE, 0, 6, True, "6", "6", "the multiple is the least"),
    (ONE, 5, 0, True, "5", "1", "the minimum alone"),
    (ONE, Fraction(9, 12), 0, True, "1", "1", "9 pieces are a dozen at least"),
    (ONE, 0, Fraction(6, 12), True, "1", "1", "half dozens are no dozens"),
    (ONE, 0, Fraction(18, 12), True, "3", "3", "3 dozens are 2 times 18 pieces"),
    (CENT, 0, Fraction(6, 12), True, "0.5", "0.5", "dozens that are divided"),
    (CENT, 0, Fraction(1, 12), True, "0.25", "0.25", "3 pieces: 1 has no decimals"),
    (ONE, 0, THIRD, True, "1", "1", "no dust of a third"),
    (CENT, 3 * TENTH, TENTH, False, "0.3", "0.1", "no dust of a tenth"),
    (CENT, 25 * POUNDS, 0, False, "55.12", "0.01", "25 kg are 55.1156 lb"),
    (CENT, 0, 25 * POUNDS, False, "55.12", "55.12", "as near as decimals say it"),
    (CENT, 0, Fraction(1, 1000), False, "0.01", "0.01", "never no step at all"),
]


@tagged("post_install", "-at_install")
class TestQuantities(BaseCase):
    def test_rule_of_limits(self):
        for base, minimum, multiple, is_counted, least, step, why in RULES:
            with self.subTest(why):
                rule = quantity_rule(base, 999_999, minimum, multiple, is_counted)

                self.assertEqual(
                    (rule.minimum, rule.step), (Decimal(least), Decimal(step))
                )

    def test_maximum_is_a_whole_number_of_steps(self):
        rule = QuantityRule(Decimal(6), Decimal(6), Decimal(99), ONE)
        for most, expected in ((20, 18), (18, 18), (5, 0), (-3, 0), (500, 99)):
            with self.subTest(most):
                self.assertEqual(rule.capped(Decimal(most)).maximum, expected)

    def test_what_is_ordered_already_is_no_less_than_the_maximum(self):
        rule = QuantityRule(Decimal(6), Decimal(6), Decimal(99), ONE)

        self.assertEqual(rule.capped(Decimal(20), Decimal(25)).maximum, 25)
        self.assertEqual(rule.capped(Decimal(20), Decimal(3)).maximum, 18)

    def test_rule_without_a_quantity_is_impossible(self):
        rule = QuantityRule(Decimal(12), Decimal(6), Decimal(99), ONE)

        self.assertTrue(rule.capped(Decimal(11)).is_impossible())
        self.assertFalse(rule.capped(Decimal(12)).is_impossible())
