from odoo import fields, models

from ..const import PRODUCT_POLICIES


class ProductPublicCategory(models.Model):
    _inherit = "product.public.category"

    proforma_policy = fields.Selection(
        PRODUCT_POLICIES,
        string="Pro Forma",
        help="“Only by pro forma”: a cart with such a product cannot be paid in the"
        " checkout, it becomes a pro forma. Empty: as the category above says.",
    )

    def _get_proforma_policy(self):
        """Return the policy of the category, else that of the nearest above it.

        :return: A key of `PRODUCT_POLICIES`, or False where nothing is said.
        :rtype: str|bool
        """
        self.ensure_one()
        category = self
        while category and not category.proforma_policy:
            category = category.parent_id
        return category.proforma_policy
