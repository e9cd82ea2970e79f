import base64
import io
import json
import subprocess
from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter

from ..utils import sha256_hex
from .common import SIGNATURE, ProformaCommon

SIGNATURE_LOGGER = "odoo.addons.proforma_ecom.models.proforma_signature_mixin"


@tagged("post_install", "-at_install")
class TestProformaVersionSignature(ProformaCommon):
    def _create_signed(self, **kwargs):
        """Return the version of a pro forma that was signed by the customer."""
        order = self._create_proforma()
        self._sign(order, **kwargs)
        return order.proforma_version_id

    def _broken_certificate(self):
        """Make every certificate fail."""
        certificates = self.env.registry["proforma.certificate"]
        return patch.object(
            certificates, "_render_html", side_effect=UserError("no template")
        )

    def _create_signed_without_copy(self):
        with self._broken_certificate(), mute_logger(SIGNATURE_LOGGER):
            return self._create_signed()

    def _update(self, version, assignment, *values):
        """Change what the ORM protects, as an intruder would."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE proforma_version SET {assignment} WHERE id = %s",
            [*values, version.id],
        )
        version.invalidate_recordset()

    def _read_pages(self, content):
        text = subprocess.run(
            ["pdftotext", "-layout", "-", "-"],
            input=content,
            capture_output=True,
            check=True,
        ).stdout.decode()
        return text.split("\f")[:-1]

    # === SIGNED COPY === #

    def test_signed_copy_is_the_original_and_one_page(self):
        version = self._create_signed()

        original = self._read_pages(version.sudo().attachment_id.raw)
        signed = self._read_pages(version.sudo().signed_attachment_id.raw)

        self.assertEqual(signed[:-1], original)
        self.assertIn("Signature certificate", signed[-1])

    def test_original_stays_as_it_was(self):
        order = self._create_proforma()
        version = order.proforma_version_id.sudo()
        before = (version.attachment_id, version.attachment_id.raw, version.pdf_sha256)

        self._sign(order)

        self.assertEqual(
            (version.attachment_id, version.attachment_id.raw, version.pdf_sha256),
            before,
        )

    def test_certificate_says_who_when_and_what(self):
        with freeze_time("2026-11-24 13:05:07"):
            version = self._create_signed(address="192.0.2.77")

        page = self._read_pages(version.sudo().signed_attachment_id.raw)[-1]
        bare = "".join(page.split())

        for text in (
            "Marie Martin",
            "Boulangerie Martin SARL",
            "11/24/2026 02:05:07 PM",
            "Europe/Paris",
            "11/24/2026 01:05:07 PM UTC",
            "192.0.2.0/24",
            version.number,
            version.snapshot_sha256,
            version.pdf_sha256,
            version.signature_sha256,
            f"/proforma/verify/{version.token}",
        ):
            with self.subTest(text):
                self.assertIn("".join(text.split()), bare)

    def test_certificate_shows_the_drawing(self):
        version = self._create_signed()

        html = self.env["proforma.certificate"]._render_html(
            version._get_document(), version._get_signature(), ""
        )["body"]

        self.assertRegex(html, r'<img[^>]* src="data:image/png;base64,\w')

    def test_document_without_verification_page_gets_its_certificate(self):
        version = self._create_signed()
        document = version._get_document()
        del document["verification"]  # As those that were issued before it.

        html = self.env["proforma.certificate"]._render_html(
            document, version._get_signature(), ""
        )["body"]

        self.assertIn("Marie Martin", html)
        self.assertNotIn("How to check it", html)

    def test_certificate_is_in_the_language_of_the_document(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["proforma_ecom"], ["fr_FR"])
        self.customer.lang = "fr_FR"
        with freeze_time("2026-11-24 13:05:07"):
            version = self._create_signed()

        page = self._read_pages(version.sudo().signed_attachment_id.raw)[-1]

        self.assertIn("24/11/2026 14:05:07", page)

    def test_files_in_the_original_stay_in_the_copy(self):
        version = self._create_proforma().proforma_version_id.sudo()
        writer = OdooPdfFileWriter()
        writer.cloneReaderDocumentRoot(
            OdooPdfFileReader(io.BytesIO(version.attachment_id.raw), strict=False)
        )
        writer.addAttachment("order.xml", b"<Order/>", "text/xml")
        with io.BytesIO() as buffer:
            writer.write(buffer)
            original = buffer.getvalue()

        merged = self.env["proforma.certificate"]._append(
            original, version.attachment_id.raw
        )

        reader = OdooPdfFileReader(io.BytesIO(merged), strict=False)
        self.assertEqual(list(reader.getAttachments()), [("order.xml", b"<Order/>")])
        self.assertEqual(reader.getNumPages(), 2)

    def test_acceptance_by_hand_has_no_certificate(self):
        order = self._create_proforma()
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "Order 4711 by e-mail"}
        ).action_accept()

        self.assertEqual(order.proforma_state, "accepted")
        self.assertFalse(order.proforma_version_id.signature_snapshot)
        self.assertFalse(order.proforma_version_id.is_certificate_waiting)

    # === FAILURE === #

    def test_signature_is_given_when_the_certificate_fails(self):
        version = self._create_signed_without_copy()

        self.assertEqual(version.order_id.proforma_state, "accepted")
        self.assertTrue(version.signature_sha256)
        self.assertFalse(version.signed_attachment_id)

    def test_failure_is_told_once(self):
        version = self._create_signed_without_copy()
        with self._broken_certificate(), mute_logger(SIGNATURE_LOGGER):
            version._ensure_signed_copy()

        kinds = version.order_id.proforma_event_ids.mapped("kind")
        self.assertEqual(kinds.count("certificate_failed"), 1)
        self.assertEqual(version.pdf_attempts, 2)

    def test_scheduled_action_makes_the_copy_that_is_missing(self):
        version = self._create_signed_without_copy()

        self._run_cron("ir_cron_render_pdf")

        self.assertTrue(version.signed_attachment_id)
        self.assertFalse(version.is_certificate_waiting)

    def test_second_run_of_the_scheduled_action_changes_nothing(self):
        version = self._create_signed()
        before = version.signed_attachment_id

        self._run_cron("ir_cron_render_pdf")

        self.assertEqual(version.signed_attachment_id, before)

    def test_copy_waits_for_the_original(self):
        order = self._create_proforma_without_pdf()
        with (
            self._broken_renderer(),
            mute_logger("odoo.addons.proforma_ecom.models.proforma_version"),
        ):
            self._sign(order)
        version = order.proforma_version_id
        self.assertFalse(version.signed_attachment_id)

        self._run_cron("ir_cron_render_pdf")

        self.assertTrue(version.signed_attachment_id)
        self.assertTrue(version._is_intact())

    # === PROOF === #

    def test_signature_holds_the_hash_of_what_was_signed(self):
        version = self._create_signed()
        signature = json.loads(version.signature_snapshot)

        self.assertEqual(signature["snapshot_sha256"], version.snapshot_sha256)
        self.assertEqual(signature["pdf_sha256"], version.pdf_sha256)
        self.assertEqual(
            version.signature_sha256,
            sha256_hex(version.snapshot_sha256, version.signature_snapshot),
        )

    def test_signed_version_is_intact(self):
        self.assertTrue(self._create_signed()._is_intact())

    def test_tampering_with_the_signature_is_noticed(self):
        for assignment in (
            "signature_snapshot = replace(signature_snapshot, '202', '203')",
            "signature_personal = replace(signature_personal, 'Marie', 'Paul')",
            "signature_sha256 = repeat('0', 64)",
            "signature_snapshot = NULL",
            "signed_pdf_sha256 = repeat('0', 64)",
        ):
            version = self._create_signed()
            with self.subTest(assignment):
                self.assertTrue(version._is_intact())
                self._update(version, assignment)
                self.assertFalse(version._is_intact())

    def test_tampering_with_the_signed_copy_is_noticed(self):
        version = self._create_signed()
        version.sudo().signed_attachment_id.raw = b"%PDF-1.4 another"

        self.assertFalse(version._is_intact())

    def test_signature_of_another_version_is_noticed(self):
        version, other = self._create_signed(), self._create_signed()

        self._update(
            version,
            "signature_snapshot = %s, signature_sha256 = %s, signature_personal = %s",
            other.signature_snapshot,
            other.signature_sha256,
            other.signature_personal,
        )

        self.assertFalse(version._is_intact())

    def test_blanked_personal_part_leaves_the_proof_intact(self):
        version = self._create_signed(address="192.0.2.77")

        self._update(version, "signature_personal = NULL")

        self.assertTrue(version._is_intact())
        self.assertEqual(version._get_signature()["name"], "")

    def test_sealed_text_holds_no_personal_data(self):
        version = self._create_signed(address="192.0.2.77")

        for text in ("Marie", "192.0.2", SIGNATURE[:20]):
            with self.subTest(text):
                self.assertNotIn(text, version.signature_snapshot)
                self.assertIn(text, version.signature_personal)

    def test_each_part_is_written_once(self):
        version = self._create_signed().sudo()
        for values in (
            {"signature_snapshot": "{}"},
            {"signature_personal": "{}"},
            {"signature_sha256": "0"},
            {"signed_attachment_id": version.attachment_id.id},
            {"signed_pdf_sha256": False},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                version.write(values)

    def test_second_click_leaves_the_signature_as_it_is(self):
        version = self._create_signed()
        before = version.signature_sha256

        version.order_id.sudo()._proforma_sign("Somebody Else", SIGNATURE)

        self.assertEqual(version.signature_sha256, before)

    def test_signed_version_keeps_its_signature_when_a_new_one_is_issued(self):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan_30_70.id)
        first = order.proforma_version_id
        self._sign(order)

        order.action_proforma_revise()
        order.action_proforma_issue()

        self.assertFalse(order.signature)
        self.assertTrue(first.signature_snapshot)
        self.assertFalse(order.proforma_version_id.signature_snapshot)

    def test_drawing_that_is_no_picture_is_refused(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///x"/></svg>'
        order = self._create_proforma()

        with self.assertRaises(UserError), self.cr.savepoint():
            order.sudo()._proforma_sign("Marie", base64.b64encode(svg).decode())

        order.invalidate_recordset()
        self.assertFalse(order.signature)

    def test_instant_is_universal_with_the_zone_of_the_company(self):
        with freeze_time("2026-07-24 23:05:07"):
            signature = self._create_signed()._get_signature()

        self.assertEqual(signature["signed_on"], "2026-07-24T23:05:07Z")
        self.assertEqual(signature["time_zone"], "Europe/Paris")
        self.assertEqual(
            datetime.fromisoformat(signature["signed_on"]).utcoffset().seconds, 0
        )

    # === NETWORK ADDRESS === #

    def test_address_is_kept_as_far_as_the_company_wants(self):
        for setting, kept in (
            ("none", ""),
            ("truncated", "192.0.2.0/24"),
            ("full", "192.0.2.77"),
        ):
            self.env.company.proforma_signature_address = setting
            with self.subTest(setting):
                signature = self._create_signed(address="192.0.2.77")._get_signature()
                self.assertEqual(signature["address"], kept)

    def test_address_is_shortened_unless_told_otherwise(self):
        company = self.env["res.company"].create({"name": "New company"})

        self.assertEqual(company.proforma_signature_address, "truncated")
