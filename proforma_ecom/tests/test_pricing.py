from odoo.tests import BaseCase, tagged

from ..pricing import PriceFigures, PriceTerms, decide, is_below_floor, margin_of

# Total and margin as issued, as they are today, what the plan says, the outcome, why.
TERMS = {"threshold": 3.0, "floor": 10.0, "min_days": 7, "is_issued": True}
DECISIONS = [
    ((1000, 30, 1000, 30), {}, (False, False), "nothing moved"),
    ((1000, 30, 1029.99, 31), {}, ("below", False), "2.999 %"),
    ((1000, 30, 1030, 31), {}, ("below", False), "just 3 % is not more than 3 %"),
    ((1000, 30, 1030.01, 31), {}, ("issued", False), "3.001 %"),
    ((1000, 30, 969.99, 31), {}, ("issued", False), "prices fall too"),
    ((1000, 30, 970, 31), {}, ("below", False), "just -3 %"),
    ((1000, 30, 1000.01, 33.01), {}, ("issued", False), "3.01 points of margin"),
    ((1000, 30, 1000.01, 27), {}, ("below", False), "just -3 points of margin"),
    ((1000, 30, 1000, 26), {"prices": {}}, ("proposed", "no_price"), "only the cost"),
    ((1000, 30, 1050, 31), {"days": 6}, ("kept_back", "min_days"), "6 of 7 days"),
    ((1000, 30, 1050, 31), {"days": 7}, ("issued", False), "the 7th day"),
    ((1000, 30, 1050, 31), {"is_issued": False}, ("proposed", False), "asks first"),
    (
        (1000, 30, 900, 9),
        {"is_below_floor": True},
        ("proposed", "floor"),
        "below the floor it only asks",
    ),
    (
        (1000, 30, 900, 9),
        {"is_below_floor": True, "is_issued": False},
        ("proposed", False),
        "the floor says nothing of a plan that asks anyway",
    ),
    (
        (1000, 30, 900, 9),
        {"is_below_floor": True, "days": 6},
        ("kept_back", "min_days"),
        "nobody is asked before the pause is over",
    ),
    (
        (1000, 30, 1050, 31),
        {"is_issued": False, "proposal": (1040, 31)},
        ("waiting", False),
        "1 % more than what was proposed",
    ),
    (
        (1000, 30, 1071, 31),
        {"is_issued": False, "proposal": (1040, 31)},
        ("proposed", False),
        "3.1 % more than what was proposed",
    ),
    (
        (1000, 30, 1040, 35),
        {"is_issued": False, "proposal": (1040, 31)},
        ("proposed", False),
        "4 points more than what was proposed",
    ),
    (
        (1000, 30, 1050, 31),
        {"proposal": (1050, 31)},
        ("issued", False),
        "what the floor held back is above it today",
    ),
    ((1000, 30, 1001, 30), {"threshold": 0.0}, ("issued", False), "threshold of 0"),
    ((0, 0, 0, 0), {"prices": {"line": 1}}, ("below", False), "a total of zero"),
]


@tagged("post_install", "-at_install")
class TestPricing(BaseCase):
    def _decide(self, amounts, days=30, proposal=None, **values):
        old_total, old_margin, new_total, new_margin = amounts
        terms = {key: values.pop(key) for key in TERMS if key in values}
        moved = {"line": 1.0} if new_total != old_total else {}
        figures = PriceFigures(
            old_total=old_total,
            new_total=new_total,
            old_margin=old_margin,
            new_margin=new_margin,
            terms=PriceTerms(**{**TERMS, **terms}),
            **{"prices": moved, **values},
        )
        return decide(figures, days, proposal)

    def test_what_follows_from_how_far_a_document_moved(self):
        for amounts, values, expected, reason in DECISIONS:
            with self.subTest(reason):
                self.assertEqual(self._decide(amounts, **values), expected)

    def test_margin_is_a_percentage_of_the_revenue(self):
        for revenue, cost, margin in [
            (100.0, 75.0, 25.0),
            (100.0, 120.0, -20.0),
            (0.0, 10.0, 0.0),
            (100.0, 0.0, 100.0),
        ]:
            with self.subTest(revenue=revenue, cost=cost):
                self.assertEqual(margin_of(revenue, cost), margin)

    def test_floor_holds_for_what_brings_nothing_too(self):
        for revenue, cost, floor, is_below in [
            (100.0, 80.0, 20.0, False),
            (100.0, 81.0, 20.0, True),
            (0.0, 10.0, 0.0, True),
            (-10.0, 5.0, 0.0, True),
            (0.0, 0.0, 0.0, False),
            (-10.0, 0.0, 20.0, False),  # A discount costs nothing.
        ]:
            with self.subTest(revenue=revenue, cost=cost):
                self.assertEqual(is_below_floor(revenue, cost, floor), is_below)
