"""Whatever is ordered, deposited and delivered: the invoices add up to the order.

Each case posts real invoices and is rolled back. The arithmetic behind is tested on
many more cases, see `test_sale_order_deduction_arithmetic`.
"""

from contextlib import contextmanager

from hypothesis import given

from odoo.tests import tagged

from .common_random import ORDERS, RANDOM, ProformaRandomCommon, random_cases

CASES = 80


@tagged("post_install", "-at_install", "-standard", RANDOM)
class TestSaleOrderDeductionProperty(ProformaRandomCommon):
    @random_cases(CASES)
    @given(case=ORDERS)
    def test_invoices_add_up_to_the_order(self, case):
        with self._telling(case), self._rolled_back():
            self._check_case(case)

    def _check_case(self, case):
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
        # What is told in the discussions changes no amount.
        self.env = self.env(context={**self.env.context, "tracking_disable": True})
        order = self._create_order(**self._prepare_random_vals(case)).with_env(self.env)
        deposits = order.sudo().proforma_deposit_ids
        deposits.unlink()
        deposits.create(
            [
                {**vals, "order_id": order.id}
                for vals in self._prepare_random_deposits_vals(case)
            ]
        )
        self._assert_schedule(order, order.proforma_deposit_ids.mapped("amount"))
        order.action_confirm()
        order.sudo().proforma_state = "accepted"
        return order

    def _invoice(self, order, case):
        """Post the invoices of the deposits and of the deliveries."""
        lines = order.order_line
        for deposit in order.sudo().proforma_deposit_ids[: case["paid"]]:
            if deposit.amount > 0:
                invoice = deposit._create_deposit_invoice(self.today)
                self.assertEqual(invoice.amount_total, deposit.amount)
        for part in range(case["parts"]):
            for line, vals in zip(lines, case["lines"], strict=True):
                line.qty_delivered = self._get_quantity(vals, part, case["parts"])
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
