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
    proforma_website_purchase = fields.Boolean(
        related="website_id.proforma_purchase", readonly=False
    )

    # The rules, see `website`.
    proforma_website_currency_id = fields.Many2one(
        related="website_id.proforma_currency_id",
        string="Currency of the Website's Amounts",
    )
    proforma_website_audience = fields.Selection(
        related="website_id.proforma_audience",
        string="Website: Pro Formas For",
        readonly=False,
    )
    proforma_website_customer_tag_ids = fields.Many2many(
        related="website_id.proforma_customer_tag_ids",
        string="Website: Customer Tags",
        readonly=False,
    )
    proforma_website_country_ids = fields.Many2many(
        related="website_id.proforma_country_ids",
        string="Website: Countries",
        readonly=False,
    )
    proforma_website_open_max = fields.Integer(
        related="website_id.proforma_open_max",
        string="Website: Open Pro Formas per Customer",
        readonly=False,
    )
    proforma_website_amount_min = fields.Monetary(
        related="website_id.proforma_amount_min",
        string="Website: Pro Formas From",
        currency_field="proforma_website_currency_id",
        readonly=False,
    )
    proforma_website_amount_max = fields.Monetary(
        related="website_id.proforma_amount_max",
        string="Website: Pro Formas Up To",
        currency_field="proforma_website_currency_id",
        readonly=False,
    )
    proforma_website_category_ids = fields.Many2many(
        related="website_id.proforma_category_ids",
        string="Website: E-commerce Categories",
        readonly=False,
    )
    proforma_website_review = fields.Selection(
        related="website_id.proforma_review",
        string="Website: Look at It First",
        readonly=False,
    )
    proforma_website_review_amount = fields.Monetary(
        related="website_id.proforma_review_amount",
        string="Website: Look at It Above",
        currency_field="proforma_website_currency_id",
        readonly=False,
    )
    proforma_website_delivery_agreed = fields.Boolean(
        related="website_id.proforma_delivery_agreed",
        string="Website: Agree on the Delivery Cost Later",
        readonly=False,
    )
