import base64

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.proforma_ecom.reports.pdf_merge import get_embedded_files, open_pdf
from odoo.addons.proforma_ecom.tests.pdf_files import (
    damage,
    find_pages,
    get_pages,
    make_pdf,
)
from odoo.addons.proforma_ecom.utils import sha256_hex

from .common import QuoteBuilderCommon

LOGGER = "odoo.addons.proforma_ecom_sale_pdf_quote_builder.models.sale_order"


@tagged("post_install", "-at_install")
class TestSaleOrderEnclosure(QuoteBuilderCommon):
    def _get_messages(self, order):
        bodies = order.message_ids.mapped("body")
        return [str(body) for body in bodies if "cannot be read" in body]

    def _get_front(self, order):
        return get_pages(self._get_pdf(order))[0]

    def test_files_stand_around_the_document(self):
        self.env.company.proforma_terms_pdf = base64.b64encode(make_pdf("Terms"))
        order = self._create_proforma_with([self.footer, self.header], [self.sheet])

        places = find_pages(
            self._get_pdf(order),
            *("Header 1", "Sheet 1", order.proforma_number, "Terms 1", "Footer 1"),
        )

        self.assertEqual(places, [0, 1, 2, 3, 4])

    def test_document_names_the_files(self):
        document = self._create_proforma_with(
            [self.header, self.footer], [self.sheet]
        ).proforma_version_id._get_document()

        self.assertEqual(
            [(e["place"], e["name"]) for e in document["enclosures"]],
            [("front", "Header"), ("front", "Sheet"), ("back", "Footer")],
        )

    def test_file_without_form_is_enclosed_as_it_is(self):
        document = self._create_proforma_with(
            [self.header]
        ).proforma_version_id._get_document()

        self.assertEqual(
            document["enclosures"][0]["sha256"],
            sha256_hex(base64.b64decode(self.header.datas)),
        )

    def test_default_header_is_enclosed(self):
        self.header.add_by_default = True

        order = self._create_proforma()

        self.assertIn("Header 1", self._get_front(order))

    def test_order_without_files_has_the_document_only(self):
        order = self._create_proforma_with()

        self.assertEqual(order.proforma_version_id._get_document()["enclosures"], [])

    def test_field_is_filled_in_from_the_order(self):
        header = self._create_document(
            "Form", "header", make_pdf("Form", field="client_order_ref")
        )

        order = self._create_proforma_with([header], client_order_ref="PO 4711")

        self.assertIn("PO 4711", self._get_front(order))

    def test_field_is_filled_in_with_what_was_typed(self):
        header = self._create_document(
            "Form", "header", make_pdf("Form", field="greeting")
        )
        order = self._create_order_with([header])
        order.customizable_pdf_form_fields = self._type(header, "greeting", "Dear all")

        order.action_proforma_issue()

        self.assertIn("Dear all", self._get_front(order))

    def test_field_of_a_sheet_is_filled_in_from_its_line(self):
        sheet = self._create_sheet("Form", make_pdf("Form", field="quantity"))
        order = self._create_order_with(sheets=[sheet])
        second = order.order_line.copy({"order_id": order.id, "product_uom_qty": 7})
        second.product_document_ids = sheet
        order.action_proforma_issue()

        first_page, second_page = get_pages(self._get_pdf(order))[:2]

        self.assertIn("10.0", first_page)
        self.assertIn("7.0", second_page)

    def test_field_may_show_the_number_of_the_proforma(self):
        header = self._create_document(
            "Form", "header", make_pdf("Form", field="proforma")
        )
        header.form_field_ids.path = "proforma_number"

        order = self._create_proforma_with([header])

        self.assertIn(order.proforma_number, self._get_front(order))

    def test_filled_field_cannot_be_changed(self):
        header = self._create_document("Form", "header", make_pdf("Form", field="name"))
        order = self._create_proforma_with([header])

        fields = open_pdf(self._get_pdf(order)).get_fields().values()

        self.assertEqual([field["/Ff"] & 1 for field in fields], [1])

    def test_file_embedded_in_a_header_is_kept(self):
        header = self._create_document(
            "Form",
            "header",
            make_pdf("Form", field="name", embedded={"data.xml": b"<data/>"}),
        )

        order = self._create_proforma_with([header])

        self.assertTrue(header.form_field_ids)
        self.assertEqual(
            get_embedded_files(self._get_pdf(order)), {"data.xml": b"<data/>"}
        )

    def test_version_keeps_its_files(self):
        order = self._create_order_with([self.header])
        with (
            self._broken_renderer(),
            mute_logger("odoo.addons.proforma_ecom.models.proforma_version"),
        ):
            order.action_proforma_issue()
        self.header.datas = base64.b64encode(make_pdf("Another"))

        order.proforma_version_id._ensure_pdf()

        self.assertIn("Header 1", self._get_front(order))

    @mute_logger("PyPDF2._reader")
    def test_header_that_became_unreadable_is_left_out(self):
        damage(self.header.ir_attachment_id)

        order = self._create_proforma_with([self.header, self.footer])

        self.assertEqual(find_pages(self._get_pdf(order), "Footer 1"), [1])
        self.assertEqual(len(self._get_messages(order)), 1)

    @mute_logger("PyPDF2._reader", LOGGER)
    def test_form_that_became_unreadable_is_left_out(self):
        header = self._create_document("Form", "header", make_pdf("Form", field="name"))
        damage(header.ir_attachment_id)

        order = self._create_proforma_with([header])

        self.assertIn(order.proforma_number, self._get_front(order))
        self.assertEqual(len(self._get_messages(order)), 1)

    @mute_logger(LOGGER)
    def test_field_with_a_path_that_is_gone_leaves_the_file_out(self):
        header = self._create_document("Form", "header", make_pdf("Form", field="gone"))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_pdf_form_field SET path = 'field_of_an_old_addon'"
            " WHERE id = %s",
            [header.form_field_ids.id],
        )
        self.env.invalidate_all()

        order = self._create_proforma_with([header])

        self.assertEqual(order.proforma_version_id.pdf_state, "done")
        self.assertEqual(len(self._get_messages(order)), 1)

    def test_salesperson_issues_with_files(self):
        order = self._create_order_with([self.header], [self.sheet])
        order.user_id = self.sale_user

        order.with_user(self.sale_user).action_proforma_issue()

        self.assertIn("Header 1", self._get_front(order))

    def test_new_line_of_the_next_version_brings_its_sheet(self):
        order = self._create_proforma_with()
        order.order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "product_document_ids": [Command.set(self.sheet.ids)],
                }
            )
        ]

        order.action_proforma_issue()

        self.assertIn("Sheet 1", self._get_front(order))
