from odoo import models


class SaleOrder(models.Model):
    """Readiness, second half: taxes, what a document had better say, and the fixes."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - TAXES === #

    def _get_proforma_tax_checks(self):
        """Return the checks of the taxes.

        A document of the European Union says why a line bears no tax (directive
        2006/112/EC art. 226, CGI annexe II art. 242 nonies A).

        :return: Code -> whether it fails, message.
        :rtype: dict[str, tuple[bool, str]]
        """
        self.ensure_one()
        company = self.company_id.sudo()
        territory = self._get_proforma_territory(company.partner_id)
        lines = self.env["sale.order.line"]
        if self._is_proforma_in_eu(territory):
            lines = self._get_proforma_lines_without_reason()
        names = [line.product_id.name or line.name or "" for line in lines[:3]]
        return {
            "untaxed": (
                bool(lines),
                self.env._(
                    "No tax is charged on %(lines)s, and nothing on the document says"
                    " why. Set the taxes of the line, choose a fiscal position with a"
                    " legal note, or add a pro forma mention that gives the reason.",
                    lines=", ".join([*names, "…"] if len(lines) > 3 else names),
                ),
            ),
        }

    # === BUSINESS METHODS - ADVICE === #

    def _get_proforma_issuer_advice(self):
        """Return what the issuer had better complete; nothing here stops the issue.

        :return: Code -> whether it is missing, message.
        :rtype: dict[str, tuple[bool, str]]
        """
        company = self.company_id.sudo()
        partner = company.partner_id
        has_deposit = bool(self._get_proforma_deposit_natures() - {"balance"})
        return {
            "issuer_registration": (
                not (company.vat or company.company_registry),
                self.env._(
                    "Your company has neither a VAT number nor a registration number."
                ),
            ),
            "issuer_address": (
                not all(partner[f] for f in ("street", "city", "country_id")),
                self.env._("The address of your company is not complete."),
            ),
            "issuer_contact": (
                not (company.phone and company.email),
                self.env._("Your company has no phone number or no e-mail address."),
            ),
            "issuer_bank": (
                has_deposit and not partner.bank_ids,
                self.env._(
                    "A deposit is asked for, but your company has no bank account to"
                    " transfer it to."
                ),
            ),
        }

    def _get_proforma_sale_advice(self):
        """Return what had better be looked at on the order; nothing stops the issue.

        :return: Code -> whether it is so, message.
        :rtype: dict[str, tuple[bool, str]]
        """
        facts = self._get_proforma_mention_facts()
        partner, mentions = self.partner_id, self.env["proforma.mention"]
        is_known = bool(partner) and not partner.is_public
        is_abroad = "eu" in {facts["destinations"][key] for key in facts["untaxed"]}
        is_business = facts["customer_kind"] == "business"
        has_vat = bool(partner.commercial_partner_id.vat)
        places = mentions._choose(self)
        says_what_it_is_not = any(place[0] == "accounting" for place in places)
        return {
            "no_phone": (
                is_known and not (partner.phone or self.partner_invoice_id.phone),
                self.env._("The customer has no phone number."),
            ),
            "no_customer_vat": (
                is_known and is_business and is_abroad and not has_vat,
                self.env._(
                    "The customer has no VAT number: without it, a sale to another"
                    " country of the European Union bears tax."
                ),
            ),
            "small_business_taxed": (
                facts["small_business"] and bool(self.amount_tax),
                self.env._(
                    "Your company is under the small-business scheme, but the order"
                    " bears taxes."
                ),
            ),
            "no_accounting_mention": (
                not says_what_it_is_not,
                self.env._(
                    "No mention says that the document has no accounting value."
                ),
            ),
        }

    # === BUSINESS METHODS - FIXES === #

    def _get_proforma_readiness_fix(self, code):
        """Return the action that mends an issue, for those who may mend it.

        Extension point: other addons answer for their codes.

        :param str code: See `_get_proforma_readiness_issues`.
        :return: An action, or None: on the order itself, or nobody's to mend.
        :rtype: dict | None
        """
        self.ensure_one()
        if code in ("untaxed", "no_accounting_mention"):
            return self._get_proforma_mention_fix(code)
        if code == "issuer_bank":
            return self._get_proforma_bank_fix()
        company, invoice_partner = self.company_id, self.partner_invoice_id
        record = {
            "plan_sum": self.proforma_deposit_plan_id,
            "no_email": self.partner_id,
            "no_address": invoice_partner,
            "no_country": invoice_partner,
            "no_phone": self.partner_id,
            "no_customer_vat": self.partner_id.commercial_partner_id,
            **dict.fromkeys(
                ("issuer_registration", "issuer_address", "issuer_contact"), company
            ),
        }.get(code)
        return self._prepare_proforma_fix(record._origin) if record else None

    def _get_proforma_mention_fix(self, code):
        """Return the fiscal position to an accountant, the mentions to a manager."""
        position = self.fiscal_position_id._origin
        if code == "untaxed" and (fix := self._prepare_proforma_fix(position)):
            return fix
        mentions = self.env["proforma.mention"]
        if not mentions.has_access("write"):
            return None
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pro Forma Mentions"),
            "res_model": mentions._name,
            "views": [[False, "list"], [False, "form"]],
        }

    def _get_proforma_bank_fix(self):
        """Return the form of a new bank account of the company."""
        accounts = self.env["res.partner.bank"]
        if not accounts.has_access("create"):
            return None
        partner = self.company_id.sudo().partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bank Account"),
            "res_model": accounts._name,
            "views": [[False, "form"]],
            "context": {"default_partner_id": partner.id},
        }

    def _prepare_proforma_fix(self, record):
        """Return the action that opens a record, if the user may write it.

        :param record: One record, or none.
        :rtype: dict | None
        """
        if not record or not record.has_access("write"):
            return None
        return {
            "type": "ir.actions.act_window",
            "name": record.display_name,
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
        }
