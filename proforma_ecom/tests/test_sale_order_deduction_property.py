"""Whatever is ordered, deposited and delivered: the invoices add up to the order.

Each case posts real invoices and is rolled back; CASES of them take about 40 s. The
cases are always the same, so that a failure is not a matter of luck.
"""

from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, given, settings, strategies

from odoo.fields import Command
from odoo.tests import tagged

from ..schedule import split_total
from .common import ProformaPaymentCommon

CASES = 40

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

ORDERS = strategies.fixed_dictionaries(
    {
        "decimals": strategies.sampled_from([0, 2, 3]),
        "rounding": strategies.sampled_from(["round_globally", "round_per_line"]),
        "mode": strategies.sampled_from(["first", "proportional", "last"]),
        "lines": strategies.lists(LINES, min_size=1, max_size=5),
        "shares": strategies.lists(
            strategies.integers(1, 100), min_size=1, max_size=12
        ),
        "paid": strategies.integers(0, 12),
        "parts": strategies.integers(1, 3),
    }
)


@tagged("post_install", "-at_install")
class TestSaleOrderDeductionProperty(ProformaPaymentCommon):
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
        currency = cls.env["res.currency"].create(
            {"name": f"XT{decimals}", "symbol": "X", "rounding": 10**-decimals}
        )
        return cls.env["product.pricelist"].create(
            {"name": currency.name, "currency_id": currency.id}
        )

    @settings(
        max_examples=CASES,
        derandomize=False,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=ORDERS)
    def test_invoices_add_up_to_the_order(self, case):

        with self._rolled_back():
            order = self._create_accepted(case)

            self._invoice(order, case)

            invoices = order.invoice_ids
            self.assertEqual(set(invoices.mapped("move_type")), {"out_invoice"})
            self.assertGreaterEqual(min(invoices.mapped("amount_total")), 0)
            self.assertEqual(
                self._get_invoiced_amounts(order), self._get_ordered_amounts(order)
            )

    @contextmanager
    def _rolled_back(self):
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)

    def _create_accepted(self, case):
        """Return an accepted order; what leads there is no matter of this test."""
        self.env.company.tax_calculation_rounding_method = case["rounding"]
        order = self._create_order(
            pricelist_id=self.pricelists[case["decimals"]].id,
            proforma_deposit_plan_id=self.plans[case["mode"]].id,
            order_line=[
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
        )
        order.action_confirm()
        order.sudo().proforma_state = "accepted"
        return order

    def _invoice(self, order, case):
        """Post the invoices of the deposits and of the deliveries."""
        lines = order.order_line
        shares = [100 * share / sum(case["shares"]) for share in case["shares"]]
        amounts = split_total(order.amount_total, shares, order.currency_id.round)
        for amount in amounts[: case["paid"]]:
            if amount > 0:
                self.env["proforma.deposit"].sudo().create(
                    {
                        "order_id": order.id,
                        "name": "Deposit",
                        "percent": 10,
                        "trigger": "delivery",
                        "nature": "acompte",
                        "amount": amount,
                    }
                )._create_deposit_invoice(self.today)
        for part in range(case["parts"]):
            for line, vals in zip(lines, case["lines"], strict=True):
                percents = [*vals["delivered"][: case["parts"] - 1], 100]
                line.qty_delivered = round(vals["quantity"] * percents[part] / 100, 2)
            if any(line.qty_to_invoice for line in lines):
                order._create_invoices(final=True).action_post()

    def _get_invoiced_amounts(self, order):
        """Return what all invoices amount to: each base and each tax."""
        amounts = {}
        for line in order.invoice_ids.line_ids:
            if line.display_type in ("product", "tax"):
                key = line.tax_line_id.name or line.tax_ids.mapped("name")
                amounts.setdefault(str(key), []).append(-line.amount_currency)
        return self._sum(order, amounts)

    def _get_ordered_amounts(self, order):
        """Return what core says that the order amounts to: each base and each tax."""
        taxes = self.env["account.tax"]
        base_lines = [
            line._prepare_base_line_for_taxes_computation()
            for line in order.order_line
            if not line.display_type
        ]
        taxes._add_tax_details_in_base_lines(base_lines, order.company_id)
        taxes._round_base_lines_tax_details(base_lines, order.company_id)
        amounts = {}
        for base_line in base_lines:
            details = base_line["tax_details"]
            amounts.setdefault(str(base_line["tax_ids"].mapped("name")), []).append(
                details["total_excluded_currency"]
                + details["delta_total_excluded_currency"]
            )
            for tax_data in details["taxes_data"]:
                amounts.setdefault(tax_data["tax"].name, []).append(
                    tax_data["tax_amount_currency"]
                )
        totals = self._sum(order, amounts)
        self.assertEqual(round(sum(totals.values()), 3), order.amount_total)
        return totals

    def _sum(self, order, amounts):
        digits = order.currency_id.decimal_places
        totals = {key: round(sum(parts), digits) for key, parts in amounts.items()}
        return {key: total for key, total in totals.items() if total}
