import runpy

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tools.misc import file_path

from .common_status import ProformaStatusCommon

SCRIPT = "proforma_ecom/migrations/19.0.3.1.0/post-feedback.py"


@tagged("post_install", "-at_install")
class TestSaleOrderFeedbackLink(ProformaStatusCommon, HttpCase):
    """The e-mail that tells of the end of a pro forma leads to the question."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.proforma_ask_feedback = True
        cls.order = cls._create_listed_order()
        cls.order.action_proforma_issue()

    def _accept(self, order):
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()

    def _get_body(self, kind, order=None):
        template = self._get_notice(kind)._get_template()
        order = order or self.order
        return template._render_field("body_html", order.ids)[order.id]

    def _get_links(self, body):
        anchors = html.fromstring(body).xpath("//a/@href")
        return [url for url in anchors if url.endswith("#proforma_feedback")]

    def test_email_of_each_end_leads_to_the_question_once(self):
        expired = self._create_expired()
        declined = self._create_listed_order()
        declined.action_proforma_issue()
        declined._proforma_decline()
        self._accept(self.order)
        for kind, order in (
            ("expired", expired),
            ("declined", declined),
            ("accepted", self.order),
        ):
            with self.subTest(kind):
                links = self._get_links(self._get_body(kind, order))

                self.assertEqual(links, [order._get_proforma_feedback_url()])

    def test_link_opens_the_question_without_a_login(self):
        self._accept(self.order)
        self.authenticate(None, None)

        page = self.url_open(self.order._get_proforma_feedback_url())

        self.assertIn('id="proforma_feedback"', page.text)

    def test_who_has_answered_is_not_asked_again(self):
        self.order._proforma_decline()
        self.order.sudo()._proforma_rate(5, partner=self.customer)

        self.assertFalse(self._get_links(self._get_body("declined")))

    def test_company_that_does_not_ask_sends_no_link(self):
        self.env.company.proforma_ask_feedback = False
        self.order._proforma_decline()

        self.assertFalse(self._get_links(self._get_body("declined")))

    # === UPGRADE === #

    def _upgrade(self, body, lang="en_US"):
        template = self._get_notice("declined")._get_template()
        template.with_context(lang=lang).body_html = body
        self.env.flush_all()
        for _time in range(2):
            runpy.run_path(file_path(SCRIPT))["migrate"](self.env.cr, "19.0.3.0.0")
        self.env.invalidate_all()
        return template.with_context(lang=lang).body_html

    def test_upgrade_adds_the_link_to_what_was_shipped_once(self):
        body = self._upgrade(
            "<p>Hello<br/>Do you have a question? Simply answer this e-mail.</p>"
        )

        self.assertEqual(body.count("How was it?"), 1)
        self.order._proforma_decline()
        self.assertEqual(len(self._get_links(self._get_body("declined"))), 1)

    def test_upgrade_speaks_the_language_of_the_email(self):
        self._speak_french()
        nbsp = "\N{NO-BREAK SPACE}"
        sentence = f"Une question{nbsp}? Répondez simplement à cet e-mail."

        body = self._upgrade(f"<p>Bonjour<br/>{sentence}</p>", "fr_FR")

        self.assertIn("Comment cela s’est-il passé", body)

    def test_upgrade_leaves_what_a_shop_wrote_itself(self):
        body = "<p>Hello, call us.</p>"

        self.assertEqual(self._upgrade(body), body)
