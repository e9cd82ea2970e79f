from odoo import fields, models


class ProformaDeclineReason(models.Model):
    _name = "proforma.decline.reason"
    _description = "Pro Forma Decline Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
