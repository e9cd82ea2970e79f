"""Pure functions of the quantities that a customer may ask for."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple


class QuantityRule(NamedTuple):
    """Which quantities of a line a customer may ask for, besides none."""

    minimum: Decimal
    step: Decimal
    maximum: Decimal
    base: Decimal  # What the step would be without limits.
    is_told: bool = True  # Whether the customer may read the maximum.

    def capped(self, most, now=0):
        """Return the rule with a maximum, lowered to a whole number of steps, where the
        present one is not smaller. What is ordered already may stay, or become less.

        :param Fraction|Decimal most: In the unit of the rule; below 0 is none.
        :param Decimal now: What is ordered already.
        :rtype: QuantityRule
        """
        steps = max(floor(Fraction(most) / Fraction(self.step)), 0)
        least = min(self.maximum, steps * self.step)
        return self._replace(maximum=max(least, Decimal(now)))

    def is_impossible(self):
        """Return whether no quantity keeps to the rule."""
        return self.maximum < self.minimum


def quantity_rule(base, most, minimum=0, multiple=0, is_counted=True):
    """Return the rule of a product with limits.

    What is counted keeps to whole numbers of the base, so that 6 pieces of a box of 4
    are 3 boxes, not one and a half. What is measured is rounded to the base: no number
    of pounds is just a kilogram. A minimum that is no multiple of the step becomes the
    next one.

    :param Decimal base: The smallest step without limits.
    :param int most: The largest quantity that anybody means.
    :param Fraction minimum: In the same unit as the base, 0: none.
    :param Fraction multiple: In the same unit as the base, 0: none.
    :param bool is_counted: Whether it is counted, not measured.
    :rtype: QuantityRule
    """
    step = base
    if multiple:
        ratio = Fraction(multiple) / Fraction(base)
        # The least common multiple of the two is as many bases as the numerator.
        step = base * max(ratio.numerator if is_counted else round(ratio), 1)
    steps = max(ceil(Fraction(minimum) / Fraction(step)), 1)
    rule = QuantityRule(step * steps, step, Decimal(most), base)
    return rule.capped(Decimal(most))
