from unittest.mock import patch

from psycopg2 import OperationalError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..utils import sha256_hex
from .common import VERSION_LOGGER, ProformaCommon


@tagged("post_install", "-at_install")
class TestProformaVersionPdf(ProformaCommon):
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

        self._run_cron("ir_cron_render_pdf")

        self.assertEqual(order.proforma_version_id.pdf_state, "done")

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
            self._run_cron("ir_cron_render_pdf")

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

    def test_collision_of_two_transactions_is_no_fault_of_the_pdf(self):
        version = self._create_proforma_without_pdf().proforma_version_id
        renderer = self.env.registry["proforma.renderer"]
        collision = patch.object(renderer, "_render_pdf", side_effect=OperationalError)

        with collision, self.assertRaises(OperationalError):
            version._ensure_pdf()

        self.assertEqual(version.pdf_attempts, 1)

    def test_version_renders_the_same_after_everything_changed(self):
        order = self._create_proforma()
        version = order.proforma_version_id
        before = self.env["proforma.renderer"]._render_html(version._get_document())
        self.customer.name = "Another name"
        self.env.company.name = "Another issuer"

        after = self.env["proforma.renderer"]._render_html(version._get_document())

        self.assertEqual(before, after)

    def test_what_is_unfinished_is_found_by_an_index(self):
        versions = self.env["proforma.version"]
        query = versions._search(
            versions._get_unfinished_domain(), order="pdf_attempts, id", limit=200
        )
        self.env.cr.execute("SET LOCAL enable_seqscan = off")

        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))

        plan = "\n".join(row for [row] in self.env.cr.fetchall())
        self.assertIn("proforma_version_pdf_missing_idx", plan)
