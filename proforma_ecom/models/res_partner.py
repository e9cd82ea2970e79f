import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import MAX_VALIDITY_YEARS, REGISTRY_LABELS, SIRENE_COUNTRIES


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "proforma.contact.check.mixin"]

    proforma_deposit_plan_id = fields.Many2one(
        "proforma.deposit.plan",
        string="Deposit Plan",
        company_dependent=True,
        help="The deposits that pro formas for this customer ask for.",
    )
    proforma_layout_id = fields.Many2one(
        "proforma.layout",
        string="Layout",
        company_dependent=True,
        help="How pro formas for this customer look.",
    )
    proforma_validity_days = fields.Integer(
        string="Pro Forma Validity",
        company_dependent=True,
        help="For how many days pro formas for this customer are valid; 0 leaves it to"
        " the website and the company.",
    )
    proforma_reminder_plan_id = fields.Many2one(
        "proforma.reminder.plan",
        string="Reminder Plan",
        company_dependent=True,
        help="How this customer is reminded of pro formas.",
    )

    # Who shares an address is one contact for the reminders.
    _proforma_email_idx = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )

    # === FIELDS - IDENTITY === #

    proforma_legal_form = fields.Char(
        string="Legal Form",
        help="As the register has it, for example SAS or SARL.",
        prefetch="proforma",
    )
    proforma_registration = fields.Char(
        string="Trade Register",
        help="Register and place, without the number, for example RCS Lyon.",
        prefetch="proforma",
    )
    proforma_activity_code = fields.Char(
        string="Activity Code",
        help="The code of the main activity, in France NAF or APE.",
        prefetch="proforma",
    )
    proforma_eori = fields.Char(
        string="EORI Number",
        help="The number under which customs know the company: two letters of the"
        " country and up to 15 letters or digits. In France: FR and the SIRET.",
        prefetch="proforma",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains("proforma_validity_days")
    def _check_proforma_validity_days(self):
        longest = MAX_VALIDITY_YEARS * 365
        if self.filtered(lambda p: not 0 <= p.proforma_validity_days <= longest):
            raise ValidationError(
                self.env._(
                    "A pro forma is valid for 1 to %(longest)s days; 0 leaves it to"
                    " the website and the company.",
                    longest=longest,
                )
            )

    # === CRUD METHODS === #

    def write(self, vals):
        """Override of `base`: the days of a company begin where its contact is."""
        res = super().write(vals)
        if not {"tz", "country_id"}.isdisjoint(vals) and self.sudo().ref_company_ids:
            self.env.registry.clear_cache()
        return res

    def _commercial_fields(self):
        """Override of `base`: what is ours belongs to the whole company."""
        return [
            *super()._commercial_fields(),
            "proforma_deposit_plan_id",
            "proforma_layout_id",
            "proforma_reminder_plan_id",
            "proforma_validity_days",
            "proforma_legal_form",
            "proforma_registration",
            "proforma_activity_code",
            "proforma_eori",
        ]

    # === HELPERS === #

    def _get_proforma_registry_label(self):
        """Return what the number of the company in its register is called.

        :return: In the language of the environment; "" if the number says it itself.
        :rtype: str
        """
        self.ensure_one()
        number = self.company_registry or ""
        country = self.country_id.code
        if not number or re.match(r"[^\W\d_]{2,}[\s.:]", number):
            return ""
        if country in SIRENE_COUNTRIES:
            digits = re.sub(r"[\s.]", "", number)
            return {9: "SIREN", 14: "SIRET"}.get(len(digits), "")
        # Read from the table: the computed label is kept in one language only.
        labels = {**REGISTRY_LABELS, **self._get_company_registry_labels()}
        return labels.get(country) or self.env._("Company ID")

    def _get_typed_company(self):
        """Override of the mixin: a contact may belong to one company only."""
        return self.company_id or super()._get_typed_company()

    def _get_typed_country(self, fname, vals, around):
        """Override of the mixin: what belongs to the whole company has its country; a
        phone without any is one of the company that the contact belongs to.
        """
        country = super()._get_typed_country(fname, vals, around)
        parent = self.parent_id
        if "parent_id" in vals:
            parent = self.browse(vals["parent_id"] or ())
        is_company = vals.get("is_company", self.is_company)
        if parent and not is_company and fname in self._commercial_fields():
            return parent.commercial_partner_id.country_id
        if fname == "phone":
            company = self._get_typed_company().sudo()
            return country or parent.country_id or company.country_id
        return country

    def _is_proforma_consumer(self):
        """Return whether the contact buys as a consumer: for himself, not for a
        company, and without a VAT number. An empty contact is one; so is a person who
        only typed the name of a company, which nobody has checked: a consumer's rights
        do a company no harm.
        """
        partner = self.commercial_partner_id
        return not (partner.is_company or partner.vat)
