import base64
import io
from datetime import datetime

from odoo import api, models
from odoo.tools import format_datetime
from odoo.tools.misc import file_open
from odoo.tools.pdf import (
    NameObject,
    NumberObject,
    OdooPdfFileReader,
    OdooPdfFileWriter,
)

from ..reports.drawing import drawing_uri
from ..utils import group_text

CERTIFICATE_STYLE_SHEET = "proforma_ecom/static/src/report/proforma_certificate.css"

FINGERPRINT_GROUP = 8


class ProformaCertificate(models.AbstractModel):
    """Prints the page that seals a signature, and puts it behind what was signed."""

    _name = "proforma.certificate"
    _description = "Pro Forma Signature Certificate"

    # === BUSINESS METHODS === #

    @api.model
    def _render_signed_copy(self, version):
        """Return the stored PDF of a version with its certificate as the last page.

        :param proforma.version version: A signed version that has its PDF, in sudo.
        :rtype: bytes
        :raise UserError: If the certificate cannot be rendered.
        """
        logo = base64.b64decode(version.logo) if version.logo else None
        parts = self._render_html(
            version._get_document(),
            version._get_signature(),
            version.signature_sha256,
            logo,
        )
        certificate = self.env["proforma.renderer"]._print(parts)
        return self._append(version.attachment_id.raw, certificate)

    @api.model
    def _render_html(self, document, signature, fingerprint, logo=None):
        """Return the certificate as HTML files that need nothing else.

        :param dict document: See `proforma.snapshot`.
        :param dict signature: See `proforma.version._get_signature`.
        :param str fingerprint: The one of the signature.
        :param bytes logo: The image file of the logo.
        :return: `body` and `footer`.
        :rtype: dict[str, str]
        """
        renderer = self.env["proforma.renderer"]
        renderer = renderer.with_context(
            lang=renderer._get_document_lang(document), inherit_branding=False
        )
        values = {
            **renderer._prepare_rendering_values(document, logo),
            **self.with_env(renderer.env)._prepare_certificate_values(
                document, signature, fingerprint
            ),
        }
        parts = {
            part: str(
                renderer.env["ir.qweb"]._render(
                    f"proforma_ecom.proforma_certificate_{part}", values
                )
            )
            for part in ("body", "footer")
        }
        style = renderer._get_style(document, "".join(parts.values()))
        with file_open(CERTIFICATE_STYLE_SHEET) as file:
            style += file.read()
        return {
            part: f"<!DOCTYPE html>\n{content.replace('/*style*/', style, 1)}"
            for part, content in parts.items()
        }

    @api.model
    def _prepare_certificate_values(self, document, signature, fingerprint):
        """Return the variables that the certificate has besides the document's.

        :param dict document: See `proforma.snapshot`.
        :param dict signature: See `proforma.version._get_signature`.
        :param str fingerprint: The one of the signature.
        :rtype: dict
        """
        instant = datetime.fromisoformat(signature["signed_on"].removesuffix("Z"))

        def show_instant(zone):
            return format_datetime(
                self.env, instant, tz=zone, lang_code=self.env.context["lang"]
            )

        def show_fingerprint(text):
            return group_text(text, FINGERPRINT_GROUP)

        return {
            "signature": signature,
            "signed_here": show_instant(signature["time_zone"]),
            "signed_utc": f"{show_instant('UTC')} UTC",
            "drawing": drawing_uri(signature["drawing"]),
            "fingerprints": {
                "document": show_fingerprint(signature["snapshot_sha256"]),
                "pdf": show_fingerprint(signature["pdf_sha256"]),
                "signature": show_fingerprint(fingerprint),
            },
            # Documents of format 1 have none.
            "verification": document.get("verification"),
        }

    # === HELPERS === #

    @api.model
    def _append(self, original, certificate):
        """Return a PDF with another one behind it; what it embeds is kept.

        :param bytes original: The file that was signed.
        :param bytes certificate: The certificate.
        :rtype: bytes
        """
        reader = OdooPdfFileReader(io.BytesIO(original), strict=False)
        writer = OdooPdfFileWriter()
        # The whole document, not only its pages: with the files that it embeds.
        writer.cloneReaderDocumentRoot(reader)
        pages = OdooPdfFileReader(io.BytesIO(certificate), strict=False)
        for index in range(pages.getNumPages()):
            self._append_page(writer, pages.getPage(index))
        with io.BytesIO() as buffer:
            writer.write(buffer)
            return buffer.getvalue()

    @api.model
    def _append_page(self, writer, page):
        """Put a page behind those of the document whose root the writer took over.

        PyPDF2 2 puts it into a tree of the writer's own, which nothing leads to, and
        which has no other page.
        """
        tree = writer._root_object["/Pages"]
        count = tree["/Count"]
        writer.addPage(page)
        if tree["/Count"] > count:
            return
        [page_reference] = writer.get_object(writer._pages)["/Kids"][-1:]
        page[NameObject("/Parent")] = writer._root_object.raw_get("/Pages")
        tree["/Kids"].append(page_reference)
        tree[NameObject("/Count")] = NumberObject(count + 1)
