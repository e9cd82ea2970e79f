import json
import secrets

from odoo import api, models
from odoo.tools import html2plaintext, is_html_empty

from ..const import PERSONAL_PARTS
from ..utils import canonical_json, decimal_text, sha256_hex


class ProformaSnapshot(models.AbstractModel):
    """Turns an order into the document that is frozen, printed and shown.

    The document is made of dict, list, str, int, bool and None only. Money, quantities
    and percentages are plain decimal text ("1443.60"), dates are ISO text, everything
    else is text in the document's language. Templates read nothing but the document.
    """

    _name = "proforma.snapshot"
    _inherit = [
        "proforma.snapshot.party.mixin",
        "proforma.snapshot.line.mixin",
        "proforma.snapshot.layout.mixin",
        "proforma.snapshot.picture.mixin",
        "proforma.snapshot.payment.mixin",
        "proforma.snapshot.mention.mixin",
        "proforma.snapshot.change.mixin",
    ]
    _description = "Pro Forma Snapshot"

    # === BUSINESS METHODS === #

    @api.model
    def _prepare_document(self, order, header):
        """Return the document of an order. Extension point for further parts.

        :param sale.order order: The order, in sudo mode and the document's language.
        :param dict header: `number`, `version` (int), `reference`, `issued_on` (ISO).
        :rtype: dict
        """
        branding, _logo = self._prepare_branding(
            self._get_layout(order), order.company_id
        )
        heading = {**self._prepare_header(order), **header}
        return {
            "format": 2,
            "document": heading,
            "issuer": {**self._prepare_issuer(order.company_id), **branding},
            "customer": self._prepare_customer(order),
            "delivery": self._prepare_delivery(order),
            "lines": self._add_pictures(order, self._prepare_lines(order)),
            "totals": self._prepare_totals(order),
            "deposits": self._prepare_deposits(order),
            "to_pay": self._prepare_to_pay(order),
            "terms": self._prepare_terms(order),
            "mentions": self._get_mentions(order),
            "payment": self._prepare_payment(order, heading.get("number", "")),
            "delivery_cost": self._get_delivery_cost(order),
            **self._prepare_layout_parts(order),
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
        document["mentions"] = self._normalise_mentions(document["mentions"])
        return document

    # === BUSINESS METHODS - PARTS === #

    @api.model
    def _prepare_header(self, order):
        """Return the title block; number and version come from the caller."""
        lang = self.env["res.lang"]._get_data(code=order._get_proforma_lang())
        return {
            "title": self._get_layout(order)._get_title(),
            "order": order.name,
            "valid_until": (
                order.validity_date.isoformat() if order.validity_date else ""
            ),
            "lang": order._get_proforma_lang(),
            "direction": lang.direction or "ltr",
            "currency": self._prepare_currency(order.currency_id),
            "customer_reference": order.client_order_ref or "",
            "salesperson": order.user_id.name or "",
            "delivery_time": self._get_delivery_time(order),
            "choices": self._get_choices(order),
            "payment_term": order.payment_term_id.name or "",
            "tax_included_display": self._is_tax_included(order),
        }

    @api.model
    def _get_choices(self, order):
        """Return which settings the order chose; a setting whose own text changes later
        calls back nothing that was sent.

        :return: Name of the field -> id, 0 for none.
        :rtype: dict[str, int]
        """
        return {
            fname: order[fname]._origin.id or 0
            for fname in (
                "fiscal_position_id",
                "payment_term_id",
                "proforma_deposit_plan_id",
                "proforma_layout_id",
            )
        }

    @api.model
    def _prepare_totals(self, order):
        """Return the totals, and the taxes by rate with their base."""
        digits = order.currency_id.decimal_places
        return {
            "untaxed": decimal_text(order.amount_untaxed, digits),
            "tax": decimal_text(order.amount_tax, digits),
            "total": decimal_text(order.amount_total, digits),
            "words": self._get_words(order),
            "taxes": [
                {
                    "label": label,
                    "base": decimal_text(base, digits),
                    "amount": decimal_text(amount, digits),
                }
                for label, base, amount in self._get_taxes_by_rate(order)
            ],
        }

    @api.model
    def _get_taxes_by_rate(self, order):
        """Return the taxes of an order, one row a rate.

        A group that holds one tax goes by the name of the group, which is written for
        the customer.

        :return: Label, base and amount in the currency of the order.
        :rtype: list[tuple[str, float, float]]
        """
        taxes = order.env["account.tax"]
        lines = [
            line._prepare_base_line_for_taxes_computation()
            for line in order._get_priced_lines()
        ]
        lines += order._add_base_lines_for_early_payment_discount()
        taxes._add_tax_details_in_base_lines(lines, order.company_id)
        taxes._round_base_lines_tax_details(lines, order.company_id)
        by_tax = taxes._aggregate_base_lines_aggregated_values(
            taxes._aggregate_base_lines_tax_details(
                lines, lambda _line, data: data and data["tax"]
            )
        )
        found = [tax for tax in by_tax if tax]
        groups = [tax.tax_group_id for tax in found]
        rows = []
        for tax in sorted(found, key=lambda tax: (tax.tax_group_id.sequence, tax.id)):
            is_alone = groups.count(tax.tax_group_id) == 1
            rows.append(
                (
                    tax.tax_group_id.name if is_alone else tax.tax_label or tax.name,
                    by_tax[tax]["base_amount_currency"],
                    by_tax[tax]["tax_amount_currency"],
                )
            )
        return rows

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
                "percent": self._get_share_text(deposit._get_share()),
                "amount": decimal_text(deposit.amount, digits),
                "when": deposit._get_when_text(triggers[deposit.trigger]),
                "due_on": deposit.fixed_date.isoformat() if deposit.fixed_date else "",
                "reference": deposit.reference or "",
                "nature": deposit.nature,
                "needed_to_confirm": deposit.needed_to_confirm,
            }
            for deposit in order._get_proforma_printed_deposits()
        ]

    @api.model
    def _prepare_to_pay(self, order):
        """Return what is paid to confirm the order, or None."""
        deposits = order.proforma_deposit_ids._get_open().filtered("needed_to_confirm")
        if not deposits:
            return None
        digits = order.currency_id.decimal_places
        return {
            "amount": decimal_text(sum(deposits.mapped("amount")), digits),
            "percent": self._get_share_text(sum(d._get_share() for d in deposits)),
        }

    @api.model
    def _get_share_text(self, percent):
        """Return a share as plain text, "" if there is none."""
        return decimal_text(percent, 2) if percent else ""

    @api.model
    def _prepare_terms(self, order):
        """Return the free texts: HTML, sanitised by the fields they come from."""
        layout = self._get_layout(order)
        return {
            "message_before": self._get_html(layout.message_before),
            "message_after": self._get_html(layout.message_after),
            "returns": (
                self._get_html(order.company_id.proforma_return_conditions)
                if layout.show_returns
                else ""
            ),
            "note": self._get_html(order.note),
            "fiscal_note": self._get_html(order.fiscal_position_id.sudo().note),
            "payment_note": self._get_html(order.payment_term_id.note),
        }

    # === HELPERS === #

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
