from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..utils import sha256_hex
from .common import ProformaCommon

VERSION_LOGGER = "odoo.addons.proforma_ecom.models.proforma_version"


@tagged("post_install", "-at_install")
class TestProformaVersionPdf(ProformaCommon):
    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("proforma_ecom.ir_cron_render_pdf").method_direct_trigger()

    def _create_proforma_without_pdf(self):
        with self._broken_renderer(), mute_logger(VERSION_LOGGER):
            return self._create_proforma()

    def test_issue_stores_the_pdf_with_its_hash(self):
        version = self._create_proforma().proforma_version_id

        content = version.sudo().attachment_id.raw

        self.assertTrue(content.startswith(b"%PDF-"))
        self.assertEqual(version.pdf_sha256, sha256_hex(content))

    def test_order_is_issued_when_the_pdf_fails(self):
        order = self._create_proforma_without_pdf()

        self.assertEqual(order.proforma_state, "issued")
        self.assertEqual(order.proforma_version_id.pdf_state, "failed")

    def test_failure_is_told_once(self):
        order = self._create_proforma_without_pdf()
        with self._broken_renderer(), mute_logger(VERSION_LOGGER):
            order.proforma_version_id._ensure_pdf()

        self.assertEqual(order.proforma_event_ids.mapped("kind").count("pdf_failed"), 1)

    def test_scheduled_action_renders_what_is_missing(self):
        order = self._create_proforma_without_pdf()

        self._run_cron()

        self.assertEqual(order.proforma_version_id.pdf_state, "done")

    def test_mail_waits_for_the_pdf(self):
        order = self._create_proforma_without_pdf()
        with self._broken_renderer(), mute_logger(VERSION_LOGGER):
            self.assertFalse(order._proforma_send_mail())
        count = len(order.message_ids)

        self._run_cron()

        self.assertEqual(len(order.message_ids), count + 1)
        self.assertFalse(order.proforma_version_id.is_mail_waiting)

    def test_waiting_mail_is_sent_once(self):
        order = self._create_proforma_without_pdf()
        with self._broken_renderer(), mute_logger(VERSION_LOGGER):
            order._proforma_send_mail()
        self._run_cron()
        count = len(order.message_ids)

        self._run_cron()

        self.assertEqual(len(order.message_ids), count)

    def test_one_bad_version_does_not_stop_the_batch(self):
        bad, good = (
            self._create_proforma_without_pdf(),
            self._create_proforma_without_pdf(),
        )
        self.env.flush_all()
        self.env.cr.execute(
            'UPDATE proforma_version SET snapshot = \'{"personal_sha256":""}\''
            " WHERE id = %s",
            [bad.proforma_version_id.id],
        )
        self.env.invalidate_all()

        with mute_logger(VERSION_LOGGER):
            self._run_cron()

        self.assertEqual(bad.proforma_version_id.pdf_state, "failed")
        self.assertEqual(good.proforma_version_id.pdf_state, "done")

    def test_send_without_pdf_is_refused_with_the_reason(self):
        order = self._create_proforma_without_pdf()

        with (
            self._broken_renderer(),
            mute_logger(VERSION_LOGGER),
            self.assertRaises(UserError),
        ):
            order.action_proforma_send()

    def test_version_renders_the_same_after_everything_changed(self):
        order = self._create_proforma()
        version = order.proforma_version_id
        before = self.env["proforma.renderer"]._render_html(version._get_document())
        self.customer.name = "Another name"
        self.env.company.name = "Another issuer"

        after = self.env["proforma.renderer"]._render_html(version._get_document())

        self.assertEqual(before, after)
