from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _is_proforma_limited_by_stock(self):
        """Return whether customers may have no more of it than what is in stock, as the
        shop says of it.
        """
        self.ensure_one()
        return self.is_storable and not self.allow_out_of_stock_order
