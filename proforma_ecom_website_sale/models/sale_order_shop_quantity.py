from odoo import models


class SaleOrder(models.Model):
    """Whether a cart keeps to the limits of its products. The cart of an ordinary order
    is core's, and knows none.
    """

    _inherit = "sale.order"

    def _get_proforma_quantity_refusal(self):
        """Return the refusal for quantities that break the limits of their products, or
        False.
        """
        lines = self.website_order_line.filtered(
            lambda line: (
                line.product_template_id
                and any(line.product_template_id._get_proforma_quantity_limits())
                and line._is_proforma_changeable()
            )
        )
        hints = filter(None, (line._get_proforma_broken_limits() for line in lines))
        if not (limits := " ".join(hints)):
            return False
        return self._prepare_proforma_refusal(
            self.env._(
                "For a pro forma invoice, change the quantities in the cart."
                " %(limits)s",
                limits=limits,
            )
        )
