from odoo.exceptions import UserError
from odoo.tests import freeze_time, new_test_user, tagged

from ..notices import NOTICES, PREVIEW_DOMAINS
from .common_status import ProformaStatusCommon


@tagged("post_install", "-at_install")
class TestMailTemplatePreview(ProformaStatusCommon):
    """The preview of a status e-mail shows what its recipient gets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Others of the database would be shown as well.
        cls.env["sale.order"].search([]).sudo().proforma_issued_on = False
        cls.issued = cls._create_listed_order()
        cls.issued.action_proforma_issue()

    def _preview(self, kind, user=None):
        notice = self._get_notice(kind).sudo(False).with_user(user or self.env.user)
        preview = self.env["mail.template.preview"].with_user(user or self.env.user)
        return preview.browse(notice.action_preview()["res_id"])

    def test_preview_shows_a_pro_forma_in_the_state_that_it_tells_of(self):
        expired = self._create_expired()

        self.assertEqual(self._preview("expired").resource_ref, expired)
        self.assertEqual(self._preview("issued").resource_ref, self.issued)

    def test_preview_has_the_button_and_the_frame_of_the_email(self):
        self._create_expired()

        body = self._preview("expired").body_html

        self.assertIn("Ask for a renewal", body)
        self.assertIn("access_token", body)

    def test_preview_shows_the_file_that_is_attached(self):
        preview = self._preview("issued")

        self.assertEqual(
            preview.attachment_ids, self.issued.proforma_version_id.attachment_id
        )

    def test_preview_says_of_which_pro_forma_it_is(self):
        hint = self._preview("issued").proforma_hint

        self.assertEqual(
            hint,
            f"{self.issued.proforma_number} of {self.customer.name}: Issued",
        )

    def test_preview_says_that_no_pro_forma_is_in_the_state(self):
        declined = self.env["sale.order"].search([("proforma_state", "=", "declined")])
        self.assertFalse(declined, "The test needs a database without.")

        preview = self._preview("declined")

        self.assertEqual(preview.resource_ref, self.issued)
        self.assertIn("sent in another case", preview.proforma_hint)

    def test_preview_of_an_answer_shows_the_answer(self):
        self.issued.sudo()._proforma_ask("When?", self.customer)
        self.issued.proforma_request_ids._close("answered", "On Monday.", tell=False)

        self.assertIn("On Monday.", self._preview("request_answered").body_html)

    def test_every_status_email_has_a_preview(self):
        for kind in NOTICES:
            with self.subTest(kind):
                self.assertIn(kind, PREVIEW_DOMAINS)
                self.assertIn("</body>", self._preview(kind).body_html)

    def test_preview_sends_and_changes_nothing(self):
        messages = self.issued.message_ids

        with self.mock_mail_gateway():
            self.assertTrue(self._preview("issued").body_html)

        self.assertFalse(self._new_mails)
        self.assertEqual(self.issued.message_ids, messages)

    def test_preview_shows_no_pro_forma_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})

        with self.assertRaisesRegex(UserError, "no pro forma to show"):
            self._get_notice("issued", other).action_preview()

    def test_manager_of_sales_sees_the_preview(self):
        user = new_test_user(
            self.env, "boss", "sales_team.group_sale_manager,base.group_user"
        )

        self.assertIn("Open the pro forma", self._preview("issued", user).body_html)

    @freeze_time("2026-11-12 10:00:00")
    def test_preview_of_a_step_after_the_deadline_shows_an_expired_one(self):
        expired = self._create_expired()
        step = self.env.ref("proforma_ecom.reminder_plan_standard").step_ids.filtered(
            lambda step: step.base == "deadline" and step.delay > 0
        )[:1]

        preview = self.env["mail.template.preview"].browse(
            step.action_preview()["res_id"]
        )

        self.assertEqual(preview.resource_ref, expired)

    def test_preview_of_other_templates_stays_as_it_is(self):
        template = self.env.ref("proforma_ecom.mail_template_proforma_issued")
        preview = self.env["mail.template.preview"].create(
            {
                "mail_template_id": template.id,
                "resource_ref": f"sale.order,{self.issued.id}",
            }
        )

        self.assertNotIn("</body>", preview.body_html)
        self.assertFalse(preview.proforma_hint)
