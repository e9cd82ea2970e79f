"""The arithmetic of schedules and deductions, over random orders that are not saved.

Taxes, totals and down payments are core's real computation on unsaved records, the
schedule, the deductions and the remainders are ours; only the invoices are not written.
Those are made for fewer cases, see `test_sale_order_deduction_property`.
"""

from hypothesis import given

from odoo.tests import tagged

from ..utils import add_amounts, scale_amounts
from .common_random import ORDERS, RANDOM, ProformaRandomCommon, random_cases

CASES = 2000


@tagged("post_install", "-at_install", "-standard", RANDOM)
class TestSaleOrderDeductionArithmetic(ProformaRandomCommon):
    @random_cases(CASES)
    @given(case=ORDERS)
    def test_rows_and_invoices_add_up_to_the_order(self, case):
        with self._telling(case):
            self._check_case(case)

    def _check_case(self, case):
        order = self.env["sale.order"].new(
            {
                "partner_id": self.customer.id,
                "proforma_state": "issued",
                **self._prepare_random_vals(case),
            }
        )
        deposits = self.env["proforma.deposit"].concat(
            *(
                self.env["proforma.deposit"].new({**vals, "order_id": order.id})
                for vals in self._prepare_random_deposits_vals(case)
            )
        )
        order.proforma_deposit_ids = deposits

        rows = order._get_proforma_deposit_amounts()

        self.assertEqual(len(rows), len(deposits))
        self._assert_schedule(order, rows.values())
        paid = [amount for amount in rows.values() if amount > 0][: case["paid"]]
        invoiced = self._invoice_deposits(order, paid)
        agreed = order._get_proforma_agreed_amounts()
        invoiced |= self._invoice_deliveries(order, case, invoiced, agreed)
        self._assert_same(
            order, add_amounts(invoiced.values()), add_amounts(agreed.values())
        )

    def _invoice_deposits(self, order, paid):
        """Return the amounts of the lines of the deposit invoices."""
        taxes = self.env["account.tax"]
        invoiced = {}
        ordered = self._compute(order, self._get_base_lines(order))
        for number, amount in enumerate(paid):
            base_lines = taxes._prepare_down_payment_lines(
                ordered,
                order.company_id,
                "fixed",
                amount,
                f"down_payment,{number}",
            )
            amounts = [self._get_deposit_amounts(line) for line in base_lines]
            self._assert_not_negative(amounts)
            self.assertEqual(order._get_proforma_total(amounts), amount)
            move = self.env["account.move"].new()
            for line_amounts in amounts:
                invoiced[self._new_line(move, is_downpayment=True)] = line_amounts
        return invoiced

    def _invoice_deliveries(self, order, case, deposits, agreed):
        """Return the amounts of the lines of the other invoices, deductions too.

        :param dict deposits: Amounts by line of the deposit invoices.
        :param dict agreed: Amounts by line of the order.
        """
        lines, done = order.order_line, dict.fromkeys(order.order_line, 0.0)
        undeducted, invoiced = dict(deposits), dict(deposits)
        result = {}
        for part in range(case["parts"]):
            move = self.env["account.move"].new()
            quantities = {
                line: self._get_quantity(vals, part, case["parts"]) - done[line]
                for line, vals in zip(lines, case["lines"], strict=True)
            }
            own = self._invoice_lines(order, move, quantities, invoiced, agreed)
            if not own:
                continue
            for line, quantity in quantities.items():
                done[line] = round(done[line] + quantity, 2)
                line.qty_invoiced = done[line]
            invoiced |= own
            result |= own
            deducted = self._deduct(order, move, invoiced, undeducted, own)
            invoiced |= deducted
            result |= deducted
        return result

    def _invoice_lines(self, order, move, quantities, invoiced, agreed):
        """Return the amounts of what is delivered; who completes a line takes what is
        left of it.
        """
        delivered = {line: qty for line, qty in quantities.items() if qty > 0}
        base_lines = self._compute(order, self._get_base_lines(order, delivered))
        own = {}
        for base_line in base_lines:
            line = base_line["record"]
            amounts = self.env["account.tax"]._get_proforma_amounts(base_line)
            before = [
                amounts
                for key, amounts in invoiced.items()
                if key.sale_line_ids == line
            ]
            is_last = not round(
                line.product_uom_qty - line.qty_invoiced - delivered[line], 2
            )
            if is_last:
                left = order._get_proforma_remainder(agreed[line], before)
                self._assert_close(order, amounts, left, len(order.order_line) + 3)
                amounts = left
            own[self._new_line(move, sale_line_ids=line)] = amounts
        return own

    def _deduct(self, order, move, invoiced, undeducted, own):
        """Return what an invoice deducts of each deposit, as negative lines."""
        if not undeducted:
            return {}
        left = order._get_proforma_total(undeducted.values())
        total = order._get_proforma_deducted_total(move, invoiced, left)
        split = order._split_proforma_deduction(undeducted, total)
        deducted = {}
        for line, amounts in split.items():
            self._assert_not_negative([amounts])
            negative = scale_amounts(amounts, -1, order.currency_id.round)
            undeducted[line] = scale_amounts(
                add_amounts([undeducted[line], negative]), 1, order.currency_id.round
            )
            deducted[self._new_line(move, is_downpayment=True, quantity=-1.0)] = (
                negative
            )
        self._assert_not_negative(undeducted.values())
        rest = order._get_proforma_total([*own.values(), *deducted.values()])
        self.assertGreaterEqual(rest, 0)
        return deducted

    # === HELPERS === #

    def _new_line(self, move, quantity=1.0, **values):
        line = self.env["account.move.line"].new({"quantity": quantity})
        line.move_id = move
        for fname, value in values.items():
            line[fname] = value
        return line

    def _get_deposit_amounts(self, base_line):
        """Return what a line of a deposit invoice amounts to: of one with taxes, core
        keeps what was computed; of one without, it is the price.
        """
        amounts = self.env["account.tax"]._get_proforma_amounts(base_line)
        if base_line["tax_ids"]:
            return amounts
        return {("base",): base_line["currency_id"].round(base_line["price_unit"])}

    def _get_base_lines(self, order, quantities=None):
        return [
            line._prepare_base_line_for_taxes_computation(
                **({"quantity": quantities[line]} if quantities else {})
            )
            for line in order.order_line
            if quantities is None or line in quantities
        ]

    def _compute(self, order, base_lines):
        """Return the lines with their taxes, as core computes them."""
        taxes = self.env["account.tax"]
        taxes._add_tax_details_in_base_lines(base_lines, order.company_id)
        taxes._round_base_lines_tax_details(base_lines, order.company_id)
        return base_lines

    def _assert_not_negative(self, amounts):
        for each in amounts:
            self.assertGreaterEqual(min(each.values()), 0, each)

    def _assert_close(self, order, amounts, left, cents):
        """Assert that a remainder is what was computed but for its rounding."""
        self.assertEqual(amounts.keys(), left.keys())
        for key in left:
            self.assertLessEqual(
                abs(left[key] - amounts[key]), cents * order.currency_id.rounding
            )

    def _assert_same(self, order, one, other):
        """Assert that amounts are the same: the base and each tax, to the cent."""
        digits = order.currency_id.decimal_places
        both = [
            {
                key: round(amount, digits)
                for key, amount in amounts.items()
                if key[0] != "tax_base" and round(amount, digits)
            }
            for amounts in (one, other)
        ]
        self.assertEqual(*both)
