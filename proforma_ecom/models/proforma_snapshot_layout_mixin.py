import base64

import pytz

from odoo import api, models
from odoo.tools.misc import format_date

from ..reports.labels import document_labels
from ..reports.words import amount_in_words
from ..utils import decimal_text, sha256_hex


class ProformaSnapshotLayoutMixin(models.AbstractModel):
    """How the document looks, and its second language."""

    _name = "proforma.snapshot.layout.mixin"
    _description = "Pro Forma Snapshot Layout"

    # === BUSINESS METHODS === #

    @api.model
    def _get_layout(self, order):
        """Return the layout of an order with all it needs to be read in sudo mode.

        :return: The layout; without one, a new record that holds the defaults.
        :rtype: proforma.layout
        """
        layout = order.proforma_layout_id.sudo()
        layouts = layout.with_context(lang=order.env.lang)
        return layout or layouts.new(layouts.default_get(list(layouts._fields)))

    @api.model
    def _prepare_layout_parts(self, order):
        """Return the parts of the document that follow from its layout.

        :rtype: dict
        """
        layout = self._get_layout(order)
        return {
            "layout": layout._get_settings(),
            "labels": document_labels(order.env),
            "second": self._prepare_second(order, layout),
        }

    @api.model
    def _prepare_branding(self, layout, company):
        """Return the looks of the issuer, and the logo that goes with them.

        :param proforma.layout layout: May be a new record.
        :param res.company company: The issuer.
        :return: The values and the logo in base64, False without one.
        :rtype: tuple[dict, bytes|bool]
        """
        # The web client asks for sizes instead of files.
        layout, company = (
            record.with_context(bin_size=False) for record in (layout, company)
        )
        logo = layout.logo or (not company.uses_default_logo and company.logo)
        return {
            "font": layout.font or company.font or "",
            "primary_color": layout.primary_color or company.primary_color or "",
            "secondary_color": company.secondary_color or "",
            "has_logo": bool(logo),
            "logo_sha256": sha256_hex(base64.b64decode(logo)) if logo else "",
        }, logo

    @api.model
    def _get_words(self, order):
        """Return the sentence that says the total in words, "" if there is none.

        :rtype: str
        """
        currency = order.currency_id
        total = decimal_text(order.amount_total, currency.decimal_places)
        return self._get_layout(order)._get_words_sentence(
            amount_in_words(total, currency.name, order.env.lang)
        )

    @api.model
    def _get_delivery_time(self, order):
        """Return when the goods come: the promised day, or what is said of it.

        :rtype: str
        """
        if order.commitment_date:
            zone = pytz.timezone(order.company_id._get_proforma_tz())
            day = pytz.utc.localize(order.commitment_date).astimezone(zone).date()
            return format_date(order.env, day, lang_code=order.env.lang)
        return order.proforma_delivery_time or ""

    # === BUSINESS METHODS - SECOND LANGUAGE === #

    @api.model
    def _prepare_second(self, order, layout):
        """Return the texts of the document in its second language, None without one.

        :rtype: dict|None
        """
        # A layout may have a language that was deactivated since.
        lang = self.env["res.lang"]._get_code(layout.second_lang or "")
        if not lang or lang == order.env.lang:
            return None
        other = order.with_context(lang=lang)
        return {
            "lang": lang,
            "title": layout.with_context(lang=lang)._get_title(),
            "labels": document_labels(other.env),
            "lines": self._prepare_second_lines(order, other),
            "deposits": self._prepare_second_deposits(other),
            "mentions": self._get_mentions(other),
            "terms": self._prepare_second_terms(order, other),
            "words": self._get_words(other),
        }

    @api.model
    def _prepare_second_lines(self, order, other):
        """Return the texts of the lines that the product has in the second language.

        What a salesperson wrote himself has no second language.

        :return: Index of the line -> `name` and `description`.
        :rtype: dict[str, dict]
        """
        texts = {}
        for index, line in enumerate(self._get_printed_lines(order)):
            if not line.product_id or line.display_type:
                continue
            first, second = (
                line.with_context(
                    lang=lang
                )._get_sale_order_line_multiline_description_sale()
                for lang in (order.env.lang, other.env.lang)
            )
            if line.name == first and second != first:
                name, _sep, description = second.partition("\n")
                reference = line.product_id.default_code or ""
                texts[str(index)] = {
                    "name": name.removeprefix(f"[{reference}]").strip(),
                    "description": description.strip(),
                }
        return texts

    @api.model
    def _prepare_second_deposits(self, other):
        """Return the names of the instalments in the second language.

        :return: Index of the instalment -> `label`, "" if it has none, and `when`.
        :rtype: dict[str, dict]
        """
        first_lang = other._get_proforma_lang()
        return {
            str(index): {
                "label": deposit._get_plan_label(first_lang),
                "when": values["when"],
            }
            for index, (deposit, values) in enumerate(
                zip(
                    other._get_proforma_printed_deposits(),
                    self._prepare_deposits(other),
                    strict=True,
                )
            )
        }

    @api.model
    def _prepare_second_terms(self, order, other):
        """Return the free texts in the second language, where there is one.

        The terms of the order are not translated themselves: they are those of the
        company, unless somebody wrote others.
        """
        terms = self._prepare_terms(other)
        own = self._get_html(
            order.company_id.with_context(lang=order.env.lang).invoice_terms
        )
        company = order.company_id.with_context(lang=other.env.lang)
        is_of_company = terms["note"] and terms["note"] == own
        note = self._get_html(company.invoice_terms) if is_of_company else ""
        return {**terms, "note": note}
