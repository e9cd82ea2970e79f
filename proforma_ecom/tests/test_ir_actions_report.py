import json

from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.ir_actions_report import REPORT_NAME
from .common import SIGNATURE, VERSION_LOGGER, ProformaCommon


@tagged("post_install", "-at_install")
class TestIrActionsReport(HttpCase, ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )

    def test_issued_pdf_is_handed_out(self):
        order = self._create_proforma()

        content, _kind = self.reports._render_qweb_pdf(REPORT_NAME, order.ids)

        self.assertEqual(content, order.proforma_version_id.attachment_id.raw)

    def test_missing_pdf_is_stored_when_it_is_printed(self):
        version = self._create_proforma_without_pdf().proforma_version_id
        auditor = new_test_user(self.env, "reader", "account.group_account_readonly")

        content, _kind = self.reports.with_user(auditor)._render_qweb_pdf(
            REPORT_NAME, version.order_id.ids
        )

        self.assertEqual(version.pdf_state, "done")
        self.assertEqual(content, version.attachment_id.raw)

    def test_missing_pdf_is_stored_though_the_page_only_reads(self):
        version = self._create_proforma_without_pdf().proforma_version_id
        new_test_user(self.env, "reader", "account.group_account_readonly")
        self.authenticate("reader", "readerxx")
        context = json.dumps({"force_report_rendering": True})

        with mute_logger("odoo.http"):  # It says that it runs the request again.
            response = self.url_open(
                f"/report/pdf/{REPORT_NAME}/{version.order_id.id}?context={context}"
            )

        self.assertTrue(response.content.startswith(b"%PDF-"))
        self.assertEqual(response.content, version.attachment_id.raw)

    def test_print_without_pdf_is_refused_with_the_reason(self):
        order = self._create_proforma_without_pdf()

        with (
            self._broken_renderer(),
            mute_logger(VERSION_LOGGER),
            self.assertRaisesRegex(UserError, "not there yet"),
        ):
            self.reports._render_qweb_pdf(REPORT_NAME, order.ids)

    def test_web_page_shows_the_pictures(self):
        self.product.image_1920 = SIGNATURE
        layout = self.env["proforma.layout"].create(
            {"name": "Pictures", "show_picture": True}
        )
        order = self._create_proforma(proforma_layout_id=layout.id)

        page, _kind = self.reports._render_qweb_html(REPORT_NAME, order.ids)

        _head, _sep, body = page.partition(b"<body")
        self.assertIn(b'class="pf-picture"', body)
