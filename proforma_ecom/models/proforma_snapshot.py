import base64
import json
import secrets

from odoo import api, models
from odoo.tools import html2plaintext, is_html_empty

from ..utils import canonical_json, decimal_text, sha256_hex

PERSONAL_PARTS = ("customer", "delivery")


class ProformaSnapshot(models.AbstractModel):
    """Turns an order into the document that is frozen, printed and shown.

    The document is made of dict, list, str, int, bool and None only. Money, quantities
    and percentages are plain decimal text ("1443.60"), dates are ISO text, everything
    else is text in the document's language. Templates read nothing but the document.
    """

    _name = "proforma.snapshot"
    _inherit = ["proforma.snapshot.line.mixin"]
    _description = "Pro Forma Snapshot"

    # === BUSINESS METHODS === #

    @api.model
    def _prepare_document(self, order, header):
        """Return the document of an order. Extension point for further parts.

        :param sale.order order: The order, in sudo mode and the document's language.
        :param dict header: `number`, `version` (int), `reference`, `issued_on` (ISO).
        :rtype: dict
        """
        return {
            "format": 1,
            "document": {**self._prepare_header(order), **header},
            "issuer": self._prepare_issuer(order.company_id),
            "customer": self._prepare_customer(order),
            "delivery": self._prepare_delivery(order),
            "lines": self._prepare_lines(order),
            "totals": self._prepare_totals(order),
            "deposits": self._prepare_deposits(order),
            "to_pay": self._prepare_to_pay(order),
            "terms": self._prepare_terms(order),
            "mentions": self._get_mentions(order),
        }

    @api.model
    def _split_personal(self, document):
        """Take the personal data out of a document.

        The personal part carries a random salt: names and addresses are few enough to
        be guessed from a plain hash once the part is blanked.

        :param dict document: See `_prepare_document`.
        :return: The snapshot, which holds `personal_sha256`, and the personal text.
        :rtype: tuple[dict, str]
        """
        personal = canonical_json(
            {
                "salt": secrets.token_hex(16),
                **{part: document[part] for part in PERSONAL_PARTS},
            }
        )
        snapshot = {k: v for k, v in document.items() if k not in PERSONAL_PARTS}
        return {**snapshot, "personal_sha256": sha256_hex(personal)}, personal

    @api.model
    def _merge_personal(self, snapshot, personal):
        """Return the document of a snapshot; a blanked personal part stays empty.

        :param dict snapshot: See `_split_personal`.
        :param str personal: The personal text, may be empty.
        :rtype: dict
        """
        document = {k: v for k, v in snapshot.items() if k != "personal_sha256"}
        parts = json.loads(personal) if personal else {}
        document["customer"] = parts.get("customer") or self._prepare_contact(
            self.env["res.partner"]
        )
        document["delivery"] = parts.get("delivery")
        return document

    @api.model
    def _get_comparable(self, document):
        """Return the part of a document that a change of the order may change.

        :param dict document: See `_prepare_document`.
        :rtype: dict
        """
        header = document["document"]
        keys = (*PERSONAL_PARTS, "lines", "totals", "terms")
        return {
            **{key: document[key] for key in keys},
            "valid_until": header["valid_until"],
            "customer_reference": header["customer_reference"],
            "payment_term": header["payment_term"],
            "currency": header["currency"],
        }

    # === BUSINESS METHODS - PARTS === #

    @api.model
    def _prepare_header(self, order):
        """Return the title block; number and version come from the caller."""
        lang = self.env["res.lang"]._get_data(code=order._get_proforma_lang())
        currency = order.currency_id
        return {
            "title": order.env._("Pro forma invoice"),
            "order": order.name,
            "valid_until": (
                order.validity_date.isoformat() if order.validity_date else ""
            ),
            "lang": order._get_proforma_lang(),
            "direction": lang.direction or "ltr",
            "currency": {
                "code": currency.name,
                "symbol": currency.symbol,
                "position": currency.position,
                "decimals": currency.decimal_places,
            },
            "customer_reference": order.client_order_ref or "",
            "salesperson": "",
            "payment_term": order.payment_term_id.name or "",
            "tax_included_display": self._is_tax_included(order),
        }

    @api.model
    def _prepare_issuer(self, company):
        """Return the identity of the issuer."""
        has_logo = bool(company.logo) and not company.uses_default_logo
        return {
            **self._prepare_contact(company.partner_id),
            "name": company.name,
            "vat": company.vat or "",
            "registry": company.company_registry or "",
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
            "font": company.font or "",
            "primary_color": company.primary_color or "",
            "secondary_color": company.secondary_color or "",
            "has_logo": has_logo,
            "logo_sha256": (
                sha256_hex(base64.b64decode(company.logo)) if has_logo else ""
            ),
        }

    @api.model
    def _prepare_customer(self, order):
        """Return who the document is addressed to."""
        partner = order.partner_invoice_id
        contact = order.partner_id if order.partner_id != partner else partner
        name = partner.commercial_partner_id.name or partner.name
        return {
            **self._prepare_contact(partner),
            "name": name,
            "contact": contact.name if contact.name and contact.name != name else "",
            "vat": partner.commercial_partner_id.vat or "",
            "email": partner.email or order.partner_id.email or "",
            "phone": self._get_phone(partner) or self._get_phone(order.partner_id),
        }

    @api.model
    def _prepare_delivery(self, order):
        """Return where to deliver, or None if it is the invoice address."""
        if order.partner_shipping_id == order.partner_invoice_id:
            return None
        return self._prepare_contact(order.partner_shipping_id)

    @api.model
    def _prepare_contact(self, partner):
        """Return name and ways to reach a contact; all empty for an empty one."""
        address = partner._display_address(without_company=True) if partner else ""
        return {
            "name": partner.name or partner.commercial_partner_id.name or "",
            "contact": "",
            "address": [line.strip() for line in address.split("\n") if line.strip()],
            "vat": partner.vat or "",
            "phone": self._get_phone(partner) if partner else "",
            "email": partner.email or "",
        }

    @api.model
    def _prepare_totals(self, order):
        """Return the totals and the taxes by group, with their base."""
        digits = order.currency_id.decimal_places
        totals = order.tax_totals
        return {
            "untaxed": decimal_text(order.amount_untaxed, digits),
            "tax": decimal_text(order.amount_tax, digits),
            "total": decimal_text(order.amount_total, digits),
            "taxes": [
                {
                    "label": group["group_name"],
                    "base": decimal_text(group["base_amount_currency"], digits),
                    "amount": decimal_text(group["tax_amount_currency"], digits),
                }
                for subtotal in totals["subtotals"]
                for group in subtotal["tax_groups"]
            ],
        }

    @api.model
    def _prepare_deposits(self, order):
        """Return the schedule."""
        digits = order.currency_id.decimal_places
        field = self.env["proforma.deposit"]._fields["trigger"]
        triggers = dict(field._description_selection(order.env))
        return [
            {
                "position": deposit.sequence,
                "label": deposit.name,
                "percent": decimal_text(deposit.percent, 2) if deposit.percent else "",
                "amount": decimal_text(deposit.amount, digits),
                "when": triggers[deposit.trigger],
                "nature": deposit.nature,
                "needed_to_confirm": deposit.needed_to_confirm,
            }
            for deposit in order.proforma_deposit_ids
        ]

    @api.model
    def _prepare_to_pay(self, order):
        """Return what is paid to confirm the order, or None."""
        deposits = order.proforma_deposit_ids.filtered("needed_to_confirm")
        if not deposits:
            return None
        digits = order.currency_id.decimal_places
        return {
            "amount": decimal_text(sum(deposits.mapped("amount")), digits),
            "percent": decimal_text(sum(deposits.mapped("percent")), 2),
        }

    @api.model
    def _prepare_terms(self, order):
        """Return the conditions: HTML, sanitised by the fields they come from."""
        return {
            "note": self._get_html(order.note),
            "fiscal_note": self._get_html(order.fiscal_position_id.sudo().note),
            "payment_note": self._get_html(order.payment_term_id.note),
        }

    @api.model
    def _get_mentions(self, order):
        """Return the sentences at the foot of the document. Extension point.

        :rtype: list[str]
        """
        return [
            order.env._(
                "This pro forma invoice is a commercial offer without accounting value;"
                " it is not a tax invoice and gives no right to deduct taxes."
            ),
            order.env._(
                "It is valid until the end of the day stated above. After that day the"
                " prices have to be confirmed again."
            ),
        ]

    # === HELPERS === #

    @api.model
    def _get_phone(self, partner):
        """Return the phone in international form, or as it was typed."""
        return (
            partner._phone_format(fname="phone", force_format="INTERNATIONAL")
            or partner.phone
            or ""
        )

    @api.model
    def _get_html(self, value):
        """Return HTML text, or "" if it shows nothing."""
        return "" if is_html_empty(value) else str(value)

    @api.model
    def _get_plain_text(self, value):
        """Return the text of HTML with its line breaks."""
        if is_html_empty(value):
            return ""
        return html2plaintext(str(value)).strip()
