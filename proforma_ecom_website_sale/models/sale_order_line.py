from decimal import Decimal

from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_proforma_broken_limits(self):
        """Return the limits of the product, if the quantity of the line breaks them.

        :return: A sentence for the visitor, empty if it keeps to them.
        :rtype: str
        """
        self.ensure_one()
        uom, quantity = self.product_uom_id, self.product_uom_qty
        rule = self.product_template_id._get_proforma_quantity_rule(uom, quantity)
        exact = Decimal(str(quantity))
        if not self._proforma_quantity_error_message(exact, rule):
            return ""
        limits = self._get_proforma_quantity_hint(rule)
        if uom == self.product_id.uom_id:
            return self.env._(
                "“%(product)s”: %(limits)s.",
                product=self.product_id.name,
                limits=limits,
            )
        return self.env._(
            "“%(product)s” (%(unit)s): %(limits)s.",
            product=self.product_id.name,
            unit=uom.name,
            limits=limits,
        )
