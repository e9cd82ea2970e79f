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
    proforma_remind_deposits = fields.Boolean(
        related="company_id.proforma_remind_deposits", readonly=False
    )
    proforma_layout_id = fields.Many2one(
        related="company_id.proforma_layout_id", readonly=False
    )
    proforma_reminder_plan_id = fields.Many2one(
        related="company_id.proforma_reminder_plan_id", readonly=False
    )
    proforma_delivery_time = fields.Char(
        related="company_id.proforma_delivery_time", readonly=False
    )
    proforma_return_conditions = fields.Html(
        related="company_id.proforma_return_conditions", readonly=False
    )
    proforma_grace_hours = fields.Float(
        related="company_id.proforma_grace_hours", readonly=False
    )
    proforma_terms_pdf_name = fields.Char(
        related="company_id.proforma_terms_pdf_name", string="Terms of Sale"
    )
    proforma_tz = fields.Selection(
        related="company_id.partner_id.tz",
        readonly=False,
        string="Time Zone of the Company",
    )
    proforma_signature_address = fields.Selection(
        related="company_id.proforma_signature_address", readonly=False
    )
    proforma_small_business = fields.Boolean(
        related="company_id.proforma_small_business", readonly=False
    )
    proforma_check_contacts = fields.Boolean(
        related="company_id.proforma_check_contacts", readonly=False
    )
    proforma_renewal_policy = fields.Selection(
        related="company_id.proforma_renewal_policy", readonly=False
    )
    proforma_renewal_limit = fields.Float(
        related="company_id.proforma_renewal_limit", readonly=False
    )

    proforma_visibility = fields.Selection(
        related="company_id.proforma_visibility", readonly=False
    )
    proforma_require_terms = fields.Boolean(
        related="company_id.proforma_require_terms", readonly=False
    )
    proforma_ask_feedback = fields.Boolean(
        related="company_id.proforma_ask_feedback", readonly=False
    )
    proforma_answer_hours = fields.Float(
        related="company_id.proforma_answer_hours", readonly=False
    )
    proforma_change_rule = fields.Selection(
        related="company_id.proforma_change_rule", readonly=False
    )
    proforma_change_limit = fields.Float(
        related="company_id.proforma_change_limit", readonly=False
    )
    proforma_offer_rule = fields.Selection(
        related="company_id.proforma_offer_rule", readonly=False
    )
    proforma_offer_floor = fields.Float(
        related="company_id.proforma_offer_floor", readonly=False
    )
    proforma_offer_step = fields.Float(
        related="company_id.proforma_offer_step", readonly=False
    )
    proforma_offer_rounds = fields.Integer(
        related="company_id.proforma_offer_rounds", readonly=False
    )

    proforma_pdf_warning = fields.Char(
        string="Printing", compute="_compute_proforma_pdf_warning"
    )

    # === COMPUTE METHODS === #

    def _compute_proforma_pdf_warning(self):
        warning = self.env["proforma.renderer"]._get_setup_warning()
        for settings in self:
            settings.proforma_pdf_warning = warning

    # === ACTION METHODS === #

    def action_open_proforma_terms(self):
        """Return the action that shows the terms of sale of the company.

        They are not a field of this form, which would load the file each time.
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "proforma_ecom.action_proforma_company_terms"
        )
        return {**action, "res_id": self.company_id.id}

    def action_open_proforma_notices(self):
        """Return the action that lists the status e-mails of the company."""
        self.ensure_one()
        # Kinds that came with an update are there, too.
        self.company_id.sudo()._create_proforma_notices()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "proforma_ecom.action_proforma_notices"
        )
        return {**action, "domain": [("company_id", "=", self.company_id.id)]}
