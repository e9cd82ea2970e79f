from odoo import api, models

from ..const import PROFORMA_PRINTED_LINE_FIELDS


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: a new line means a revision of the pro forma."""
        lines = super().create(vals_list)
        lines.order_id._proforma_revise_if_changed()
        return lines

    def write(self, vals):
        """Override of `sale`: a change of what is printed means a revision."""
        res = super().write(vals)
        if not PROFORMA_PRINTED_LINE_FIELDS.isdisjoint(vals):
            self.order_id._proforma_revise_if_changed()
        return res

    def unlink(self):
        """Override of `sale`: a line less means a revision of the pro forma."""
        orders = self.order_id
        res = super().unlink()
        orders._proforma_revise_if_changed()
        return res
