import re

from lxml import etree, html
from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import file_open

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..reports.colors import INK, PAPER, mix, readable
from ..reports.fonts import font_faces
from ..reports.legal_line import LegalLine

REPORT_ACTION = "proforma_ecom.action_report_proforma"
STYLE_SHEET = "proforma_ecom/static/src/report/proforma_report.css"

# Read by `_build_wkhtmltopdf_args`. Nothing is loaded over the network, so there is
# nothing to wait for; a zoom of 1 makes a millimetre of the style sheet one on paper.
WKHTMLTOPDF_ARGS = {"data-report-javascript-delay": 0, "data-report-zoom": 1}

# Millimetres that the foot takes above what the letterhead has at the bottom.
FOOT_HEIGHT = 20

# Free texts that documents of format 1 did not have.
LATER_TERMS = ("message_before", "message_after", "returns")

# Elements that would fetch something, or run, in the free texts.
LOADING_ELEMENTS = (
    *("audio", "base", "embed", "frame", "iframe", "img", "input", "link", "meta"),
    *("object", "picture", "script", "source", "style", "svg", "video"),
)

# What makes a style load something, also when it is written with escapes.
LOADING_STYLE = re.compile(r"url|image|expression|@|\\", re.IGNORECASE)


class ProformaRenderer(models.AbstractModel):
    """Prints a frozen document. It reads nothing but the document and the logo."""

    _name = "proforma.renderer"
    _inherit = ["proforma.renderer.values.mixin"]
    _description = "Pro Forma Renderer"

    # === BUSINESS METHODS === #

    @api.model
    def _render_pdf(self, document, logo=None, pictures=None):
        """Return the PDF of a document.

        :param dict document: See `proforma.snapshot`.
        :param bytes logo: The image file of the logo.
        :param dict pictures: SHA-256 -> image file of the pictures of products.
        :rtype: bytes
        :raise UserError: If it cannot be rendered.
        """
        return self._print(
            self._render_html(document, logo, pictures),
            self._get_wkhtmltopdf_args(document),
        )

    @api.model
    def _print(self, parts, args=None):
        """Return HTML files as one PDF.

        :param dict parts: `body`, and `header` and `footer` for every page.
        :param dict args: See `_get_wkhtmltopdf_args`.
        :rtype: bytes
        :raise UserError: If it cannot be rendered.
        """
        reports = self.env["ir.actions.report"]
        if self._is_wkhtmltopdf_missing():
            raise UserError(self._get_setup_warning())
        content = reports._run_wkhtmltopdf(
            [parts["body"]],
            report_ref=REPORT_ACTION,
            header=parts.get("header"),
            footer=parts.get("footer"),
            specific_paperformat_args=args or WKHTMLTOPDF_ARGS,
        )
        if not content.startswith(b"%PDF"):
            raise UserError(
                self.env._("The PDF cannot be made: wkhtmltopdf returned no document.")
            )
        return content

    @api.model
    def _render_html(self, document, logo=None, pictures=None):
        """Return the document as HTML files that need nothing else.

        :param dict document: See `proforma.snapshot`.
        :param bytes logo: The image file of the logo.
        :param dict pictures: SHA-256 -> image file of the pictures of products.
        :return: `body`, `header` and `footer`, the last two for every page.
        :rtype: dict[str, str]
        """
        renderer = self.with_context(
            lang=self._get_document_lang(document), inherit_branding=False
        )
        values = renderer._prepare_rendering_values(document, logo, pictures)
        parts = {
            part: str(
                renderer.env["ir.qweb"]._render(
                    f"proforma_ecom.proforma_document_{part}", values
                )
            )
            for part in ("body", "header", "footer")
        }
        style = renderer._get_style(document, "".join(parts.values()))
        return {
            part: f"<!DOCTYPE html>\n{content.replace('/*style*/', style, 1)}"
            for part, content in parts.items()
        }

    # === BUSINESS METHODS - SETUP === #

    @api.model
    def _is_wkhtmltopdf_missing(self):
        """Return whether there is no wkhtmltopdf, or one that does not run."""
        state = self.env["ir.actions.report"].get_wkhtmltopdf_state()
        return state in ("install", "broken")

    @api.model
    def _get_setup_warning(self):
        """Return what the server lacks to print documents as they should be, or False.

        :rtype: str|bool
        """
        if self._is_wkhtmltopdf_missing():
            return self.env._(
                "The PDF cannot be made: wkhtmltopdf is missing on the server or does"
                " not run. Ask your administrator to install version 0.12.6 with"
                " patched Qt."
            )
        if not _wkhtml().is_patched_qt:
            return self.env._(
                "The wkhtmltopdf of the server has no patched Qt: following pages get"
                " no head and no page numbers, and the legal text stands at the end of"
                " the document only. Install version 0.12.6 with patched Qt."
            )
        return False

    # === HELPERS === #

    @api.model
    def _get_wkhtmltopdf_args(self, document):
        """Return the entries of `specific_paperformat_args` for a document.

        :rtype: dict
        """
        layout = self._get_layout(document)
        args = {**WKHTMLTOPDF_ARGS, "data-report-page-size": layout["paper"]}
        if layout["design"] == "letterhead":
            # Running head and foot stand inside what the printed paper leaves free.
            args["data-report-margin-top"] = layout["margin_top"]
            args["data-report-margin-bottom"] = layout["margin_bottom"] + FOOT_HEIGHT
        return args

    @api.model
    def _get_document_lang(self, document):
        """Return the document's language if it is active, else the current one."""
        languages = self.env["res.lang"]
        return (
            languages._get_code(document["document"]["lang"])
            or languages._get_code(self.env.lang)
            or self.env.user.lang
            or "en_US"
        )

    @api.model
    def _get_style(self, document, text):
        """Return the style sheet with the document's fonts and colours."""
        accent = readable(document["issuer"]["primary_color"])
        colors = {
            "accent": accent,
            "tint": mix(accent, PAPER, 0.06),
            "stripe": mix(accent, PAPER, 0.04),
            "ink": INK,
        }
        with file_open(STYLE_SHEET) as file:
            style = re.sub(
                r"var\(--proforma-(\w+)\)", lambda m: colors[m[1]], file.read()
            )
        return font_faces(document["issuer"]["font"], text) + style

    @api.model
    def _get_identity(self, issuer):
        """Return the rows under the issuer's name: the company's own or the address.

        :param dict issuer: See `proforma.snapshot`.
        :return: Rows of pieces that are not broken over lines.
        :rtype: list[list[str]]
        """
        details = [line.strip() for line in issuer["details"].splitlines()]
        name = issuer["name"].casefold()
        own = [line for line in details if line and line.casefold() != name]
        known = "\n".join(own)
        website = re.sub(r"^https?://|/$", "", issuer["website"])
        contact = (issuer["phone"], issuer["email"], website)
        return [
            *([line] for line in own or ()),
            *([] if own else [issuer["address"]]),
            [part for part in contact if part and part not in known],
        ]

    @api.model
    def _get_legal_line(self, issuer):
        """Return the legal line of the foot: what the company says, then its numbers.

        :param dict issuer: See `proforma.snapshot`.
        :rtype: str
        """
        return LegalLine(self.env, issuer).text()

    @api.model
    def _prepare_terms(self, terms):
        """Return the free texts as markup that loads nothing over the network."""
        texts = {**dict.fromkeys(LATER_TERMS, ""), **terms}
        return {key: self._get_offline_html(value) for key, value in texts.items()}

    @api.model
    def _get_offline_html(self, value):
        """Return sanitised HTML without pictures and other things to load.

        :param str value: HTML that was sanitised already.
        :rtype: Markup
        """
        if not value:
            return Markup()
        root = html.fragment_fromstring(value, create_parent="div")
        etree.strip_elements(root, *LOADING_ELEMENTS, with_tail=False)
        for node in root.iter(etree.Element):
            for attribute in ("background", "src", "srcset"):
                node.attrib.pop(attribute, None)
            if LOADING_STYLE.search(node.get("style", "")):
                del node.attrib["style"]
        return Markup(html.tostring(root, encoding="unicode"))
