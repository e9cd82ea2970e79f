from odoo import models


class ProformaChangeRequestMixin(models.AbstractModel):
    _inherit = "proforma.change.request.mixin"

    def _prepare_proforma_choice_vals(self, choices):
        """Override of `proforma_ecom` to keep the delivery method that was chosen."""
        vals = super()._prepare_proforma_choice_vals(choices)
        if carrier := choices.get("choose_carrier"):
            vals["carrier_id"] = carrier.id
        return vals
