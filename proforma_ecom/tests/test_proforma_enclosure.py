import base64

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..reports.pdf_merge import get_embedded_files, open_pdf
from ..utils import sha256_hex
from .common import ProformaCommon
from .pdf_files import damage, find_pages, get_pages, make_pdf


@tagged("post_install", "-at_install")
class TestProformaEnclosure(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terms = make_pdf("Old terms", pages=2)
        cls.env.company.proforma_terms_pdf = base64.b64encode(cls.terms)

    def _get_pdf(self, order):
        return order.proforma_version_id.sudo().attachment_id.raw

    def _replace_terms(self):
        content = make_pdf("New terms")
        self.env.company.proforma_terms_pdf = base64.b64encode(content)

    def _damage(self, record, field):
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("res_field", "=", field),
            ]
        )
        damage(attachment)

    def _get_messages(self, order):
        bodies = order.message_ids.mapped("body")
        return [str(body) for body in bodies if "cannot be read" in body]

    def test_terms_stand_behind_the_document(self):
        order = self._create_proforma()

        pages = get_pages(self._get_pdf(order))
        self.assertIn(order.proforma_number, pages[0])
        self.assertEqual(
            [page.strip() for page in pages[-2:]], ["Old terms 1", "Old terms 2"]
        )

    def test_file_has_the_title_of_the_proforma(self):
        version = self._create_proforma().proforma_version_id
        renderer = self.env["proforma.renderer"]
        own = renderer._render_pdf(version._get_document())

        whole, _lost = version._enclose(own)

        self.assertTrue(open_pdf(own).metadata.title)
        self.assertEqual(open_pdf(whole).metadata.title, open_pdf(own).metadata.title)

    def test_document_names_its_enclosures(self):
        document = self._create_proforma().proforma_version_id._get_document()

        self.assertEqual(
            document["enclosures"],
            [
                {
                    "place": "back",
                    "name": "Terms of sale",
                    "sha256": sha256_hex(self.terms),
                }
            ],
        )

    def test_name_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        order = self._create_proforma()

        name = order.proforma_version_id._get_document()["enclosures"][0]["name"]

        self.assertEqual(name, order.with_context(lang="fr_FR").env._("Terms of sale"))

    def test_version_keeps_its_terms(self):
        version = self._create_proforma_without_pdf().proforma_version_id
        self._replace_terms()

        version._ensure_pdf()

        self.assertEqual(
            find_pages(version.sudo().attachment_id.raw, "New terms", "Old terms 1")[0],
            None,
        )
        self.assertIn("Old terms 2", get_pages(version.sudo().attachment_id.raw)[-1])

    def test_second_issue_takes_the_new_terms(self):
        order = self._create_proforma()
        self._replace_terms()
        order.action_proforma_revise()

        order.action_proforma_issue()

        self.assertIn("New terms", get_pages(self._get_pdf(order))[-1])

    def test_new_terms_in_the_settings_call_nothing_back(self):
        order = self._create_proforma()
        self._replace_terms()

        order.client_order_ref = order.client_order_ref

        self.assertEqual(order.proforma_state, "issued")

    def test_template_with_other_terms_means_revision(self):
        order = self._create_proforma()
        template = self.env["sale.order.template"].create(
            {
                "name": "Kitchen",
                "proforma_terms_pdf": base64.b64encode(make_pdf("Template terms")),
            }
        )

        order.sale_order_template_id = template

        self.assertEqual(order.proforma_state, "revising")

    def test_version_of_earlier_releases_is_not_called_back(self):
        order = self._create_proforma()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE proforma_version SET enclosure_choice_sha256 = NULL WHERE id = %s",
            [order.proforma_version_id.id],
        )
        self.env.invalidate_all()

        order.client_order_ref = order.client_order_ref

        self.assertEqual(order.proforma_state, "issued")

    def test_document_of_earlier_releases_has_no_enclosure(self):
        version = self._create_proforma().proforma_version_id
        document = version._get_document()
        del document["enclosures"]
        self.patch(type(version), "_get_document", lambda self: document)

        self.assertEqual(version._enclose(b"own pages"), (b"own pages", []))

    def test_enclosed_pages_of_a_version_cannot_be_written(self):
        version = self._create_proforma().proforma_version_id

        for fname in ("front_pdf", "back_pdf", "enclosure_choice_sha256"):
            with self.subTest(fname), self.assertRaises(UserError):
                version.sudo().write({fname: False})

    def test_file_embedded_in_the_terms_is_kept(self):
        self.env.company.proforma_terms_pdf = base64.b64encode(
            make_pdf("Terms", embedded={"table.csv": b"1;2"})
        )

        order = self._create_proforma()

        self.assertEqual(
            get_embedded_files(self._get_pdf(order)), {"table.csv": b"1;2"}
        )

    def test_order_without_terms_gets_the_document_as_rendered(self):
        self.env.company.proforma_terms_pdf = False

        version = self._create_proforma().proforma_version_id

        self.assertEqual(version._get_document()["enclosures"], [])
        self.assertFalse(version.back_pdf)

    @mute_logger("PyPDF2._reader")
    def test_terms_that_became_unreadable_do_not_stop_the_issue(self):
        self._damage(self.env.company, "proforma_terms_pdf")

        order = self._create_proforma()

        self.assertEqual(order.proforma_version_id.pdf_state, "done")
        self.assertEqual(order.proforma_version_id._get_document()["enclosures"], [])
        self.assertEqual(len(self._get_messages(order)), 1)

    @mute_logger("PyPDF2._reader")
    def test_kept_part_that_became_unreadable_is_left_out(self):
        order = self._create_proforma_without_pdf()
        version = order.proforma_version_id
        self._damage(version, "back_pdf")

        version._ensure_pdf()

        self.assertEqual(version.pdf_state, "done")
        self.assertIsNone(find_pages(self._get_pdf(order), "Old terms")[0])
        self.assertEqual(len(self._get_messages(order)), 1)

    @mute_logger("PyPDF2._reader")
    def test_message_names_version_and_part(self):
        self._damage(self.env.company, "proforma_terms_pdf")

        order = self._create_proforma()

        message = self._get_messages(order)[0]
        self.assertIn(order.proforma_number, message)
        self.assertIn("Terms of sale", message)

    def test_several_files_at_one_place_stand_in_their_order(self):
        order = self._create_order()
        parts = [
            {"place": "back", "name": name, "content": make_pdf(name)}
            for name in ("First", "Second")
        ]
        vals = self.env["proforma.version"]._prepare_enclosure_vals(order, parts)

        pages = get_pages(base64.b64decode(vals["back_pdf"]))

        self.assertEqual([page.strip() for page in pages], ["First 1", "Second 1"])
