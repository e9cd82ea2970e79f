from odoo import api, models
from odoo.tools.misc import get_lang

from ..typed import plain


class SaleOrderLine(models.Model):
    """Which quantities of a product a customer may ask for."""

    _inherit = "sale.order.line"

    # === BUSINESS METHODS === #

    def _get_proforma_quantity_rule(self, product, uom, quantity=0.0, order=None):
        """Return which quantities of a product may be asked for: as its minimum and its
        multiple say. Extension point, such as for what is in stock.

        Note: called on the line, or on none for a product that is not ordered yet.

        :param product.product product: What is ordered.
        :param uom.uom uom: In what it is counted.
        :param float quantity: What is ordered now.
        :param sale.order order: Of a product that is not ordered yet.
        :rtype: QuantityRule
        """
        return product.product_tmpl_id._get_proforma_quantity_rule(uom, quantity)

    @api.model
    def _proforma_quantity_error_message(self, quantity, rule):
        """Return what is wrong with a quantity that is not 0, or False.

        :param Decimal|None quantity: None: nobody can read it.
        :param QuantityRule rule: Which may be asked for.
        :rtype: str|bool
        """
        if quantity is None:
            return self.env._("Enter a number, such as 12; 0 removes the line.")
        if rule.is_impossible():
            return self.env._(
                "We can offer no other quantity here. Write to us if you need one."
            )
        if quantity > rule.maximum and not rule.is_told:
            return self.env._(
                "That is more than we can offer here. Write to us if you need it."
            )
        if quantity > rule.maximum:
            return self.env._(
                "We can offer %(most)s at most here. Write to us if you need more.",
                most=self._format_proforma_quantity(rule.maximum),
            )
        if quantity < rule.minimum:
            return self.env._(
                "The smallest quantity is %(least)s; 0 removes the line.",
                least=self._format_proforma_quantity(rule.minimum),
            )
        if quantity % rule.step:
            if rule.step == 1:
                return self.env._("Enter a whole number: it is not sold in parts.")
            return self.env._(
                "It is sold in steps of %(step)s.",
                step=self._format_proforma_quantity(rule.step),
            )
        return False

    @api.model
    def _get_proforma_quantity_hint(self, rule):
        """Return what a customer should know before he types a quantity. It says
        nothing of a maximum, which may be the stock.

        :param QuantityRule rule: Which may be asked for.
        :return: Empty if it goes without saying.
        :rtype: str
        """
        least = self._format_proforma_quantity(rule.minimum)
        step = self._format_proforma_quantity(rule.step)
        has_step = rule.step != rule.base
        if rule.minimum > rule.step and has_step:
            return self.env._(
                "At least %(least)s, in steps of %(step)s", least=least, step=step
            )
        if rule.minimum > rule.step:
            return self.env._("At least %(least)s", least=least)
        return self.env._("In steps of %(step)s", step=step) if has_step else ""

    # === HELPERS === #

    @api.model
    def _format_proforma_quantity(self, quantity):
        """Return a quantity as it is written in the language of the environment.

        :param Decimal quantity: Any.
        :rtype: str
        """
        return plain(quantity).replace(".", get_lang(self.env).decimal_point)
