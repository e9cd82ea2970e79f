from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common_status import ProformaStatusCommon

# Core checks a template when it is saved; this one fails once it is used.
BROKEN = """<p t-out="1 / (object.proforma_state != 'declined')"/>"""

NOTICE_LOGGER = "odoo.addons.proforma_ecom.models.sale_order_notice"


@tagged("post_install", "-at_install")
class TestSaleOrderNotice(ProformaStatusCommon):
    def _decline(self, order):
        with self.mock_mail_gateway():
            order._proforma_decline(partner=self.customer)

    def _get_subjects(self):
        return [mail["subject"] for mail in self._mails]

    # === WHAT IS SENT === #

    def test_customer_who_declines_gets_a_confirmation(self):
        order = self._create_proforma()

        self._decline(order)

        [mail] = self._mails
        self.assertEqual(mail["email_to"], [self.customer.email_formatted])
        self.assertIn(f"you declined {order.proforma_number}", mail["subject"])

    def test_refusal_that_a_user_recorded_is_not_confirmed(self):
        order = self._create_proforma()
        reason = self.env["proforma.decline.reason"].search([], limit=1)
        wizard = self.env["proforma.refusal"].create(
            {"order_id": order.id, "reason_id": reason.id}
        )

        with self.mock_mail_gateway():
            wizard.action_decline()

        self.assertFalse(self._mails)

    def test_later_version_has_another_text_and_the_pdf(self):
        order = self._create_proforma()
        order.action_proforma_revise()
        order.action_proforma_issue()

        with self.mock_mail_gateway():
            order._proforma_send_mail()

        [mail] = self._mails
        self.assertIn("new version", mail["subject"])
        [(name, content, _mimetype)] = mail["attachments"]
        self.assertEqual(content, order.proforma_version_id.sudo().attachment_id.raw)

    def test_acceptance_brings_the_signed_copy(self):
        order = self._create_proforma()

        with self.mock_mail_gateway():
            self._sign(order)

        mails = [m for m in self._mails if "confirmed" in m["subject"]]
        [(name, content, _mimetype)] = mails[0]["attachments"]
        signed = order.proforma_version_id.sudo().signed_attachment_id
        self.assertEqual(content, signed.raw)

    def test_deleting_the_copy_keeps_the_signed_file(self):
        order = self._create_proforma()
        with self.mock_mail_gateway():
            self._sign(order)

        order.message_ids.attachment_ids.unlink()

        self.assertTrue(order.proforma_version_id.sudo().signed_attachment_id.raw)

    def test_question_is_answered_by_a_receipt_where_wanted(self):
        for is_active, count in ((False, 0), (True, 1)):
            with self.subTest(is_active):
                self._switch("received", is_active)
                order = self._create_proforma()

                with self.mock_mail_gateway():
                    order._proforma_ask("When?", self.customer)

                found = [m for m in self._mails if "your request" in m["subject"]]
                self.assertEqual(
                    [mail["email_to"] for mail in found],
                    [[self.customer.email_formatted]] * count,
                )

    def test_changes_of_one_version_are_told_once(self):
        self._switch("in_progress", True)
        order = self._create_proforma()

        with self.mock_mail_gateway():
            for quantity in (11, 12):
                order.order_line.product_uom_qty = quantity

        [subject] = self._get_subjects()
        self.assertIn("being revised", subject)

    def test_own_template_is_used_with_the_pdf(self):
        template = self._get_notice("issued")._get_template().copy({"subject": "Ours"})
        self._get_notice("issued").template_id = template
        order = self._create_proforma()

        with self.mock_mail_gateway():
            order._proforma_send_mail()

        self.assertEqual(self._get_subjects(), ["Ours"])
        self.assertEqual(len(self._mails[0]["attachments"]), 1)

    def test_text_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        template = self._get_notice("declined")._get_template()
        template.with_context(lang="fr_FR").subject = "Vous avez décliné"
        order = self._create_proforma()

        self._decline(order)

        self.assertEqual(self._get_subjects(), ["Vous avez décliné"])

    # === SWITCHES AND REPETITION === #

    def test_switched_off_is_not_sent(self):
        self._switch("declined", False)
        order = self._create_proforma()

        self._decline(order)

        self.assertFalse(self._mails)

    def test_other_company_that_switched_it_off_changes_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._switch("declined", False, other)
        order = self._create_proforma()

        self._decline(order)

        self.assertEqual(len(self._mails), 1)

    def test_shop_mail_that_is_switched_off_waits_for_no_pdf(self):
        self._switch("issued", False)
        order = self._create_proforma_without_pdf()

        self.assertFalse(self._send_mail_without_pdf(order))

        self.assertFalse(order.proforma_version_id.is_mail_waiting)

    def test_second_call_sends_no_second_mail(self):
        order = self._create_proforma()

        with self.mock_mail_gateway():
            first = order._proforma_send_notice("changed")
            second = order._proforma_send_notice("changed")

        self.assertEqual((first, second), (order, order.browse()))
        self.assertEqual(len(self._mails), 1)

    @mute_logger("odoo.sql_db")
    def test_server_that_is_slower_sends_nothing(self):
        order = self._create_proforma()
        order._proforma_send_notice("declined")
        orders = self.env.registry["sale.order"]

        # It does not see yet what the faster one wrote.
        with patch.object(orders, "_has_proforma_notice", return_value=False):
            sent = order._proforma_send_notice("declined")

        self.assertFalse(sent)
        self.assertEqual(len(self._get_mailings(order, "declined")), 1)

    def test_next_version_is_told_again(self):
        order = self._create_proforma()
        with self.mock_mail_gateway():
            order._proforma_send_notice("declined")
        order.action_proforma_revise()
        order.action_proforma_issue()

        self.assertEqual(order._proforma_send_notice("declined"), order)

    def test_company_has_each_kind_once(self):
        company = self.env["res.company"].create({"name": "New"})
        company._create_proforma_notices()

        notices = self.env["proforma.notice"].search([("company_id", "=", company.id)])

        self.assertEqual(len(notices), len(set(notices.mapped("kind"))))
        self.assertEqual(
            set(notices.filtered(lambda n: not n.is_active).mapped("kind")),
            {"received", "in_progress", "expired_seller"},
        )

    # === FAULTS === #

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", NOTICE_LOGGER)
    def test_broken_template_does_not_stop_what_it_tells_of(self):
        template = self._get_notice("declined")._get_template()
        template.body_html = BROKEN
        order = self._create_proforma(user_id=self.sale_user.id)

        self._decline(order)

        self.assertEqual(order.proforma_state, "declined")
        self.assertEqual(self._get_mailings(order, "declined").state, "failed")
        self.assertEqual(self._count_events(order, "mail_failed"), 1)
        self.assertEqual(order.activity_ids.user_id, self.sale_user)

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", NOTICE_LOGGER)
    def test_mended_template_is_sent_again(self):
        template = self._get_notice("declined")._get_template()
        good = template.body_html
        template.body_html = BROKEN
        order = self._create_proforma()
        self._decline(order)
        template.body_html = good

        with self.mock_mail_gateway():
            self._get_mailings(order, "declined").action_send_again()

        self.assertEqual(len(self._mails), 1)
        self.assertEqual(self._get_mailings(order, "declined").state, "sent")

    # === EXPIRY === #

    def _run_expiry_notices(self, instant="2026-11-12 08:00:00"):
        with freeze_time(instant), self.mock_mail_gateway():
            self._run_cron("ir_cron_send_expiry_notices")
            self.env["mail.mail"].process_email_queue()

    def _create_switched_expired(self, **values):
        with freeze_time("2026-11-01 08:00:00"):
            self._switch("expired", True)
        self._get_notice("expired").active_since = "2026-11-01 08:00:00"
        return self._create_expired(**values)

    def test_expiry_is_told_once_with_a_button_to_renew(self):
        order = self._create_switched_expired()

        self._run_expiry_notices()
        mails = [m for m in self._mails if "has expired" in m["subject"]]
        self._run_expiry_notices("2026-11-12 09:00:00")

        self.assertFalse(self._mails)
        [mail] = mails
        self.assertIn(f"{order.proforma_number} has expired", mail["subject"])
        self.assertIn("Ask for a renewal", mail["body"])
        self.assertIn(f"access_token={order.access_token}", mail["body"])

    def test_expiry_that_nobody_needs_to_hear_of(self):
        for reason, change, instant in (
            ("days ago", lambda _order: None, "2026-11-15 08:00:00"),
            (
                "before it was switched on",
                lambda _order: self._get_notice("expired").write(
                    {"active_since": "2026-11-12 07:00:00"}
                ),
                "2026-11-12 08:00:00",
            ),
            (
                "renewed since",
                lambda order: (
                    order.write({"validity_date": "2026-12-01"}),
                    order.action_proforma_issue(),
                ),
                "2026-11-12 08:00:00",
            ),
            (
                "renewal asked for",
                lambda order: (
                    order.company_id.write({"proforma_renewal_policy": "never"}),
                    order.sudo()._proforma_request_renewal(self.customer),
                ),
                "2026-11-12 08:00:00",
            ),
            (
                "switched off",
                lambda _order: self._switch("expired", False),
                "2026-11-12 08:00:00",
            ),
        ):
            with self.subTest(reason):
                order = self._create_switched_expired()
                change(order)

                self._run_expiry_notices(instant)

                self.assertFalse(self._get_mailings(order, "expired"))

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", NOTICE_LOGGER)
    def test_one_bad_record_does_not_stop_the_others(self):
        bad, good = (self._create_switched_expired() for _ in range(2))
        template = self._get_notice("expired")._get_template()
        template.body_html = """<p t-out="1 / (object.origin != 'bad')"/>"""
        bad.origin = "bad"

        self._run_expiry_notices()

        states = [self._get_mailings(order, "expired").state for order in bad + good]
        self.assertEqual(states, ["failed", "sent"])

    def test_salesperson_is_told_where_wanted_and_the_customer_is_not(self):
        order = self._create_switched_expired()
        self._switch("expired", False)
        self._switch("expired_seller", True)
        self._get_notice("expired_seller").active_since = "2026-11-01"

        self._run_expiry_notices()

        [message] = self._get_mailings(order, "expired_seller").mail_message_id
        self.assertEqual(message.partner_ids, self.sale_user.partner_id)
        self.assertTrue(message.is_internal or message.subtype_id.internal)

    def test_expiry_writes_no_row_for_its_notice(self):
        order = self._create_expired()

        self.assertFalse(order.proforma_version_id.all_mailing_ids)

    # === PREVIEW === #

    def test_preview_shows_the_last_pro_forma(self):
        order = self._create_proforma()
        manager = self.sale_manager

        action = self._get_notice("expired").with_user(manager).action_preview()

        preview = self.env["mail.template.preview"].browse(action["res_id"])
        self.assertEqual(preview.resource_ref, order)
        self.assertIn(order.proforma_number, preview.subject)
        self.assertFalse(preview.error_msg)

    def test_every_template_can_be_previewed(self):
        order = self._create_proforma(
            proforma_deposit_plan_id=self.plan_30_70.id,
            order_line=[Command.create({"product_id": self.product.id})],
        )
        notices = self.env["proforma.notice"].search(
            [("company_id", "=", self.env.company.id)]
        )
        for notice in notices:
            with self.subTest(notice.kind):
                preview = self.env["mail.template.preview"].browse(
                    notice.action_preview()["res_id"]
                )

                self.assertIn(order.partner_id.name, preview.body_html)
