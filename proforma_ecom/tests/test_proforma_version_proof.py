import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..utils import sha256_hex
from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestProformaVersionProof(ProformaCommon):
    def test_version_is_intact_when_fresh(self):
        self.assertTrue(self._create_proforma().proforma_version_id._is_intact())

    def test_changed_snapshot_is_noticed(self):
        version = self._create_proforma().proforma_version_id
        changed = version.snapshot.replace("1000.00", "1.00")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE proforma_version SET snapshot = %s WHERE id = %s",
            [changed, version.id],
        )
        version.invalidate_recordset()

        self.assertFalse(version._is_intact())

    def test_changed_pdf_is_noticed(self):
        version = self._create_proforma().proforma_version_id
        version.sudo().attachment_id.raw = b"%PDF-1.4 another"

        self.assertFalse(version._is_intact())

    def test_version_holds_the_hash_of_the_one_before(self):
        order = self._create_proforma()
        first = order.proforma_version_id
        order.action_proforma_revise()
        order.action_proforma_issue()

        self.assertEqual(
            order.proforma_version_id.previous_sha256, first.snapshot_sha256
        )

    def test_hash_can_be_computed_from_the_outside(self):
        version = self._create_proforma().proforma_version_id

        self.assertEqual(version.snapshot_sha256, sha256_hex("", version.snapshot))

    def test_version_cannot_be_changed(self):
        version = self._create_proforma().proforma_version_id

        with self.assertRaises(UserError):
            version.sudo().amount_total = 1

    def test_version_cannot_be_deleted(self):
        version = self._create_proforma().proforma_version_id

        with self.assertRaises(UserError):
            version.sudo().unlink()

    def test_pdf_is_stored_only_once(self):
        version = self._create_proforma().proforma_version_id
        other = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})

        with self.assertRaises(UserError):
            version.sudo().attachment_id = other

    def test_snapshot_holds_no_personal_data(self):
        version = self._create_proforma().proforma_version_id

        self.assertNotIn(self.customer.name, version.snapshot)
        self.assertNotIn(self.customer.street, version.snapshot)
        self.assertIn(self.customer.street, version.snapshot_personal)

    def test_same_customer_has_another_personal_hash_each_time(self):
        first, second = self._create_proforma(), self._create_proforma()

        self.assertNotEqual(
            *(
                json.loads(order.proforma_version_id.snapshot)["personal_sha256"]
                for order in (first, second)
            )
        )

    def test_blanked_personal_part_leaves_the_proof_intact(self):
        version = self._create_proforma().proforma_version_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE proforma_version SET snapshot_personal = NULL WHERE id = %s",
            [version.id],
        )
        version.invalidate_recordset()

        self.assertTrue(version._is_intact())
        self.assertEqual(version._get_document()["customer"]["name"], "")
