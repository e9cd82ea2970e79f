from decimal import Decimal
from fractions import Fraction

from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # === BUSINESS METHODS === #

    def _get_proforma_quantity_rule(self, product, uom, quantity=0.0, order=None):
        """Override of `proforma_ecom`: what is not sold beyond its stock has a maximum.

        The customer reads it where the shop would tell him, too. Without an order there
        is no warehouse to look into.
        """
        rule = super()._get_proforma_quantity_rule(product, uom, quantity, order)
        order = order or self.order_id
        if not order:
            return rule
        for stocked, unit in self._get_proforma_stocked(product, uom).items():
            free = order._get_proforma_free_quantity(stocked)
            most = stocked.uom_id._convert_proforma_quantity(free, unit)
            is_told = bool(order.website_id) and stocked.is_published
            rule = rule.capped(most, Decimal(str(quantity)))
            rule = rule._replace(is_told=rule.is_told and is_told)
        return rule

    def _get_proforma_excess_message(self, quantity, product, excess):
        """Return what is wrong with a quantity of which there is too little in stock.

        :param float quantity: What is asked for, more than is ordered now.
        :param product.product product: Of the line, or of a part of its combo.
        :param Fraction excess: How much too much, in the unit of the product.
        :rtype: str
        """
        self.ensure_one()
        now = self.product_uom_qty
        rule = self._get_proforma_quantity_rule(
            self.product_id, self.product_uom_id, now
        )
        unit = self._get_proforma_stocked(self.product_id, self.product_uom_id)[product]
        too_much = product.uom_id._convert_proforma_quantity(excess, unit)
        return self._proforma_excess_error_message(quantity, now, rule, too_much)

    @api.model
    def _proforma_excess_error_message(self, quantity, now, rule, excess):
        """Return what is wrong with a quantity that is too large by some.

        :param float quantity: What is asked for, more than is ordered now.
        :param float now: What is ordered now.
        :param QuantityRule rule: Which might be asked for.
        :param Fraction excess: How much too much, in the same unit.
        :rtype: str
        """
        most = Fraction(str(quantity)) - excess
        return self._proforma_quantity_error_message(
            Decimal(str(quantity)), rule.capped(most, Decimal(str(now)))
        )

    # === HELPERS === #

    def _get_proforma_stocked(self, product, uom):
        """Return the products of whose stock a quantity of the line is limited: its own
        one, or those of the parts of its combo.

        :param product.product product: What is ordered.
        :param uom.uom uom: In what it is counted.
        :return: Product -> unit; each is ordered as often as the line says.
        :rtype: dict[product.product, uom.uom]
        """
        units = {product: uom}
        if product.type == "combo" and self:
            parts = self._get_linked_lines().filtered("combo_item_id")
            units = {part.product_id: part.product_uom_id for part in parts}
        return {
            stocked: unit
            for stocked, unit in units.items()
            if stocked._is_proforma_limited_by_stock()
        }
