from odoo import api, models

from ..utils import decimal_text


class ProformaSnapshotPartyMixin(models.AbstractModel):
    """Issuer, customer and recipient, see `proforma.snapshot` for the types."""

    _name = "proforma.snapshot.party.mixin"
    _description = "Pro Forma Snapshot Parties"

    # === BUSINESS METHODS - PARTIES === #

    @api.model
    def _prepare_issuer(self, company):
        """Return the identity of the issuer."""
        return {
            **self._prepare_contact(company.partner_id),
            "name": company.name,
            **self._prepare_issuer_numbers(company),
            "website": company.website or "",
            "tagline": self._get_plain_text(company.report_header),
            "details": self._get_plain_text(company.company_details),
            "footer": self._get_plain_text(company.report_footer),
            "accounts": [
                {
                    "number": bank.acc_number,
                    "bank": bank.bank_id.name or "",
                    "bic": bank.bank_id.bic or "",
                }
                for bank in company.partner_id.bank_ids
            ],
        }

    @api.model
    def _prepare_issuer_numbers(self, company):
        """Return what identifies the issuer in law; "" for what he did not fill in."""
        currency = company.currency_id
        capital = company.proforma_share_capital
        return {
            "vat": company.vat or "",
            "registry": company.company_registry or "",
            "registry_label": company.partner_id._get_proforma_registry_label(),
            "legal_form": company.proforma_legal_form or "",
            "registration": company.proforma_registration or "",
            "activity_code": company._get_proforma_activity_code(),
            "eori": company.proforma_eori or "",
            "capital": (
                decimal_text(capital, currency.decimal_places) if capital else ""
            ),
            "capital_currency": self._prepare_currency(currency),
        }

    @api.model
    def _prepare_customer(self, order):
        """Return who the document is addressed to."""
        partner = order.partner_invoice_id
        entity = partner.commercial_partner_id
        addressee = self._get_addressee(partner)
        contact = order.partner_id if order.partner_id != partner else partner
        organization = self._get_organization(partner)
        name = organization or addressee or entity.name or partner.name
        if addressee:
            contact = partner
        return {
            **self._prepare_contact(partner),
            "name": name,
            "contact": contact.name if contact.name and contact.name != name else "",
            "organization": organization,
            "addressee": addressee,
            "vat": entity.vat or "",
            "email": partner.email or order.partner_id.email or "",
            "phone": self._get_phone(partner) or self._get_phone(order.partner_id),
            "legal_form": entity.proforma_legal_form or "",
            "registry": entity.company_registry or "",
            "registry_label": entity._get_proforma_registry_label(),
            "eori": entity.proforma_eori or "",
            "reference": entity.ref or "",
        }

    @api.model
    def _prepare_delivery(self, order):
        """Return where to deliver, or None if it is the invoice address."""
        partner = order.partner_shipping_id
        if partner == order.partner_invoice_id:
            return None
        values = self._prepare_contact(partner)
        recipient = self._get_recipient(order)
        addressee = self._get_addressee(partner)
        organization = self._get_organization(partner)
        if organization or addressee:
            recipient = partner
            values["name"] = organization or addressee
        return {
            **values,
            "organization": organization,
            "addressee": addressee,
            "contact": (
                recipient.name
                if recipient.name and recipient.name != values["name"]
                else ""
            ),
            "phone": values["phone"] or self._get_phone(recipient),
        }

    @api.model
    def _get_recipient(self, order):
        """Return the person to ask for at a place of delivery: who ordered, if he is a
        person of the company that the place belongs to.

        :rtype: res.partner
        """
        partner, place = order.partner_id, order.partner_shipping_id
        is_colleague = (
            partner != place
            and not partner.is_company
            and partner.commercial_partner_id == place.commercial_partner_id
        )
        return partner if is_colleague else partner.browse()

    @api.model
    def _prepare_contact(self, partner):
        """Return name and ways to reach a contact; all empty for an empty one."""
        address = partner._display_address(without_company=True) if partner else ""
        return {
            "name": partner.name or partner.commercial_partner_id.name or "",
            "contact": "",
            "address": [line.strip() for line in address.split("\n") if line.strip()],
            "vat": partner.vat or "",
            "phone": self._get_phone(partner),
            "email": partner.email or "",
        }

    # === HELPERS === #

    @api.model
    def _get_organization(self, partner):
        """Return for whom a person buys who typed it, such as a guest in the shop.

        Empty if the contact belongs to a company of its own.

        :rtype: str
        """
        entity = partner.commercial_partner_id
        if entity.is_company:
            return ""
        return partner.company_name or entity.company_name or ""

    @api.model
    def _get_addressee(self, partner):
        """Return the name that a person, such as a guest in the shop, has given to an
        address of his; those of a company are places, and name whoever ordered.

        :rtype: str
        """
        entity = partner.commercial_partner_id
        is_own = partner == entity or entity.is_company
        return "" if is_own else partner.name or ""

    @api.model
    def _prepare_currency(self, currency):
        """Return how amounts of a currency are written."""
        return {
            "code": currency.name,
            "symbol": currency.symbol,
            "position": currency.position,
            "decimals": currency.decimal_places,
        }

    @api.model
    def _get_phone(self, partner):
        """Return the phone in international form, or as it was typed."""
        if not partner.phone:
            return ""
        return (
            partner._phone_format(fname="phone", force_format="INTERNATIONAL")
            or partner.phone
        )
