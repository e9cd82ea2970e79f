import base64

from markupsafe import Markup

from odoo import api, fields, models

from ..reports.labels import document_labels
from ..reports.sample_document import sample_document

# What the preview depends on: everything that a layout sets.
PREVIEW_FIELDS = (
    *("company_id", "design", "paper", "margin_top", "margin_bottom"),
    *("primary_color", "font", "logo", "title", "title_text", "second_lang"),
    *("message_before", "message_after", "show_position", "show_reference"),
    *("show_description", "show_picture", "show_discount", "show_tax"),
    *("show_salesperson", "show_words", "show_bank", "show_payment_qr"),
    *("show_methods", "show_returns", "preview_lang", "preview_lines"),
)

# Width and height of the sheet that the preview shows, in millimetres.
SHEETS = {"A4": (210, 297), "Letter": (215.9, 279.4)}


class ProformaLayoutPreviewMixin(models.AbstractModel):
    """Shows a layout on a sample document while it is edited."""

    _name = "proforma.layout.preview.mixin"
    _description = "Pro Forma Layout Preview"

    preview_lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        compute="_compute_preview_lang",
        readonly=False,
    )
    preview_lines = fields.Selection(
        [("2", "2 lines"), ("14", "14 lines"), ("40", "40 lines")],
        string="Length",
        compute="_compute_preview_lines",
        readonly=False,
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    def _compute_preview_lang(self):
        for layout in self:
            layout.preview_lang = layout.preview_lang or self.env.lang or "en_US"

    def _compute_preview_lines(self):
        for layout in self:
            layout.preview_lines = layout.preview_lines or "2"

    @api.depends(*PREVIEW_FIELDS)
    @api.depends_context("company")
    def _compute_preview(self):
        for layout in self:
            document, logo = layout._prepare_preview_document()
            parts = (
                self.env["proforma.renderer"]
                .with_context(lang=layout.preview_lang)
                ._render_html(document, logo)
            )
            layout.preview = layout._get_preview_page(parts, document)

    # === BUSINESS METHODS === #

    def _prepare_preview_document(self):
        """Return a sample document in this layout, and its logo.

        :rtype: tuple[dict, bytes]
        """
        self.ensure_one()
        lang = self.preview_lang or "en_US"
        layout = self.with_context(lang=lang)
        company = (self.company_id or self.env.company).with_context(lang=lang)
        snapshot = self.env["proforma.snapshot"].with_context(lang=lang)
        branding, logo = snapshot._prepare_branding(layout, company)
        document = sample_document(
            lang,
            int(self.preview_lines or 2),
            document={"title": layout._get_title()},
            issuer={**snapshot._prepare_issuer(company), **branding},
            layout=layout._get_settings(),
            terms={
                "message_before": layout.message_before or "",
                "message_after": layout.message_after or "",
            },
        )
        if not self.show_words:
            document["totals"]["words"] = ""
        second_lang = self.env["res.lang"]._get_code(self.second_lang or "")
        if second_lang and second_lang != lang:
            document["second"] = self._prepare_preview_second(document)
        return document, base64.b64decode(logo) if logo else None

    def _prepare_preview_second(self, document):
        """Return the sample's texts in the second language."""
        other = self.with_context(lang=self.second_lang)
        sample = sample_document(self.second_lang, len(document["lines"]))
        return {
            "lang": self.second_lang,
            "title": other._get_title(),
            "labels": document_labels(other.env),
            "lines": {},
            "deposits": {
                str(index): {"label": deposit["label"]}
                for index, deposit in enumerate(sample["deposits"])
            },
            "mentions": sample["mentions"],
            "terms": {
                **sample["terms"],
                "message_before": other.message_before or "",
                "message_after": other.message_after or "",
            },
            "words": sample["totals"]["words"] if self.show_words else "",
        }

    def _get_preview_page(self, parts, document):
        """Return the document as one sheet on a web page.

        :param dict parts: See `proforma.renderer._render_html`.
        :rtype: Markup
        """
        width, height = SHEETS[self.paper or "A4"]
        is_letterhead = self.design == "letterhead"
        top = self.margin_top if is_letterhead else 18
        bottom = self.margin_bottom if is_letterhead else 6
        foot = parts["footer"].partition('<div class="pf-foot">')[2]
        foot = foot.partition("<script>")[0].rpartition("</div>")[0]
        style = f"""
            html {{ background: #d1d5db; }}
            body.pf {{ background: #fff; box-sizing: border-box; margin: 4mm auto;
                box-shadow: 0 1mm 4mm rgba(0, 0, 0, 0.25); width: {width}mm;
                min-height: {height}mm; padding: {top}mm 18mm {bottom + 24}mm;
                position: relative; zoom: 0.8; }}
            body.pf > .pf-foot {{ bottom: {bottom}mm; left: 18mm; position: absolute;
                right: 18mm; }}
        """
        body = parts["body"].replace("</style>", f"{style}</style>", 1)
        return Markup(
            body.replace("</body>", f'<div class="pf-foot">{foot}</div></body>', 1)
        )
