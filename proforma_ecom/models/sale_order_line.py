from odoo import api, models

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
