from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.proforma_ecom.tests.pdf_files import make_pdf

from .common import QuoteBuilderCommon


@tagged("post_install", "-at_install")
class TestSaleOrderRevision(QuoteBuilderCommon):
    def test_another_header_means_revision(self):
        order = self._create_proforma_with()

        order.quotation_document_ids = self.header

        self.assertEqual(order.proforma_state, "revising")

    def test_footer_that_is_taken_away_means_revision(self):
        order = self._create_proforma_with([self.footer])

        order.quotation_document_ids = [Command.clear()]

        self.assertEqual(order.proforma_state, "revising")

    def test_another_sheet_means_revision(self):
        order = self._create_proforma_with()

        order.order_line.product_document_ids = self.sheet

        self.assertEqual(order.proforma_state, "revising")

    def test_sheet_that_is_chosen_on_the_order_form_means_revision(self):
        order = self._create_proforma_with()

        order.order_line = [
            Command.update(
                order.order_line.id,
                {"product_document_ids": [Command.link(self.sheet.id)]},
            )
        ]

        self.assertEqual(order.proforma_state, "revising")

    def test_another_text_in_a_field_means_revision(self):
        header = self._create_document(
            "Form", "header", make_pdf("Form", field="greeting")
        )
        order = self._create_proforma_with([header])

        order.customizable_pdf_form_fields = self._type(header, "greeting", "Dear all")

        self.assertEqual(order.proforma_state, "revising")

    def test_text_in_a_file_that_is_not_chosen_changes_nothing(self):
        header = self._create_document(
            "Form", "header", make_pdf("Form", field="greeting")
        )
        order = self._create_proforma_with([self.header])

        order.customizable_pdf_form_fields = self._type(header, "greeting", "Dear all")

        self.assertEqual(order.proforma_state, "issued")

    def test_choosing_the_same_files_changes_nothing(self):
        order = self._create_proforma_with([self.header, self.footer], [self.sheet])

        order.quotation_document_ids = [Command.set((self.footer | self.header).ids)]
        order.order_line.product_document_ids = [Command.set(self.sheet.ids)]

        self.assertEqual(order.proforma_state, "issued")

    def test_file_that_is_replaced_in_the_settings_calls_nothing_back(self):
        order = self._create_proforma_with([self.header])
        self.header.datas = self.footer.datas

        order.quotation_document_ids = [Command.set(self.header.ids)]

        self.assertEqual(order.proforma_state, "issued")

    def test_field_that_follows_the_state_changes_nothing(self):
        header = self._create_document("Form", "header", make_pdf("Form", field="st"))
        header.form_field_ids.path = "state"
        order = self._create_proforma_with([header])

        order.client_order_ref = order.client_order_ref

        self.assertEqual(order.proforma_state, "issued")
