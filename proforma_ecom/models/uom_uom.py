from fractions import Fraction

from odoo import models


class UomUom(models.Model):
    _inherit = "uom.uom"

    def _is_proforma_counted(self):
        """Return whether the unit counts pieces, such as dozens do."""
        self.ensure_one()
        root = self
        while root.relative_uom_id:
            root = root.relative_uom_id
        # Unlike a look at the record itself, this asks the database once only.
        return root.id == self.env["ir.model.data"]._xmlid_to_res_id(
            "uom.product_uom_unit", raise_if_not_found=False
        )

    def _convert_proforma_quantity(self, quantity, to_uom):
        """Return a quantity in another unit, exactly: with core's floats a twelfth of
        12 may be no whole number.

        :param float quantity: In this unit.
        :param uom.uom to_uom: The other one.
        :rtype: Fraction
        """
        self.ensure_one()
        exact = Fraction(str(quantity))
        if not exact or self == to_uom:
            return exact
        return exact * self._get_proforma_factor() / to_uom._get_proforma_factor()

    def _get_proforma_factor(self):
        """Return how much of its reference a unit is, without binary dust.

        :rtype: Fraction
        """
        self.ensure_one()
        factor, uom = Fraction(1), self
        while uom:
            factor *= Fraction(str(uom.relative_factor))
            uom = uom.relative_uom_id
        return factor
