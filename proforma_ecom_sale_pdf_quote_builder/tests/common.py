import base64
import json

from odoo.fields import Command

from odoo.addons.proforma_ecom.tests.common import ProformaCommon
from odoo.addons.proforma_ecom.tests.pdf_files import make_pdf


class QuoteBuilderCommon(ProformaCommon):
    """A header, a product sheet and a footer, without a choice of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["quotation.document"].search([]).action_archive()
        cls.header = cls._create_document("Header", "header")
        cls.footer = cls._create_document("Footer", "footer")
        cls.sheet = cls._create_sheet("Sheet")

    @classmethod
    def _create_document(cls, name, kind, content=None, **values):
        return cls.env["quotation.document"].create(
            {
                "name": f"{name}.pdf",
                "document_type": kind,
                "datas": base64.b64encode(content or make_pdf(name)),
                **values,
            }
        )

    @classmethod
    def _create_sheet(cls, name, content=None):
        return cls.env["product.document"].create(
            {
                "name": f"{name}.pdf",
                "attached_on_sale": "inside",
                "res_model": "product.product",
                "res_id": cls.product.id,
                "datas": base64.b64encode(content or make_pdf(name)),
            }
        )

    @classmethod
    def _create_order_with(cls, documents=(), sheets=(), **values):
        """Return an order that has chosen these files."""
        order = cls._create_order(
            quotation_document_ids=[Command.set([d.id for d in documents])], **values
        )
        order.order_line.product_document_ids = [Command.set([s.id for s in sheets])]
        return order

    @classmethod
    def _create_proforma_with(cls, documents=(), sheets=(), **values):
        order = cls._create_order_with(documents, sheets, **values)
        order.action_proforma_issue()
        return order

    def _type(self, document, field, value):
        """Return what the quote builder writes when a person types into a header."""
        return json.dumps(
            {"header": {str(document.id): {"custom_form_fields": {field: value}}}}
        )

    def _get_pdf(self, order):
        return order.proforma_version_id.sudo().attachment_id.raw
