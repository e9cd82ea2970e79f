from odoo import api, models


class ProformaSnapshot(models.AbstractModel):
    _inherit = "proforma.snapshot"

    @api.model
    def _prepare_provider_filters(self, order):
        """Override of `proforma_ecom`: a provider may be for one website only."""
        return {
            **super()._prepare_provider_filters(order),
            "website_id": order.website_id.id,
        }
