import json

from odoo.tests import HttpCase, tagged

from .common import ProformaCommon

ACCOUNTING = (
    "This pro forma invoice is a commercial offer without accounting value; it is not a"
    " tax invoice and gives no right to deduct taxes."
)


@tagged("post_install", "-at_install")
class TestProformaMentionDocument(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mention = cls.env["proforma.mention"].create(
            {"name": "Ours", "code": "ours", "text": "Ours <b>& only</b> ours."}
        )

    def _get_mentions(self, order):
        return order.proforma_version_id._get_document()["mentions"]

    def _get_body(self, order):
        document = order.proforma_version_id._get_document()
        return self.env["proforma.renderer"]._render_html(document)

    def test_document_says_first_what_it_is_not(self):
        self.mention.sequence = 1

        mentions = self._get_mentions(self._create_proforma())

        self.assertEqual(
            mentions[0],
            {"code": "accounting", "kind": "accounting", "text": ACCOUNTING},
        )
        self.assertEqual(
            [mention["code"] for mention in mentions],
            ["accounting", "ours", "validity", "untaxed"],
        )

    def test_mentions_are_printed_as_plain_text(self):
        parts = self._get_body(self._create_proforma())

        self.assertIn("Ours &lt;b&gt;&amp; only&lt;/b&gt; ours.", parts["body"])
        self.assertIn(ACCOUNTING, parts["footer"])
        self.assertNotIn(ACCOUNTING, parts["body"])

    def test_french_document_has_french_mentions(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.mention.with_context(lang="fr_FR").text = "Rien qu’à nous."
        self.customer.lang = "fr_FR"

        mentions = self._get_mentions(self._create_proforma())

        self.assertIn(
            {"code": "ours", "kind": "other", "text": "Rien qu’à nous."}, mentions
        )

    def test_issued_document_keeps_its_mentions(self):
        order = self._create_proforma()
        before = self._get_mentions(order)

        self.mention.unlink()

        self.assertIn("ours", [mention["code"] for mention in before])
        self.assertEqual(self._get_mentions(order), before)

    def test_change_of_a_mention_is_no_revision(self):
        order = self._create_proforma()

        self.mention.text = "Theirs."
        order.order_line.name = order.order_line.name
        self.assertEqual(order.proforma_state, "issued")

        order.action_proforma_issue()
        self.assertEqual(order.proforma_version_count, 1)

    def test_next_version_takes_the_new_mentions(self):
        order = self._create_proforma()
        self.mention.text = "Theirs."
        order.action_proforma_revise()
        order.action_proforma_issue()

        self.assertEqual(order.proforma_version_id.version, 2)
        self.assertEqual(self._get_mentions(order)[2]["text"], "Theirs.")

    def test_document_of_the_first_format_is_still_read(self):
        order = self._create_proforma()
        version = order.proforma_version_id
        snapshot = json.loads(version.snapshot)
        snapshot["mentions"] = ["Not an invoice.", "Valid for long.", "Something else."]
        self.env.cr.execute(
            "UPDATE proforma_version SET snapshot = %s WHERE id = %s",
            [json.dumps(snapshot), version.id],
        )
        version.invalidate_recordset()

        self.assertEqual(
            self._get_mentions(order),
            [
                {"code": "accounting", "kind": "accounting", "text": "Not an invoice."},
                {"code": "validity", "kind": "validity", "text": "Valid for long."},
                {"code": "", "kind": "other", "text": "Something else."},
            ],
        )
        parts = self._get_body(order)
        self.assertIn("Not an invoice.", parts["footer"])
        self.assertIn("Something else.", parts["body"])
        self.assertIn("Something else.", order.proforma_mention_panel)


@tagged("post_install", "-at_install")
class TestProformaMentionPortal(ProformaCommon, HttpCase):
    def test_customer_reads_the_mentions_on_his_page(self):
        order = self._create_proforma()

        page = self.url_open(order.get_portal_url()).text

        self.assertIn(ACCOUNTING, page)
        self.assertIn("No tax is charged on this sale.", page)
        self.assertNotIn("&#39;code&#39;", page)
