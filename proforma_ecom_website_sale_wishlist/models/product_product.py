from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_proforma_wish_refusal(self, website):
        """Return why a click on the wish list does not put the product into the cart,
        or False.

        :param website website: The one that is visited.
        :return: `never` (it has no pro forma), `unavailable` (it is not for sale) or
            `choice` (the customer has to choose something first).
        :rtype: str|bool
        """
        self.ensure_one()
        if not self.product_tmpl_id._is_proforma_product(website):
            return "never"
        if not self._is_add_to_cart_allowed():
            return "unavailable"
        return "choice" if self._has_proforma_open_choice() else False

    def _has_proforma_open_choice(self):
        """Return whether the customer has to choose what the variant does not say.

        - what is in a combo
        - a value that makes no variant, where there are several
        - a value in his own words
        """
        self.ensure_one()
        free_lines = self.valid_product_template_attribute_line_ids.filtered(
            lambda line: line.attribute_id.create_variant == "no_variant"
        )
        return (
            self.type == "combo"
            or any(self.product_template_attribute_value_ids.mapped("is_custom"))
            or any(line._is_configurable() for line in free_lines)
        )
