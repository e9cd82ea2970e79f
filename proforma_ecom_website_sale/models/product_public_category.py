from odoo import api, fields, models
from odoo.tools import ormcache

from ..const import PRODUCT_POLICIES

# What the policies depend on.
POLICY_FIELDS = ("proforma_policy", "parent_id")


class ProductPublicCategory(models.Model):
    _inherit = "product.public.category"

    proforma_policy = fields.Selection(
        PRODUCT_POLICIES,
        string="Pro Forma",
        help="“Only by pro forma”: a cart with such a product cannot be paid in the"
        " checkout, it becomes a pro forma. Empty: as the category above says.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `website_sale` to forget the policies that were read before."""
        if any(vals.get("proforma_policy") for vals in vals_list):
            self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `website_sale` to forget the policies that were read before."""
        if not vals.keys().isdisjoint(POLICY_FIELDS):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Override of `website_sale`: a rule of a website may name it."""
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    # === HELPERS === #

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

    @api.model
    @ormcache()
    def _has_proforma_policies(self):
        """Return whether any category says something: most shops need no more."""
        return bool(
            self.sudo().search_count([("proforma_policy", "!=", False)], limit=1)
        )
