from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.tools import float_round

from ..const_request import MAX_QUANTITY
from .proforma_guard_mixin import CHECK_LATER


class QuantityRule(NamedTuple):
    """Which quantities of a line a customer may ask for, besides none."""

    minimum: Decimal
    step: Decimal
    maximum: Decimal


class ProformaChangeLineMixin(models.AbstractModel):
    """What a customer may change on a line, and what that entails."""

    _name = "proforma.change.line.mixin"
    _description = "Pro Forma Change of a Line"

    # === BUSINESS METHODS === #

    def _is_proforma_changeable(self):
        """Return whether the customer may choose the quantity of the line: it is of a
        product that is ordered as such, not a part, a cost or a discount.
        """
        self.ensure_one()
        return bool(
            self.product_id
            and not self.display_type
            and not self.is_downpayment
            and not self.is_expense
            and not self.combo_item_id
            and not self.qty_invoiced
            and self.price_unit >= 0
            and not self._is_delivery()
            and not self._is_proforma_discount()
        )

    def _is_proforma_discount(self):
        """Return whether the line is a discount on others, or a reward."""
        self.ensure_one()
        is_reward = "is_reward_line" in self._fields and self["is_reward_line"]
        return bool(self._is_global_discount() or self._is_discount_line() or is_reward)

    @api.model
    def _get_proforma_quantity_rule(self, product, uom, quantity=0.0):
        """Return which quantities of a product may be asked for. Extension point.

        What is counted in units is not divided, unless the order does so already.

        :param product.product product: What is ordered.
        :param uom.uom uom: In what it is counted.
        :param float quantity: What is ordered now.
        :rtype: QuantityRule
        """
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        step = Decimal(1).scaleb(-digits)
        root = uom
        while root.relative_uom_id:
            root = root.relative_uom_id
        unit = self.env.ref("uom.product_uom_unit", raise_if_not_found=False)
        if root == unit and not quantity % 1:
            step = Decimal(1)
        return QuantityRule(step, step, Decimal(MAX_QUANTITY))

    @api.model
    def _proforma_quantity_error_message(self, quantity, rule):
        """Return what is wrong with a quantity that is not 0, or False.

        :param Decimal|None quantity: None: nobody can read it.
        :param QuantityRule rule: Which may be asked for.
        :rtype: str|bool
        """
        if quantity is None:
            return self.env._("Enter a number, such as 12; 0 removes the line.")
        if quantity > rule.maximum:
            return self.env._(
                "We can offer %(most)s at most here. Write to us if you need more.",
                most=f"{rule.maximum:f}",
            )
        if quantity < rule.minimum:
            return self.env._(
                "The smallest quantity is %(least)s; 0 removes the line.",
                least=f"{rule.minimum:f}",
            )
        if quantity % rule.step:
            if rule.step == 1:
                return self.env._("Enter a whole number: it is not sold in parts.")
            return self.env._("It is sold in steps of %(step)s.", step=f"{rule.step:f}")
        return False

    def _proforma_apply_quantity(self, quantity):
        """Order another quantity, none included. The price follows the price list, a
        price or discount that was agreed on stays.

        Whoever calls it compares the order with its version.

        :param float quantity: 0 or more, in the unit of the line.
        """
        self.ensure_one()
        line = self.with_context(**{CHECK_LATER: True})
        if not quantity and not line._is_line_optional():
            line.unlink()
            return
        vals = {"product_uom_qty": quantity}
        if line._has_proforma_manual_discount():
            vals["discount"] = line.discount  # Core would compute it anew.
        line.write(vals)
        if line.product_id.type == "combo":
            parts = line._get_linked_lines().filtered("combo_item_id")
            parts.write({"product_uom_qty": quantity})

    # === BUSINESS METHODS - PRICE === #

    def _get_proforma_shown_price(self):
        """Return the price of one unit after discount, with or without taxes as the
        document shows it.

        :rtype: float
        """
        self.ensure_one()
        snapshot = self.env["proforma.snapshot"]
        price = snapshot._get_price_unit(self) * (1 - (self.discount or 0.0) / 100)
        return float_round(price, precision_digits=snapshot._get_price_digits(self))

    def _proforma_apply_shown_price(self, shown):
        """Set the price so that the document shows this one, without a discount; as
        near as the decimals of prices and the taxes allow.

        Whoever calls it compares the order with its version.

        :param float shown: The price of one unit.
        """
        self.ensure_one()
        line = self.with_context(**{CHECK_LATER: True})
        snapshot = self.env["proforma.snapshot"]
        price = line.price_unit
        for _attempt in range(3):  # A tax of a fixed amount needs a second look.
            now = snapshot._get_price_unit(line, price)
            slope = snapshot._get_price_unit(line, price + 1.0) - now
            price += (shown - now) / (slope or 1.0)
        digits = self.env["decimal.precision"].precision_get("Product Price")
        price = max(float_round(price, precision_digits=digits), 0.0)
        line.write({"price_unit": price, "discount": 0.0})

    # === HELPERS === #

    def _get_proforma_title(self):
        """Return the first line of the description.

        :rtype: str
        """
        self.ensure_one()
        return (self.name or self.product_id.display_name or "").split("\n")[0]
