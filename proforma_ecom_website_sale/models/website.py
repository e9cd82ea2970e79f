from odoo import fields, models


class Website(models.Model):
    _inherit = "website"

    proforma_enabled = fields.Boolean(
        string="Pro Forma Invoices",
        default=True,
        help="Visitors may turn their cart into a pro forma invoice.",
    )
    proforma_deposit_plan_id = fields.Many2one(
        "proforma.deposit.plan",
        string="Deposit Plan",
        domain="[('company_id', 'in', (company_id, False))]",
        help="The deposits that pro formas from this website ask for.",
    )
    proforma_layout_id = fields.Many2one(
        "proforma.layout",
        string="Layout",
        domain="[('company_id', 'in', (company_id, False))]",
        help="How pro formas from this website look.",
    )
    proforma_reminder_plan_id = fields.Many2one(
        "proforma.reminder.plan",
        string="Reminder Plan",
        domain="[('company_id', 'in', (company_id, False))]",
        help="How customers are reminded of pro formas from this website.",
    )
    proforma_validity_days = fields.Integer(
        string="Pro Forma Validity",
        help="For how many days pro formas from this website are valid; 0 leaves it to"
        " the company.",
    )

    _proforma_validity_days_positive = models.Constraint(
        "CHECK(proforma_validity_days IS NULL OR proforma_validity_days >= 0)",
        "The validity of pro formas cannot be negative.",
    )
