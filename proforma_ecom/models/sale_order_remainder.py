from odoo import models

from ..utils import add_amounts, scale_amounts


class SaleOrder(models.Model):
    """Several invoices of a pro forma add up to its total.

    Each invoice rounds by itself, so that the parts of a line may add up to a cent more
    or less than was agreed. The invoice line that completes a line of the order takes
    the remainder: of its base and of each tax.
    """

    _inherit = "sale.order"

    def _proforma_take_remainders(self, move):
        """Let the lines of a draft invoice that complete a line take its remainder.

        One line that differs changes how the others are rounded: all are set then.

        Note: `self.ensure_one()`, in sudo mode.

        :param account.move move: The draft invoice.
        """
        lines = move.invoice_line_ids.filtered(
            lambda line: (
                line.sale_line_ids.order_id == self
                and self._is_proforma_completing(line)
            )
        )
        if not lines or move.currency_id != self.currency_id:
            return
        agreed = self._get_proforma_agreed_amounts()
        invoiced = self._get_proforma_invoiced_amounts()
        remainders = {}
        round_amount = self.currency_id.round
        for line in lines:
            others = line.sale_line_ids.invoice_lines - line
            left = self._get_proforma_remainder(
                agreed[line.sale_line_ids],
                [invoiced[other] for other in others if other in invoiced],
            )
            if self._is_proforma_rounding(line, invoiced[line], left):
                remainders[line] = left
        self._add_proforma_discount_remainder(remainders, invoiced)
        if any(
            round_amount(left[key] - invoiced[line][key])
            for line, left in remainders.items()
            for key in left
        ):
            move._proforma_set_line_vals(
                {
                    line: line._prepare_proforma_remainder_vals(left)
                    for line, left in remainders.items()
                }
            )

    def _get_proforma_remainder(self, agreed, before):
        """Return what is left of a line of the order.

        :param dict agreed: What it amounts to.
        :param before: Iterable of the amounts that invoices took of it.
        :rtype: dict
        """
        round_amount = self.currency_id.round
        taken = scale_amounts(add_amounts(before), -1, round_amount)
        return scale_amounts(add_amounts([agreed, taken]), 1, round_amount)

    def _add_proforma_discount_remainder(self, remainders, invoiced):
        """Let the invoice that completes the order take what rounding left over of a
        discount for early payment that lowers the tax at once: its lines are of no
        order line.

        :param dict remainders: Amounts by line of the draft invoice; may be changed.
        :param dict invoiced: See `_get_proforma_invoiced_amounts`.
        """
        has_discount = any(line.display_type == "epd" for line in invoiced)
        if not (remainders and has_discount and self._is_proforma_invoiced()):
            return
        total = self._get_proforma_total(
            remainders.get(line, amounts)
            for line, amounts in invoiced.items()
            if not line.is_downpayment
        )
        gap = self.currency_id.round(self.amount_total - total)
        largest = max(remainders, key=lambda line: abs(remainders[line]["base",]))
        taxes = [key for key in remainders[largest] if key[0] == "tax"]
        # Where someone invoiced another price, the sum is meant to differ.
        if taxes and abs(gap) <= len(invoiced) * self.currency_id.rounding:
            amount = self.currency_id.round(remainders[largest][taxes[0]] + gap)
            remainders[largest] = {**remainders[largest], taxes[0]: amount}

    def _is_proforma_completing(self, line):
        """Return whether an invoice line is the last one of an ordinary order line."""
        sale_line = line.sale_line_ids
        return (
            line.display_type == "product"
            and len(sale_line) == 1
            and not (sale_line.is_downpayment or sale_line.extra_tax_data)
            and not sale_line._get_proforma_qty_left()
            and line.tax_ids == sale_line.tax_ids
        )

    def _is_proforma_rounding(self, line, amounts, left):
        """Return whether amounts differ by no more than rounding may explain.

        Where someone invoiced another price, the sum is meant to differ.
        """
        count = len(self.order_line) + len(line.sale_line_ids.invoice_lines)
        return amounts.keys() == left.keys() and all(
            abs(left[key] - amounts[key]) <= count * self.currency_id.rounding
            for key in left
        )

    def _get_proforma_agreed_amounts(self):
        """Return what each line of the order amounts to.

        :return: Amounts by order line, see `_get_proforma_amounts` of `account.move`.
        :rtype: dict[sale.order.line, dict]
        """
        self.ensure_one()
        taxes = self.env["account.tax"]
        lines = self.order_line.filtered(lambda line: not line.display_type)
        base_lines = [line._prepare_base_line_for_taxes_computation() for line in lines]
        taxes._add_tax_details_in_base_lines(base_lines, self.company_id)
        taxes._round_base_lines_tax_details(base_lines, self.company_id)
        return {
            base_line["record"]: taxes._get_proforma_amounts(base_line)
            for base_line in base_lines
        }
