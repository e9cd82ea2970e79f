from odoo import models
from odoo.tools import float_round

from ..const_context import CHECK_LATER


class SaleOrderLine(models.Model):
    """What a customer may change on a line, and what that entails."""

    _inherit = "sale.order.line"

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
        is_reward = "is_reward_line" in self._fields and self["is_reward_line"]
        return bool(is_reward or self._is_proforma_deduction())

    def _is_proforma_deduction(self):
        """Return whether the line only makes others cheaper: no thing that one gets, as
        the product is that a reward gives.
        """
        self.ensure_one()
        return bool(self._is_global_discount() or self._is_discount_line())

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
        """Return the first line of the description, without the code of the product:
        the page of the pro forma does not have it there either.

        :rtype: str
        """
        self.ensure_one()
        title = (self.name or self.product_id.display_name or "").split("\n")[0]
        code = self.product_id.default_code
        return title.removeprefix(f"[{code}]").strip() if code else title
