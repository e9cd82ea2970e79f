from collections import Counter
from fractions import Fraction

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _complete_proforma_change(self, change):
        """Override of `proforma_ecom`: several lines of a product, parts of combos too,
        are together no more than what is free.
        """
        super()._complete_proforma_change(change)
        now = self._get_proforma_stock_demand()
        asked = self._get_proforma_stock_demand(change)
        for product, demand in asked.items():
            if demand <= now[product]:
                continue
            free = self._get_proforma_free_quantity(product)
            excess = demand - max(free, now[product])
            if excess > 0:
                self._refuse_proforma_excess(change, product, excess)

    def _get_proforma_free_quantity(self, product):
        """Return how much of a product is free: for an order of the shop what the shop
        counts, else what is in the warehouse of the order. A pro forma reserves
        nothing, so its own lines are not taken off.

        :param product.product product: Any.
        :return: In its own unit, 0 or more.
        :rtype: Fraction
        """
        self.ensure_one()
        # Of all warehouses those of another company are none of this order's.
        order = self.sudo().with_context(allowed_company_ids=self.company_id.ids)
        product = product.with_env(order.env)
        if order.website_id:
            free = order._get_free_qty(product)
        else:
            free = product.with_context(warehouse_id=order.warehouse_id.id).free_qty
        return max(Fraction(str(free)), Fraction(0))

    # === HELPERS === #

    def _get_proforma_stock_demand(self, change=None):
        """Return how much the order is of the products that are limited by their stock.

        :param ProformaChange change: What shall be otherwise.
        :return: Product -> quantity in its own unit.
        :rtype: Counter[product.product, Fraction]
        """
        self.ensure_one()
        quantities = change.quantities if change else {}
        demand = Counter()
        for line in self.order_line:
            product = line.product_id
            if product and product._is_proforma_limited_by_stock():
                ordered = line.linked_line_id if line.combo_item_id else line
                quantity = quantities.get(ordered, line.product_uom_qty)
                demand[product] += line.product_uom_id._convert_proforma_quantity(
                    quantity, product.uom_id
                )
        for product, quantity in (change.additions if change else {}).items():
            if product._is_proforma_limited_by_stock():
                demand[product] += Fraction(str(quantity))
        return demand

    def _refuse_proforma_excess(self, change, product, excess):
        """Note where more is asked of a product than there is.

        :param ProformaChange change: What is filled in.
        :param product.product product: Of which too much is asked.
        :param Fraction excess: How much too much, in its own unit.
        """
        self.ensure_one()
        for line, quantity in change.quantities.items():
            stocked = line._get_proforma_stocked(line.product_id, line.product_uom_id)
            if product in stocked and quantity > line.product_uom_qty:
                change.errors.setdefault(
                    f"qty_{line.id}",
                    line._get_proforma_excess_message(quantity, product, excess),
                )
        if product in change.additions:
            quantity = change.additions[product]
            lines = self.env["sale.order.line"]
            rule = self._get_proforma_addition_rule(product)
            change.errors.setdefault(
                f"add_{product.id}",
                lines._proforma_excess_error_message(quantity, 0.0, rule, excess),
            )
