from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    proforma_website_enabled = fields.Boolean(
        related="website_id.proforma_enabled", readonly=False
    )
    proforma_website_deposit_plan_id = fields.Many2one(
        related="website_id.proforma_deposit_plan_id",
        string="Deposit Plan of the Website",
        readonly=False,
    )
    proforma_website_layout_id = fields.Many2one(
        related="website_id.proforma_layout_id",
        string="Layout of the Website",
        readonly=False,
    )
    proforma_website_reminder_plan_id = fields.Many2one(
        related="website_id.proforma_reminder_plan_id",
        string="Reminder Plan of the Website",
        readonly=False,
    )
    proforma_website_validity_days = fields.Integer(
        related="website_id.proforma_validity_days",
        string="Pro Forma Validity of the Website",
        readonly=False,
    )
