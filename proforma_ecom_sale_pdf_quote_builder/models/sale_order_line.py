from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _get_proforma_printed_fields(self):
        """Override of `proforma_ecom` to add the product sheets."""
        return super()._get_proforma_printed_fields() | {"product_document_ids"}
