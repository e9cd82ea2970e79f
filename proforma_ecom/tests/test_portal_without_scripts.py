from odoo.tests import HttpCase, tagged

from .common_forms import FormsCommon
from .common_negotiation import ProformaNegotiationPortalCommon


@tagged("post_install", "-at_install")
class TestPortalWithoutScripts(FormsCommon, ProformaNegotiationPortalCommon, HttpCase):
    """The forms of the customer's pages do their work where no script runs."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _get_requests(self):
        self.env.invalidate_all()
        return self.order.sudo().proforma_request_ids

    def test_new_total_is_computed_by_the_button(self):
        page = self._submit(
            self._get("/change"),
            "/change",
            button="preview",
            **{f"qty_{self.tray_line.id}": "4"},
        )

        form = self._find_form(page, "/change")
        total = form.xpath(".//*[contains(@class, 'o_proforma_change_total')]")
        self.assertIn(
            "1,440.00", [" ".join(t.text_content().split()) for t in total][-1]
        )
        self.assertEqual(form.fields[f"qty_{self.tray_line.id}"], "4")
        self.assertUntouched()

    def test_change_is_sent_after_it_was_computed(self):
        page = self._submit(
            self._get("/change"),
            "/change",
            button="preview",
            **{f"qty_{self.tray_line.id}": "4", "message": "For the fair"},
        )

        self._submit(page, "/change", button="send")

        self.assertIn("For the fair", self._get_requests().mapped("message"))
        self.assertEqual(self.order.proforma_version_id.version, 2)
        self.assertEqual(self.tray_line.product_uom_qty, 4.0)

    def test_line_is_removed_and_option_added(self):
        self._submit(
            self._get("/change"),
            "/change",
            button="send",
            **{f"remove_{self.tray_line.id}": True, f"add_{self.cover.id}": "2"},
        )

        self.assertNotIn(self.tray, self.order.order_line.product_id)
        self.assertIn(self.cover, self.order.order_line.product_id)

    def test_wrong_quantity_is_told_at_its_line(self):
        page = self._submit(
            self._get("/change"),
            "/change",
            button="send",
            **{f"qty_{self.tray_line.id}": "0.5"},
        )

        self.assertIn("smallest quantity is 1", page.text)
        self.assertUntouched()

    def test_price_is_offered(self):
        self.env.company.proforma_offer_rule = "never"

        page = self._submit(self._get("/offer"), "/offer", amount="1200")

        self.assertEqual(self._get_requests().kind, "offer")
        self.assertNotIn("alert-danger", page.text)

    def test_offer_is_withdrawn(self):
        self.env.company.proforma_offer_rule = "never"
        self._offer("1200")
        request = self._get_requests()

        self._submit(self._get(), f"/requests/{request.id}/withdraw")

        self.assertEqual(self._get_requests().state, "withdrawn")

    def test_question_is_asked(self):
        self._submit(self._get(), "/question", question="Is it in stock?")

        bodies = "".join(self.order.message_ids.mapped("body"))
        self.assertIn("Is it in stock?", bodies)

    def test_question_on_a_line_is_asked(self):
        self._submit(
            self._get(), f"/lines/{self.tray_line.id}/question", question="Which size?"
        )

        self.assertEqual(self._get_requests().order_line_id, self.tray_line)

    def test_proforma_is_declined_with_a_reason(self):
        reason = self.env["proforma.decline.reason"].search([], limit=1)

        self._submit(self._get(), "/decline", reason_id=str(reason.id), comment="No")

        self.order.invalidate_recordset()
        self.assertEqual(self.order.proforma_state, "declined")
        self.assertEqual(self.order.proforma_decline_reason_id, reason)

    def test_renewal_is_asked_for(self):
        self.order._set_proforma_expired()

        page = self._submit(self._get(), "/renew")

        self.assertNotIn("alert-danger", page.text)
        kinds = set(self.order.proforma_event_ids.mapped("kind"))
        self.assertTrue(kinds & {"renewal_asked", "renewed"}, kinds)

    def test_reminders_are_refused(self):
        self._submit(self._get("/reminders"), "/reminders", button="document")

        self.assertEqual(self.order._get_proforma_reminder_choice(), "document")

    def test_terms_are_accepted(self):
        self.env.company.proforma_require_terms = True

        page = self._submit(self._get("/sign"), "/terms", agreed=True)

        self.assertIn("portal.signature_form", page.text)

    def test_page_of_the_signature_says_what_to_do(self):
        page = self._get("/sign").text

        note = page.partition("<noscript>")[2].partition("</noscript>")[0]
        self.assertIn("Signing needs JavaScript", note)
        self.assertIn(f"/my/proformas/{self.order.id}?", note)
