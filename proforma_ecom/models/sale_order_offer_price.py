from odoo import models

from ..const_context import CHECK_LATER
from ..pricing import margin_of


class SaleOrder(models.Model):
    """What an offered price makes of a pro forma."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - FIGURES === #

    def _get_proforma_offer_figures(self, amount, line):
        """Return what an offer would make of the pro forma. Nothing is written.

        :return: `total` (float) and `margin` (percent, the lower one of the whole and
            of the line; None if a cost is not known).
        :rtype: dict
        """
        self.ensure_one()
        quiet = self.with_context(tracking_disable=True).sudo()
        with self.env.cr.savepoint() as savepoint:
            quiet._proforma_apply_offer(amount, line)
            figures = {
                "total": quiet.amount_total,
                "margin": quiet._get_proforma_offer_margin(line),
            }
            savepoint.rollback()
        return figures

    def _get_proforma_offer_margin(self, line):
        """Return the margin of the order as it is, or of the line if that is lower.

        :param sale.order.line line: May be empty.
        :return: Percent (0-100) of the revenue; None if a cost is not known.
        :rtype: float|None
        """
        self.ensure_one()
        revenue = cost = 0.0
        margins = []
        rate = self.currency_rate or 1.0
        for priced in self._get_priced_lines():
            if not priced.product_uom_qty or priced.is_downpayment:
                continue
            unit_cost = priced._get_proforma_cost()
            if not unit_cost and priced.price_subtotal > 0:
                return None
            line_revenue = priced.price_subtotal / rate
            line_cost = unit_cost * priced.product_uom_qty
            if priced.id == line.id:
                margins.append(margin_of(line_revenue, line_cost))
            revenue += line_revenue
            cost += line_cost
        return min([*margins, margin_of(revenue, cost)])

    # === BUSINESS METHODS - DOING === #

    def _proforma_apply_offer(self, amount, line):
        """Give the line the price, or the whole a discount that makes it the total.

        Whoever calls it compares the order with its version, or issues a new one.

        :param float amount: The price of one unit as the document shows it, or the
            total with taxes.
        :param sale.order.line line: Empty: the whole.
        """
        self.ensure_one()
        order = self.with_company(self.company_id).with_context(**{CHECK_LATER: True})
        if line:
            line.with_env(order.env)._proforma_apply_shown_price(amount)
            return
        known = order.order_line
        reduction = order.currency_id.round(order.amount_total - amount)
        # Core's discount by an amount: spread over the taxes, to the cent.
        wizard = order.env["sale.order.discount"].sudo()
        wizard.create(
            {
                "sale_order_id": order.id,
                "discount_type": "amount",
                "discount_amount": reduction,
            }
        )._create_discount_lines()
        order._proforma_place_lines(order.order_line - known)

    def _proforma_place_lines(self, lines):
        """Put new lines after the last line that is no option.

        :param sale.order.line lines: Of the order.
        """
        self.ensure_one()
        others = (self.order_line - lines).sorted()
        fixed = [
            position
            for position, line in enumerate(others, start=1)
            if not line.display_type and not line._is_line_optional()
        ]
        position = fixed[-1] if fixed else 0
        placed = others[:position] + lines + others[position:]
        for sequence, line in enumerate(placed, start=1):
            if line.sequence != sequence:
                line.with_context(**{CHECK_LATER: True}).sequence = sequence
