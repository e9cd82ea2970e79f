from odoo import fields, models


class ProformaRequest(models.Model):
    _inherit = "proforma.request"

    carrier_id = fields.Many2one(
        "delivery.carrier",
        string="Asked Delivery",
        readonly=True,
        ondelete="set null",
        help="The delivery method that the customer chose instead of the present one.",
    )

    def _get_choices(self):
        """Override of `proforma_ecom` to deliver by the method that was chosen."""
        choices = super()._get_choices()
        if self.carrier_id:
            choices["choose_carrier"] = self.carrier_id
        return choices
