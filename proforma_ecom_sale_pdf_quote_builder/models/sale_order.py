import base64
import logging

from odoo import api, models
from odoo.tools import pdf

from odoo.addons.proforma_ecom.reports.pdf_merge import (
    copy_extras,
    fill_fields,
    open_pdf,
    write_pdf,
)

_logger = logging.getLogger(__name__)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === BUSINESS METHODS - ENCLOSURES === #

    @api.model
    def _get_proforma_printed_fields(self):
        """Override of `proforma_ecom` to add what the quote builder writes."""
        return super()._get_proforma_printed_fields() | {
            "quotation_document_ids",
            "customizable_pdf_form_fields",
        }

    def _prepare_proforma_enclosures(self):
        """Override of `proforma_ecom` to add headers, product sheets and footers.

        They stand where core's quotation has them; the terms come before the footers.
        A pro forma is frozen while it may still be confirmed, so they always belong to
        it, whatever `sale.always_include_selected_documents` says.
        """
        enclosures = super()._prepare_proforma_enclosures()
        files = [
            self._prepare_proforma_document(*chosen)
            for chosen in self._get_proforma_documents()
        ]
        return [
            *(file for file in files if file["place"] == "front"),
            *enclosures,
            *(file for file in files if file["place"] == "back"),
        ]

    def _get_proforma_enclosure_choice(self):
        """Override of `proforma_ecom` to add the chosen files and what was typed."""
        return [
            *super()._get_proforma_enclosure_choice(),
            *(
                [
                    document._name,
                    document.id,
                    line.id or 0,
                    self._get_proforma_typed_values(document, line),
                ]
                for _place, document, line in self._get_proforma_documents()
            ),
        ]

    # === HELPERS === #

    def _get_proforma_documents(self):
        """Return the files that are chosen on the order, in the order of core.

        :return: Place, `quotation.document` or `product.document`, line (may be empty).
        :rtype: list[tuple]
        """
        self.ensure_one()
        no_line = self.env["sale.order.line"]
        documents = self.quotation_document_ids
        headers = documents.filtered(lambda d: d.document_type == "header")
        return [
            *(("front", header, no_line) for header in headers),
            *(
                ("front", sheet, line)
                for line in self.order_line
                for sheet in line.product_document_ids
            ),
            *(("back", footer, no_line) for footer in documents - headers),
        ]

    def _get_proforma_typed_values(self, document, line):
        """Return what a person typed into the form fields of a file, by name.

        :param document: A `quotation.document` or `product.document`.
        :param sale.order.line line: The line of a product sheet, else empty.
        :rtype: dict[str, str]
        """
        report = self.env["ir.actions.report"]
        return {
            field.name: report._get_custom_value_from_order(
                document, field.name, self, line
            )
            for field in document.form_field_ids
            if not field.path
        }

    def _prepare_proforma_document(self, place, document, line):
        """Return a file of the quote builder as an enclosure.

        :param str place: "front" or "back".
        :param document: A `quotation.document` or `product.document`.
        :param sale.order.line line: The line of a product sheet, else empty.
        :return: See `_prepare_proforma_enclosures`; without content if the file
            cannot be read or filled in.
        :rtype: dict
        """
        document = document.with_context(bin_size=False)
        try:
            content = self._fill_proforma_document(document, line)
        # A file that was stored before core checked it, a path that is gone: neither
        # may take the pro forma with it.
        except Exception:  # noqa: BLE001
            _logger.warning("%s not enclosed.", document, exc_info=True)
            content = b""
        return {
            "place": place,
            "name": document.name.removesuffix(".pdf"),
            "content": content,
        }

    def _fill_proforma_document(self, document, line):
        """Return a file with its form fields filled in by core's own rules.

        :param document: A `quotation.document` or `product.document`.
        :param sale.order.line line: The line of a product sheet, else empty.
        :rtype: bytes
        """
        content = base64.b64decode(document.datas or b"")
        if not document.form_field_ids:
            return content
        report = self.env["ir.actions.report"].with_context(
            use_babel=True, lang=self._get_proforma_lang()
        )
        # The names of the fields differ between files, as core has it.
        prefix = (
            f"sol_id_{line.id}_product_document_id_{document.id}__"
            if line
            else f"quotation_document_id_{document.id}__"
        )
        writer, values = pdf.PdfFileWriter(), {}
        report._update_mapping_and_add_pages_to_writer(
            writer, document, values, prefix, self, line
        )
        copy_extras(open_pdf(content), writer)
        fill_fields(writer, values)
        return write_pdf(writer)
