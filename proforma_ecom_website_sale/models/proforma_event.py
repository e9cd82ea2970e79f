from odoo import fields, models


class ProformaEvent(models.Model):
    _inherit = "proforma.event"

    kind = fields.Selection(
        selection_add=[("bought", "Bought in the Shop")],
        ondelete={"bought": "cascade"},
    )
