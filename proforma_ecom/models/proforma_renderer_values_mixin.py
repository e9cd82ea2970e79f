import re

from odoo import api, models

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..const import DEFAULT_LAYOUT, DESIGN_TYPE_SIZES
from ..reports.columns import line_columns
from ..reports.formatter import DocumentFormatter
from ..reports.labels import Labels, document_labels
from ..reports.logo import logo_uri, picture_uri
from ..reports.qr import qr_uri
from ..reports.rows import row_groups

# With more lines than this, stripes guide the eye.
MANY_LINES = 15


class ProformaRendererValuesMixin(models.AbstractModel):
    """What the templates of the printed document read, taken from the document alone.

    A document that was frozen by an earlier version of the addon lacks some keys: it
    gets what that version printed.
    """

    _name = "proforma.renderer.values.mixin"
    _description = "Pro Forma Rendering Values"

    # === BUSINESS METHODS === #

    @api.model
    def _prepare_rendering_values(self, document, logo=None, pictures=None):
        """Return the variables of the templates. Extension point for designs.

        :param dict document: See `proforma.snapshot`.
        :param bytes logo: The image file of the logo.
        :param dict pictures: SHA-256 -> image file of the pictures of products.
        :rtype: dict
        """
        heading, layout = document["document"], self._get_layout(document)
        second = self._prepare_second_language(document)
        label = self._get_document_label(document)
        fmt = DocumentFormatter(self.env, self.env.context["lang"], heading["currency"])
        return {
            **{key: document[key] for key in ("totals", "deposits", "to_pay")},
            **self._prepare_party_values(document, label, logo),
            **self._prepare_line_values(document, layout, label, fmt),
            **self._prepare_payment_values(document, layout),
            **self._prepare_mentions(document["mentions"], second),
            "heading": heading,
            "design": layout["design"],
            "is_letterhead": layout["design"] == "letterhead",
            "body_class": f"pf pf-{layout['design']}",
            "show": layout["show"],
            "label": label,
            "fmt": fmt,
            "second": second,
            "facts": self._get_facts(heading, layout["show"]),
            "words": self._get_words(document, second),
            "terms": self._prepare_terms(document["terms"]),
            "enclosures": [part["name"] for part in document.get("enclosures", ())],
            "verification": self._prepare_verification(document),
            "pictures": self._prepare_pictures(pictures),
            # An unpatched wkhtmltopdf drops header and footer without a word.
            "is_footer_printed": _wkhtml().is_patched_qt,
        }

    @api.model
    def _prepare_party_values(self, document, label, logo):
        """Return who sends the document and who gets it."""
        issuer = document["issuer"]
        return {
            **{key: document[key] for key in ("issuer", "customer", "delivery")},
            "logo": logo_uri(logo) if logo and issuer["has_logo"] else "",
            "identity": self._get_identity(issuer),
            "legal_line": self._get_legal_line(issuer),
            "customer_numbers": self._get_customer_numbers(document, label),
        }

    @api.model
    def _prepare_page_values(self, document, pictures):
        """Return the variables of the templates for a page on the screen: its fixed
        words are in the language of who reads it.

        :param dict document: See `proforma.snapshot`.
        :param dict pictures: SHA-256 -> image file of the pictures of products.
        :rtype: dict
        """
        return self._prepare_rendering_values(
            {**document, "labels": {}}, pictures=pictures
        )

    @api.model
    def _get_layout(self, document):
        """Return the layout of a document, complete.

        :rtype: dict
        """
        layout = document.get("layout") or {}
        return {
            **DEFAULT_LAYOUT,
            **layout,
            "show": {**DEFAULT_LAYOUT["show"], **layout.get("show", {})},
        }

    @api.model
    def _get_document_label(self, document):
        """Return the labels of a document, see `Labels`."""
        second = document.get("second") or {}
        return Labels(
            {**document_labels(self.env), **document.get("labels", {})},
            second.get("labels"),
        )

    # === BUSINESS METHODS - LINES === #

    @api.model
    def _prepare_line_values(self, document, layout, label, fmt):
        """Return what the table of the lines reads."""
        is_included = document["document"]["tax_included_display"]
        column_labels = self._get_column_labels(document)
        lines = [
            {**line, "index": index} for index, line in enumerate(document["lines"])
        ]
        columns = line_columns(
            document,
            fmt,
            {key: label.heads(value) for key, value in column_labels.items()},
            layout["show"],
            DESIGN_TYPE_SIZES.get(layout["design"], 9),
        )
        return {
            "line_total": "total" if is_included else "subtotal",
            "total_label": "total_included" if document["totals"]["taxes"] else "total",
            "columns": columns,
            "column_labels": column_labels,
            "text_span": len(columns) - 1 - (columns[0]["key"] == "position"),
            "groups": row_groups(lines),
            "is_long": len(lines) > MANY_LINES,
            "is_free_delivery": self._is_free_delivery,
            "delivery_cost": document.get("delivery_cost", ""),
        }

    @api.model
    def _get_column_labels(self, document):
        """Return the label of the head of each column.

        :rtype: dict[str, str]
        """
        suffix = ""
        if document["totals"]["taxes"]:
            is_included = document["document"]["tax_included_display"]
            suffix = "_included" if is_included else "_excluded"
        return {
            "what": "description",
            "quantity": "quantity",
            "price": f"unit_price{suffix}",
            "discount": "discount",
            "tax": "tax",
            "total": f"total{suffix}",
        }

    @api.model
    def _is_free_delivery(self, line):
        """Return whether the line is a delivery that costs nothing."""
        return line["kind"] == "delivery" and not float(line["total"] or 0)

    # === BUSINESS METHODS - BLOCKS === #

    @api.model
    def _prepare_payment_values(self, document, layout):
        """Return what the payment block reads."""
        payment = document.get("payment") or {
            "methods": [],
            "qr": "",
            "reference": document["document"]["number"],
        }
        show = layout["show"]
        accounts = document["issuer"]["accounts"] if show["bank"] else []
        return {
            "accounts": accounts,
            "payment": payment,
            "payment_qr": qr_uri(payment["qr"]) if show["payment_qr"] else "",
            "has_payment": bool(accounts or payment["methods"]),
        }

    @api.model
    def _prepare_verification(self, document):
        """Return how to check the document, None for one that has no such page."""
        verification = document.get("verification")
        if not verification:
            return None
        return {
            **verification,
            "place": re.sub(r"^https?://|/[^/]*$", "", verification["url"]),
            "qr": qr_uri(verification["url"]),
        }

    @api.model
    def _get_facts(self, heading, show):
        """Return the facts of the line below the parties, by the key of their label.

        :rtype: dict[str, str]
        """
        facts = {
            "customer_reference": heading["customer_reference"],
            "order": heading["order"],
            "salesperson": heading["salesperson"] if show["salesperson"] else "",
            "delivery_time": heading.get("delivery_time", ""),
            "payment_term": heading["payment_term"],
            "currency": heading["currency"]["code"],
        }
        return {key: value for key, value in facts.items() if value}

    @api.model
    def _get_customer_numbers(self, document, label):
        """Return the labelled numbers of the customer.

        :rtype: list[tuple[str, str]]
        """
        customer = document["customer"]
        numbers = (
            (label.first["vat"], customer["vat"]),
            (customer.get("registry_label"), customer.get("registry")),
            ("EORI", customer.get("eori")),
        )
        return [(name, number) for name, number in numbers if name and number]

    @api.model
    def _prepare_mentions(self, mentions, second=None):
        """Return the mentions, and which of them stand at the foot of each page.

        :param list mentions: As the document has them, in any format.
        :param dict second: See `_prepare_second_language`.
        :rtype: dict[str, list]
        """
        mentions = self.env["proforma.snapshot"]._normalise_mentions(mentions)
        foot = [mention for mention in mentions if mention["kind"] == "accounting"]
        return {
            "mentions": mentions,
            "foot_mentions": foot + (second or {}).get("foot_mentions", []),
            "body_mentions": [mention for mention in mentions if mention not in foot],
        }

    @api.model
    def _get_words(self, document, second):
        """Return the sentences that say the total in words, one a language.

        :rtype: list[str]
        """
        return [
            words
            for words in (document["totals"].get("words"), (second or {}).get("words"))
            if words
        ]

    @api.model
    def _prepare_second_language(self, document):
        """Return the texts in the second language, None if there is none."""
        second = document.get("second")
        return second and {
            **second,
            **self._prepare_mentions(second["mentions"]),
            "terms": self._prepare_terms(second["terms"]),
        }

    @api.model
    def _prepare_pictures(self, pictures):
        """Return the pictures of the products as data URIs, by their SHA-256."""
        return {key: picture_uri(value) for key, value in (pictures or {}).items()}
