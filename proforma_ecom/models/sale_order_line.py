from odoo import api, models
from odoo.tools import float_round, format_date

from ..const import PROFORMA_PRINTED_LINE_FIELDS
from .proforma_guard_mixin import CHECK_LATER


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: a new line means a revision of the pro forma."""
        lines = super().create(vals_list)
        lines._proforma_revise_orders(lines.order_id)
        return lines

    def write(self, vals):
        """Override of `sale`: a change of what is printed means a revision."""
        res = super().write(vals)
        if not self._get_proforma_printed_fields().isdisjoint(vals):
            self._proforma_revise_orders(self.order_id)
        return res

    def unlink(self):
        """Override of `sale`: a line less means a revision of the pro forma."""
        orders = self.order_id
        res = super().unlink()
        self._proforma_revise_orders(orders)
        return res

    def _proforma_revise_orders(self, orders):
        """Compare the orders with their versions, unless whoever writes does it."""
        if not self.env.context.get(CHECK_LATER):
            orders._proforma_revise_if_changed()

    @api.model
    def _get_proforma_printed_fields(self):
        """Return the fields of a line whose change may change what is printed.

        Extension point.

        :rtype: frozenset[str]
        """
        return PROFORMA_PRINTED_LINE_FIELDS

    # === BUSINESS METHODS - DEDUCTION === #

    @api.depends("invoice_lines.price_total")
    def _compute_qty_invoiced(self):
        """Override of `sale`: a deposit's line depends on amounts."""
        super()._compute_qty_invoiced()

    def _prepare_qty_invoiced(self):
        """Override of `sale`: the deposit of a pro forma is to be deducted as long as
        anything of it is left; core would count one deduction as all of it.
        """
        quantities = super()._prepare_qty_invoiced()
        for line in self:
            if line._is_proforma_deposit():
                quantities[line] = float(line._has_proforma_undeducted())
        return quantities

    def _get_downpayment_description(self):
        """Override of `sale`: name the deposit invoice of a pro forma."""
        invoice = self._is_proforma_deposit() and self._get_proforma_deposit_invoice()
        if not invoice:
            return super()._get_downpayment_description()
        return self.env._(
            "Deposit invoice %(number)s of %(date)s",
            number=invoice.name,
            date=format_date(self.env, invoice.invoice_date),
        )

    def _is_proforma_deposit(self):
        """Return whether the line is a down payment of a pro forma."""
        self.ensure_one()
        return (
            self.is_downpayment
            and not self.display_type
            and self.order_id.proforma_state != "none"
        )

    def _has_proforma_undeducted(self):
        """Return whether invoices, drafts included, leave anything of a deposit."""
        self.ensure_one()
        lines = self._get_invoice_lines().filtered(
            lambda li: li.parent_state != "cancel"
        )
        return any(
            not self.currency_id.is_zero(
                sum(-line.move_id.direction_sign * line[fname] for line in lines)
            )
            for fname in ("price_subtotal", "price_total")
        )

    def _get_proforma_deposit_invoice(self):
        """Return the posted invoice that asked for the deposit, if there is one.

        :rtype: account.move
        """
        moves = self._get_invoice_lines().filtered(lambda li: li.quantity > 0).move_id
        return moves.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )[:1]

    def _get_proforma_qty_left(self):
        """Return what was ordered and is on no invoice, drafts included."""
        self.ensure_one()
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return float_round(
            self.product_uom_qty - self.qty_invoiced, precision_digits=digits
        )

    # === HELPERS === #

    def _is_proforma_untaxed(self):
        """Return whether the line has a price and bears no tax: it has none, or its
        rates add up to nothing, as those of a reverse charge do.

        An amount too small for its tax to be a cent does not count.
        """
        self.ensure_one()
        if self.currency_id.compare_amounts(self.price_subtotal, 0) <= 0:
            return False
        taxes = self.tax_ids.flatten_taxes_hierarchy()
        rates = taxes.filtered(lambda tax: not tax.has_negative_factor)
        return self.currency_id.is_zero(self.price_tax) and not sum(
            rates.mapped("amount")
        )
