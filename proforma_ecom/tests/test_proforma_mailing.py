from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .common_status import ProformaStatusCommon

MAIL_LOGGER = "odoo.addons.mail.models.mail_mail"


@tagged("post_install", "-at_install")
class TestProformaMailing(ProformaStatusCommon):
    """The proof of sending: what became of the e-mails of a version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proforma(user_id=cls.sale_user.id)

    @property
    def mailing(self):
        return self.order.proforma_version_id.mailing_ids

    def _send(self):
        with self.mock_mail_gateway(mail_unlink_sent=True):
            self.order._proforma_send_mail()

    def _send_through_a_broken_server(self, order=None):
        with (
            self.mock_mail_gateway(),
            patch.object(
                IrMail_Server, "send_email", side_effect=OSError("Connection refused")
            ),
            mute_logger(MAIL_LOGGER),
        ):
            (order or self.order)._proforma_send_mail()

    def _bounce(self):
        message = self.mailing.mail_message_id
        self.env["mail.thread"]._routing_handle_bounce(
            None,
            {
                "bounced_email": "customer@example.com",
                "bounced_partner": self.customer,
                "bounced_msg_ids": [message.message_id],
                "bounced_message": message,
                "email_from": "MAILER-DAEMON@example.com",
                "to": "bounce@example.com",
                "message_id": "<1@example.com>",
                "body": "<p>No such user</p>",
            },
        )

    # === OUTCOME === #

    @freeze_time("2026-11-02 09:00:00")
    def test_sent_mail_leaves_address_and_time(self):
        self._send()

        self.assertRecordValues(
            self.mailing,
            [
                {
                    "kind": "issued",
                    "state": "sent",
                    "addresses": "customer@example.com",
                    "failure_reason": False,
                }
            ],
        )
        self.assertEqual(str(self.mailing.sent_on), "2026-11-02 09:00:00")

    def test_proof_outlives_what_core_forgets(self):
        self._send()
        message = self.mailing.mail_message_id
        self.env["mail.notification"].search(
            [("mail_message_id", "=", message.id)]
        ).unlink()

        self.mailing._refresh()

        self.assertRecordValues(
            self.mailing, [{"state": "sent", "addresses": "customer@example.com"}]
        )

    def test_address_is_the_one_of_that_time(self):
        self._send()

        self.customer.email = "new@example.com"

        self.assertEqual(self.mailing.addresses, "customer@example.com")

    def test_mail_of_the_composer_is_followed(self):
        context = self.order.action_proforma_send()["context"]
        composer = Form(self.env["mail.compose.message"].with_context(**context)).save()

        with self.mock_mail_gateway():
            composer._action_send_mail()

        self.assertRecordValues(self.mailing, [{"kind": "issued", "state": "sent"}])

    def test_failure_is_told_once(self):
        self._send_through_a_broken_server()
        self.mailing._refresh()

        self.assertEqual(self.mailing.state, "failed")
        self.assertIn("Connection refused", self.mailing.failure_reason)
        self.assertEqual(self.order.proforma_event_ids[0].note, "Issued")
        self.assertEqual(self._count_events(self.order, "mail_failed"), 1)
        self.assertEqual(self.order.activity_ids.user_id, self.sale_user)
        self.assertIn("Connection refused", self.order.activity_ids.note)

    def test_customer_without_address_is_a_failure(self):
        self.customer.email = False

        self._send()

        self.assertEqual(self.mailing.state, "failed")
        self.assertEqual(len(self.order.activity_ids), 1)

    def test_one_refused_mail_does_not_stop_the_next(self):
        other = self._create_proforma()
        self._send_through_a_broken_server(other)

        self._send()

        self.assertEqual(self.mailing.state, "sent")

    def test_mail_that_came_back(self):
        self._send()

        self._bounce()

        self.assertEqual(self.mailing.state, "bounced")
        self.assertIn("No such user", self.mailing.failure_reason)
        self.assertTrue(self.mailing.sent_on)
        self.assertEqual(self._count_events(self.order, "mail_failed"), 1)

    def test_fault_of_the_proof_does_not_undo_the_sending(self):
        mailings = self.env.registry["proforma.mailing"]
        logger = "odoo.addons.proforma_ecom.models.proforma_mailing"
        with (
            patch.object(mailings, "_note_sent", side_effect=ValueError("Our fault")),
            mute_logger(logger),
            self.mock_mail_gateway(),
        ):
            self.order._proforma_send_mail()

        self.assertEqual(set(self._new_mails.mapped("state")), {"sent"})

    def test_what_stayed_queued_is_asked_for_again(self):
        self._send()
        with freeze_time("2026-11-02 09:00:00"):
            self.mailing.sudo().write({"state": "queued", "queued_on": "2026-11-02"})

            self._run_cron("ir_cron_refresh_mailings")

        self.assertEqual(self.mailing.state, "sent")

    # === SEND AGAIN === #

    def test_failed_mail_is_sent_again_to_the_new_address(self):
        self.customer.email = False
        self._send()
        self.customer.email = "mended@example.com"

        with self.mock_mail_gateway():
            self.mailing.action_send_again()

        self.assertRecordValues(
            self.mailing,
            [
                {
                    "state": "sent",
                    "addresses": "mended@example.com",
                    "failure_reason": False,
                }
            ],
        )

    def test_what_was_sent_is_not_sent_again(self):
        self._send()

        with self.assertRaisesRegex(UserError, "that failed"):
            self.mailing.action_send_again()

    def test_mail_of_an_earlier_version_is_not_sent_again(self):
        self._send_through_a_broken_server()
        mailing = self.mailing
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()

        with self.assertRaisesRegex(UserError, "later version"):
            mailing.action_send_again()

    def test_reader_may_not_send(self):
        self._send_through_a_broken_server()
        auditor = new_test_user(self.env, "auditor", "account.group_account_readonly")

        with self.assertRaises(AccessError):
            self.mailing.with_user(auditor).action_send_again()

    def test_nobody_writes_the_proof(self):
        self._send()

        with self.assertRaises(AccessError):
            self.mailing.with_user(self.sale_manager).write({"state": "sent"})

    def test_salesperson_of_another_company_sees_nothing(self):
        self._send()
        company = self.env["res.company"].create({"name": "Other"})
        user = new_test_user(
            self.env,
            "elsewhere",
            "sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=company.ids,
        )

        mailings = self.env["proforma.mailing"].with_user(user)

        self.assertFalse(mailings.search([("id", "=", self.mailing.id)]))
        self.assertFalse(
            self.env["proforma.notice"].with_user(user).search([]).company_id - company
        )

    # === ON THE ORDER === #

    def test_order_says_in_a_line_how_it_stands(self):
        self.env.user.tz = "UTC"
        steps = (
            (lambda: None, "Not sent by e-mail · not seen yet"),
            (self._send, "Sent to customer@example.com"),
            (lambda: self.order._proforma_log_event("viewed"), " · seen "),
            (lambda: self.order._proforma_log_event("viewed"), "seen 2 times"),
            (
                lambda: self.order._proforma_log_event("downloaded"),
                "PDF downloaded once",
            ),
            (self._bounce, "E-mail to customer@example.com came back"),
        )
        for step, text in steps:
            with self.subTest(text):
                step()
                self.env.invalidate_all()

                self.assertIn(text, self.order.proforma_sending)

    def test_readings_belong_to_their_version(self):
        with freeze_time("2026-11-02 09:00:00"):
            self.order._proforma_log_event("viewed")
        with freeze_time("2026-11-03 09:00:00"):
            self.order._proforma_log_event("viewed")
        first = self.order.proforma_version_id
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()

        self.assertRecordValues(
            first + self.order.proforma_version_id,
            [
                {"viewed_count": 2, "downloaded_count": 0},
                {"viewed_count": 0, "downloaded_count": 0},
            ],
        )
        self.assertEqual(str(first.first_viewed_on), "2026-11-02 09:00:00")
        self.assertEqual(str(first.last_viewed_on), "2026-11-03 09:00:00")
