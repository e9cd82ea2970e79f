from odoo import fields, models


class ProformaEvent(models.Model):
    _inherit = "proforma.event"

    kind = fields.Selection(
        selection_add=[("delivery_released", "Delivery Released")],
        ondelete={"delivery_released": "cascade"},
    )
