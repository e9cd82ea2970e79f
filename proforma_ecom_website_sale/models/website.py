from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..const import AUDIENCES, REVIEWS

# Each cart asks for these, and they hardly ever change.
RULES = (
    "proforma_audience",
    "proforma_customer_tag_ids",
    "proforma_country_ids",
    "proforma_open_max",
    "proforma_amount_min",
    "proforma_amount_max",
    "proforma_category_ids",
    "proforma_review",
    "proforma_review_amount",
    "proforma_delivery_agreed",
)


class Website(models.Model):
    _inherit = "website"

    # === FIELDS === #

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
        prefetch="proforma",
        string="Layout",
        domain="[('company_id', 'in', (company_id, False))]",
        help="How pro formas from this website look.",
    )
    proforma_reminder_plan_id = fields.Many2one(
        "proforma.reminder.plan",
        prefetch="proforma",
        string="Reminder Plan",
        domain="[('company_id', 'in', (company_id, False))]",
        help="How customers are reminded of pro formas from this website.",
    )
    proforma_validity_days = fields.Integer(
        string="Pro Forma Validity",
        help="For how many days pro formas from this website are valid; 0 leaves it to"
        " the company.",
    )

    proforma_purchase = fields.Boolean(
        string="Buy at Once",
        prefetch="proforma",
        default=True,
        help="Customers may turn a pro forma back into a cart, to pay all of it in the"
        " checkout at its prices, without a signature.",
    )

    # === FIELDS - RULES === #

    # Who
    proforma_audience = fields.Selection(
        AUDIENCES,
        string="Pro Formas For",
        prefetch="proforma",
        required=True,
        default="everyone",
        help="Who may turn a cart into a pro forma. A business customer is a company,"
        " or has a VAT number.",
    )
    proforma_customer_tag_ids = fields.Many2many(
        "res.partner.category",
        "proforma_website_customer_tag_rel",
        "website_id",
        "tag_id",
        string="Customer Tags",
        help="Only customers with one of these tags, or with one below them; guests"
        " have none. Empty: no condition.",
    )
    proforma_country_ids = fields.Many2many(
        "res.country",
        "proforma_website_country_rel",
        "website_id",
        "country_id",
        string="Countries",
        help="Only invoice addresses in these countries. Empty: no condition.",
    )
    proforma_open_max = fields.Integer(
        string="Open Pro Formas per Customer",
        prefetch="proforma",
        help="So many that are neither accepted, declined nor expired; requests that"
        " wait for you count too. 0: no limit.",
    )

    # Of what
    proforma_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the Amounts"
    )
    proforma_amount_min = fields.Monetary(
        string="From",
        prefetch="proforma",
        currency_field="proforma_currency_id",
        help="Products with taxes and discounts, without delivery; converted for carts"
        " in another currency. 0: no condition.",
    )
    proforma_amount_max = fields.Monetary(
        string="Up To",
        prefetch="proforma",
        currency_field="proforma_currency_id",
        help="Products with taxes and discounts, without delivery; converted for carts"
        " in another currency. 0: no condition.",
    )
    proforma_category_ids = fields.Many2many(
        "product.public.category",
        "proforma_website_category_rel",
        "website_id",
        "category_id",
        string="E-commerce Categories",
        help="Only products of these categories and those below them. What a product or"
        " a category says itself goes before. Empty: no condition.",
    )

    # How
    proforma_review = fields.Selection(
        REVIEWS,
        string="Look at It First",
        prefetch="proforma",
        required=True,
        default="never",
        help="Whether a salesperson looks at a cart before it becomes a pro forma. The"
        " visitor sees until when he has an answer.",
    )
    proforma_review_amount = fields.Monetary(
        string="Look at It Above",
        prefetch="proforma",
        currency_field="proforma_currency_id",
        help="Products with taxes and discounts, without delivery.",
    )

    proforma_delivery_agreed = fields.Boolean(
        string="Agree on the Delivery Cost Later",
        prefetch="proforma",
        help="Where no delivery method fits, the pro forma says that the delivery cost"
        " is to be agreed. Otherwise there is no pro forma without one.",
    )

    _proforma_validity_days_positive = models.Constraint(
        "CHECK(proforma_validity_days IS NULL OR proforma_validity_days >= 0)",
        "The validity of pro formas cannot be negative.",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains(
        "proforma_amount_min",
        "proforma_amount_max",
        "proforma_review_amount",
        "proforma_open_max",
    )
    def _check_proforma_limits(self):
        for website in self:
            low, high = website.proforma_amount_min, website.proforma_amount_max
            numbers = (
                *(low, high, website.proforma_review_amount),
                website.proforma_open_max,
            )
            if any(number < 0 for number in numbers):
                raise ValidationError(
                    self.env._("The limits of pro formas cannot be negative.")
                )
            if high and website.proforma_currency_id.compare_amounts(low, high) > 0:
                raise ValidationError(
                    self.env._(
                        "Pro formas start above the amount up to which they go: no cart"
                        " would get one. Correct the two amounts."
                    )
                )

    # === HELPERS === #

    def _get_proforma_rule(self, fname):
        """Return what a rule says, to whoever visits; no website has no rules.

        :param str fname: One of `RULES`.
        :return: The value of the field; records are in sudo mode.
        """
        if not self:
            return self[fname]
        self.ensure_one()
        field, value = self._fields[fname], self._get_proforma_rules()[fname]
        if field.relational:
            return self.env[field.comodel_name].sudo().browse(value)
        return value

    @ormcache("self.id")
    def _get_proforma_rules(self):
        """Return what the rules say, of records their ids. Core empties the cache
        whenever a website is written.

        :rtype: dict[str, str|float|bool|tuple[int]]
        """
        website = self.sudo()
        return {
            fname: website[fname]._ids
            if website._fields[fname].relational
            else website[fname]
            for fname in RULES
        }
