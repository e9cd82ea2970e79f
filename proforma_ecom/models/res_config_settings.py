from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    proforma_number_prefix = fields.Char(
        related="company_id.proforma_sequence_id.prefix",
        readonly=False,
        string="Prefix of the Numbers",
    )
    proforma_deposit_plan_id = fields.Many2one(
        related="company_id.proforma_deposit_plan_id", readonly=False
    )
    proforma_grace_hours = fields.Float(
        related="company_id.proforma_grace_hours", readonly=False
    )
    proforma_tz = fields.Selection(
        related="company_id.partner_id.tz",
        readonly=False,
        string="Time Zone of the Company",
    )
