import re

from lxml import etree, html
from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import file_open

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..reports.colors import INK, PAPER, mix, readable
from ..reports.fonts import font_faces
from ..reports.formatter import DocumentFormatter
from ..reports.logo import logo_uri

REPORT_ACTION = "proforma_ecom.action_report_proforma"
STYLE_SHEET = "proforma_ecom/static/src/report/proforma_report.css"

# Read by `_build_wkhtmltopdf_args`. Nothing is loaded over the network, so there is
# nothing to wait for; a zoom of 1 makes a millimetre of the style sheet one on paper.
WKHTMLTOPDF_ARGS = {"data-report-javascript-delay": 0, "data-report-zoom": 1}

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
    _description = "Pro Forma Renderer"

    # === BUSINESS METHODS === #

    @api.model
    def _render_pdf(self, document, logo=None):
        """Return the PDF of a document.

        :param dict document: See `proforma.snapshot`.
        :param bytes logo: The image file of the logo.
        :rtype: bytes
        :raise UserError: If it cannot be rendered.
        """
        reports = self.env["ir.actions.report"]
        if reports.get_wkhtmltopdf_state() in ("install", "broken"):
            raise UserError(
                self.env._(
                    "The PDF cannot be made: wkhtmltopdf is missing on the server or"
                    " does not run. Ask your administrator to install version 0.12.6"
                    " with patched Qt."
                )
            )
        parts = self._render_html(document, logo)
        content = reports._run_wkhtmltopdf(
            [parts["body"]],
            report_ref=REPORT_ACTION,
            header=parts["header"],
            footer=parts["footer"],
            specific_paperformat_args=WKHTMLTOPDF_ARGS,
        )
        if not content.startswith(b"%PDF"):
            raise UserError(
                self.env._("The PDF cannot be made: wkhtmltopdf returned no document.")
            )
        return content

    @api.model
    def _render_html(self, document, logo=None):
        """Return the document as HTML files that need nothing else.

        :param dict document: See `proforma.snapshot`.
        :param bytes logo: The image file of the logo.
        :return: `body`, `header` and `footer`, the last two for every page.
        :rtype: dict[str, str]
        """
        renderer = self.with_context(
            lang=self._get_document_lang(document), inherit_branding=False
        )
        values = renderer._prepare_rendering_values(document, logo)
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

    @api.model
    def _prepare_rendering_values(self, document, logo=None):
        """Return the variables of the templates. Extension point for designs.

        :param dict document: See `proforma.snapshot`.
        :param bytes logo: The image file of the logo.
        :rtype: dict
        """
        heading, lines = document["document"], document["lines"]
        has_logo = logo and document["issuer"]["has_logo"]
        products = [line for line in lines if line["kind"] in ("product", "delivery")]
        return {
            **{key: document[key] for key in ("issuer", "customer", "delivery")},
            **{key: document[key] for key in ("totals", "deposits", "to_pay")},
            "heading": heading,
            "lines": lines,
            "mentions": document["mentions"],
            "terms": self._prepare_terms(document["terms"]),
            "logo": logo_uri(logo) if has_logo else "",
            "identity": self._get_identity(document["issuer"]),
            "legal_line": self._get_legal_line(document["issuer"]),
            "fmt": DocumentFormatter(
                self.env, self.env.context["lang"], heading["currency"]
            ),
            "line_total": "total" if heading["tax_included_display"] else "subtotal",
            "has_discount": any(float(line["discount"] or 0) for line in products),
            "has_taxes": any(line["taxes"] for line in products),
            "is_long": len(lines) > 15,
            # An unpatched wkhtmltopdf drops header and footer without a word.
            "is_footer_printed": _wkhtml().is_patched_qt,
        }

    # === HELPERS === #

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
        text = " · ".join(filter(None, map(str.strip, issuer["footer"].splitlines())))
        known = re.sub(r"\W", "", text).casefold()
        numbers = (
            issuer["registry"],
            self.env._("VAT %(number)s", number=issuer["vat"]) if issuer["vat"] else "",
        )
        bare = (issuer["registry"], issuer["vat"])
        return " · ".join(
            filter(
                None,
                (
                    text or issuer["name"],
                    *(
                        number
                        for number, digits in zip(numbers, bare, strict=True)
                        if re.sub(r"\W", "", digits).casefold() not in known
                    ),
                ),
            )
        )

    @api.model
    def _prepare_terms(self, terms):
        """Return the free texts as markup that loads nothing over the network."""
        return {key: self._get_offline_html(value) for key, value in terms.items()}

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
