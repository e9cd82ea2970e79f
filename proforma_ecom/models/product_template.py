from decimal import Decimal
from fractions import Fraction
from math import ceil

from odoo import api, fields, models

from ..const_request import MAX_QUANTITY
from ..quantities import quantity_rule
from ..typed import plain


class ProductTemplate(models.Model):
    _inherit = "product.template"

    _proforma_quantity_limits = models.Constraint(
        f"CHECK (proforma_quantity_min BETWEEN 0 AND {MAX_QUANTITY}"
        f" AND proforma_quantity_multiple BETWEEN 0 AND {MAX_QUANTITY})",
        "The minimum quantity and the multiple of a product must be between 0, which is"
        " none, and 999999.",
    )

    # === FIELDS === #

    proforma_quantity_min = fields.Float(
        string="Minimum Quantity",
        digits="Product Unit",
        help="The least that a customer may ask for, in the unit of the product: on"
        " the page of a pro forma, and in the shop. 0: no minimum.",
    )
    proforma_quantity_multiple = fields.Float(
        string="Multiple Of",
        digits="Product Unit",
        help="Customers may ask for multiples of it only, in the unit of the product."
        " 0: any quantity.",
    )

    # === ONCHANGE METHODS === #

    @api.onchange("proforma_quantity_min", "proforma_quantity_multiple")
    def _onchange_proforma_quantities(self):
        minimum, multiple = (
            Fraction(str(limit)) for limit in self._get_proforma_quantity_limits()
        )
        if multiple <= 0 or minimum % multiple == 0:
            return None
        first = ceil(minimum / multiple) * multiple
        return {
            "warning": {
                "title": self.env._("The minimum is no multiple"),
                "message": self.env._(
                    "Customers can ask for %(first)s at least: the first multiple of"
                    " %(multiple)s that is not below the minimum.",
                    first=plain(float(first)),
                    multiple=plain(float(multiple)),
                ),
                "type": "notification",
            }
        }

    # === BUSINESS METHODS === #

    def _get_proforma_quantity_limits(self):
        """Return the minimum and the multiple of a product, in its unit; 0 is none.

        :rtype: tuple[float, float]
        """
        self.ensure_one()
        return self.proforma_quantity_min, self.proforma_quantity_multiple

    def _get_proforma_quantity_rule(self, uom, quantity=0.0):
        """Return which quantities customers may ask for by the limits of the product.

        What is counted in units is not divided, unless the order does so already.

        :param uom.uom uom: In what it is counted.
        :param float quantity: What is ordered now.
        :rtype: QuantityRule
        """
        self.ensure_one()
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        base = Decimal(1).scaleb(-digits)
        is_counted = uom._is_proforma_counted()
        if is_counted and not quantity % 1:
            base = Decimal(1)
        minimum, multiple = (
            self.uom_id._convert_proforma_quantity(limit, uom)
            for limit in self._get_proforma_quantity_limits()
        )
        return quantity_rule(base, MAX_QUANTITY, minimum, multiple, is_counted)
