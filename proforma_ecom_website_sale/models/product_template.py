from odoo import fields, models

from ..const import PRODUCT_POLICIES


class ProductTemplate(models.Model):
    _inherit = "product.template"

    proforma_policy = fields.Selection(
        PRODUCT_POLICIES,
        string="Pro Forma",
        help="“Only by pro forma”: a cart with this product cannot be paid in the"
        " checkout, it becomes a pro forma. Empty: as its e-commerce categories say.",
    )

    def _get_proforma_policy(self):
        """Return what holds for the product: its own policy, else the strongest of its
        e-commerce categories.

        :return: A key of `PRODUCT_POLICIES`, or False where nothing is said.
        :rtype: str|bool
        """
        self.ensure_one()
        if self.proforma_policy:
            return self.proforma_policy
        said = {
            category._get_proforma_policy() for category in self.sudo().public_categ_ids
        }
        return next((key for key, _label in PRODUCT_POLICIES if key in said), False)
