"""Random orders: what is ordered, how it is taxed, rounded, deposited and delivered.

The cases are the same in each run, so that a failure is no matter of luck. One that
fails is printed as a dictionary: give it to `_check_case` of the test to repeat it.
"""

from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, settings, strategies

from odoo.fields import Command

from .common import ProformaPaymentCommon

# The tag of these tests: they run in a part of their own, see `dev/testing/suite.py`.
RANDOM = "proforma_random"

TAXES = {
    "20": [("percent", 20.0, "tax_excluded")],
    "5.5": [("percent", 5.5, "tax_excluded")],
    "8.1 included": [("percent", 8.1, "tax_included")],
    "10 division": [("division", 10.0, "tax_excluded")],
    "17 division included": [("division", 17.0, "tax_included")],
    "fixed and 20": [
        ("fixed", 0.37, "tax_excluded"),
        ("percent", 19.6, "tax_excluded"),
    ],
    "two": [("percent", 5.0, "tax_excluded"), ("percent", 9.975, "tax_excluded")],
    "two included": [
        ("percent", 6.0, "tax_included"),
        ("percent", 1.5, "tax_included"),
    ],
    "none": [],
}


LINES = strategies.fixed_dictionaries(
    {
        "taxes": strategies.sampled_from(sorted(TAXES)),
        "price": strategies.integers(1, 200_000).map(lambda n: n / 1000)
        | strategies.integers(1, 200_000).map(lambda n: n / 10),
        "quantity": strategies.integers(1, 12)
        | strategies.integers(1, 1200).map(lambda n: n / 100),
        "discount": strategies.sampled_from([0.0, 5.0, 12.5, 33.33]),
        # Percents that the deliveries before the last one reach.
        "delivered": strategies.lists(
            strategies.integers(0, 100), min_size=2, max_size=2
        ).map(sorted),
    }
)

INSTALMENTS = strategies.tuples(
    strategies.sampled_from(["percent", "percent_untaxed", "fixed"]),
    strategies.integers(1, 6000).map(lambda n: n / 100),
)

ORDERS = strategies.fixed_dictionaries(
    {
        "decimals": strategies.sampled_from([0, 2, 3]),
        "rounding": strategies.sampled_from(["round_globally", "round_per_line"]),
        "mode": strategies.sampled_from(["first", "proportional", "last"]),
        "lines": strategies.lists(LINES, min_size=1, max_size=5),
        # The last instalment is what the others leave.
        "instalments": strategies.lists(INSTALMENTS, max_size=11),
        "paid": strategies.integers(0, 12),
        "parts": strategies.integers(1, 3),
    }
)


def random_cases(count):
    """Return the settings of a test over as many random cases, each time the same."""
    return settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )


class ProformaRandomCommon(ProformaPaymentCommon):
    """The taxes, price lists and plans that random orders are made of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "delivery"
        cls.today = cls.env.company._get_proforma_today()
        cls.plans = {
            mode: cls.plan_30_70.copy({"name": mode, "deduction": mode})
            for mode in ("first", "proportional", "last")
        }
        cls.pricelists = {
            decimals: cls._create_pricelist(decimals) for decimals in (0, 2, 3)
        }
        cls.taxes = {
            name: cls.env["account.tax"].create(
                [
                    {
                        "name": f"{name} {position}",
                        "amount_type": amount_type,
                        "amount": amount,
                        "price_include_override": included,
                        "type_tax_use": "sale",
                        "sequence": position,
                    }
                    for position, (amount_type, amount, included) in enumerate(taxes)
                ]
            )
            for name, taxes in TAXES.items()
        }

    @classmethod
    def _create_pricelist(cls, decimals):
        """Return a price list in a currency with some decimals.

        Its smallest amount is worth no less than the smallest one of the company: else
        core refuses to post an invoice whose rest is smaller than what the deposits
        before were rounded by.
        """
        currency = cls.env["res.currency"].create(
            {
                "name": f"XT{decimals}",
                "symbol": "X",
                "rounding": 10**-decimals,
                "rate_ids": [
                    Command.create(
                        {"name": "2000-01-01", "rate": 10.0 ** (2 - decimals)}
                    )
                ],
            }
        )
        return cls.env["product.pricelist"].create(
            {"name": currency.name, "currency_id": currency.id}
        )

    @contextmanager
    def _telling(self, case):
        """Tell the case when it fails."""
        try:
            yield
        except Exception as error:
            raise AssertionError(f"{error}\nTo repeat it: {case!r}") from error

    def _prepare_random_vals(self, case):
        """Return the values of the order of a case."""
        self.env.company.tax_calculation_rounding_method = case["rounding"]
        return {
            "pricelist_id": self.pricelists[case["decimals"]].id,
            "proforma_deposit_plan_id": self.plans[case["mode"]].id,
            "order_line": [
                Command.create(
                    {
                        "product_id": self.product.id,
                        "product_uom_qty": line["quantity"],
                        "price_unit": line["price"],
                        "discount": line["discount"],
                        "tax_ids": self.taxes[line["taxes"]].ids,
                    }
                )
                for line in case["lines"]
            ],
        }

    def _prepare_random_deposits_vals(self, case):
        """Return the values of the instalments of a case."""
        instalments = [*case["instalments"], ("balance", 0.0)]
        return [
            {
                "name": f"Deposit {position}",
                "sequence": position,
                "state": "planned",
                "amount_type": kind,
                "percent": 0.0 if kind == "fixed" else value,
                "fixed_amount": value if kind == "fixed" else 0.0,
                "trigger": "delivery",
                "nature": "acompte",
            }
            for position, (kind, value) in enumerate(instalments, start=1)
        ]

    def _assert_schedule(self, order, amounts):
        """Assert that the rows of a schedule are the total, and none is negative."""
        self.assertEqual(order.currency_id.round(sum(amounts)), order.amount_total)
        self.assertGreaterEqual(min(amounts), 0)

    def _get_quantity(self, vals, part, parts):
        """Return how much of a line is delivered after a part, counted from 0."""
        percents = [*vals["delivered"][: parts - 1], 100]
        return round(vals["quantity"] * percents[part] / 100, 2)
