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
        categories = self.env["product.public.category"]
        if self.proforma_policy or not categories._has_proforma_policies():
            return self.proforma_policy
        said = {
            category._get_proforma_policy() for category in self.sudo().public_categ_ids
        }
        return next((key for key, _label in PRODUCT_POLICIES if key in said), False)

    def _is_proforma_product(self, website):
        """Return whether the product may be on a pro forma of a website.

        :param website website: With its rules.
        """
        self.ensure_one()
        if policy := self._get_proforma_policy():
            return policy != "never"
        allowed = website._get_proforma_rule("proforma_category_ids")
        if not allowed:
            return True
        # All above a category are in its path, itself included.
        paths = self.sudo().public_categ_ids.mapped("parent_path")
        above = {int(key) for path in paths for key in path.split("/") if key}
        return not above.isdisjoint(allowed.ids)

    def _is_proforma_offered(self, website):
        """Return whether the page of the product offers its pro forma to who sees it;
        what depends on the cart is asked there.

        :param website website: The one that is visited.
        """
        self.ensure_one()
        if not website.proforma_enabled or not self._is_proforma_product(website):
            return False
        get_rule = website._get_proforma_rule
        is_for_accounts = get_rule("proforma_audience") == "signed_in" or get_rule(
            "proforma_customer_tag_ids"
        )
        return not (is_for_accounts and self.env.user._is_public())

    def _get_proforma_shop_hint(self):
        """Return which quantities there are of the product, in its own unit.

        :return: Empty if it goes without saying.
        :rtype: str
        """
        template = self.sudo()  # Visitors may not read units.
        if not any(template._get_proforma_quantity_limits()):
            return ""
        rule = template._get_proforma_quantity_rule(template.uom_id)
        return self.env["sale.order.line"]._get_proforma_quantity_hint(rule)
