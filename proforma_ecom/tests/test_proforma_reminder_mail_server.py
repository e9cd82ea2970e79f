from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common_reminder import WEDNESDAY, ReminderCommon
from .common_smtp import SmtpCase

ADDRESSES = ["a@example.com", "b@example.com", "c@example.com"]
THURSDAY = "2026-11-05 08:05:00"


@tagged("post_install", "-at_install")
class TestProformaReminderMailServer(SmtpCase, ReminderCommon):
    def _issue_several(self):
        contacts = [self._other_contact(email=address) for address in ADDRESSES]
        return self.env["sale.order"].union(
            *(self._issue(partner_id=contact.id) for contact in contacts)
        )

    def _run_and_send(self, instant=WEDNESDAY):
        self._run(instant)
        with freeze_time(instant):
            self._work_off_queue()

    def _retry(self, reminders):
        with freeze_time(THURSDAY):
            reminders.action_retry()

    def test_reminders_say_that_the_server_was_down(self):
        reminders = self._issue_several().proforma_reminder_ids

        with self._server_down():
            self._run_and_send()

        self.assertEqual(reminders.mapped("state"), ["failed"] * 3)
        for reminder in reminders:
            self.assertIn("Connection failed", reminder.reason_text)

    def test_failure_is_told_once_on_its_order(self):
        order = self._issue()

        with self._server_down():
            self._run_and_send()
            self._work_off_queue()

        kinds = order.proforma_event_ids.mapped("kind")
        self.assertEqual(kinds.count("mail_failed"), 1)
        self.assertEqual(len(order.activity_ids), 1)

    def test_retry_sends_each_once_when_the_server_is_back(self):
        reminders = self._issue_several().proforma_reminder_ids
        with self._server_down():
            self._run_and_send()

        self._retry(reminders)
        with self._server_up() as server:
            self._run_and_send(THURSDAY)
            self._run_and_send(THURSDAY)

        self.assertEqual(server.addresses, ADDRESSES)
        self.assertEqual(reminders.mapped("state"), ["sent"] * 3)

    def test_queue_that_is_worked_off_again_sends_no_second_one(self):
        order = self._issue()
        with self._server_down():
            self._run_and_send()
        mail = self._get_mails(order)

        self._retry(order.proforma_reminder_ids)
        mail.action_retry()
        with self._server_up() as server:
            self._run_and_send(THURSDAY)

        self.assertEqual(server.addresses, ["customer@example.com"])

    def test_failed_reminder_that_the_queue_sends_after_all_is_sent(self):
        order = self._issue()
        with self._server_down():
            self._run_and_send()

        self._get_mails(order).action_retry()
        with self._server_up() as server:
            self._work_off_queue()

        self.assertEqual(server.addresses, ["customer@example.com"])
        self.assertRecordValues(
            order.proforma_reminder_ids, [{"state": "sent", "reason_text": False}]
        )

    def test_refused_address_does_not_stop_the_others(self):
        reminders = self._issue_several().proforma_reminder_ids

        with self._server_up(refused=ADDRESSES[1:2]) as server:
            self._run_and_send()

        self.assertEqual(server.addresses, [ADDRESSES[0], ADDRESSES[2]])
        self.assertEqual(reminders.mapped("state"), ["sent", "failed", "sent"])
        self.assertIn("No such user here", reminders[1].reason_text)

    def test_failed_mail_does_not_hold_back_the_next_step(self):
        self._add_step("Day 3", delay=3)
        order = self._issue()
        with self._server_down():
            self._run_and_send()

        with self._server_up() as server:
            self._run_and_send(THURSDAY)

        self.assertEqual(server.addresses, ["customer@example.com"])
        self.assertEqual(order.proforma_reminder_ids[-1].state, "sent")

    def test_version_sends_its_reminder_again_once(self):
        order = self._issue()
        with self._server_down():
            self._run_and_send()
        mailing = order.proforma_version_id.mailing_ids

        with freeze_time(THURSDAY):
            mailing.action_send_again()
            with self.assertRaisesRegex(UserError, "again already"):
                mailing.action_send_again()
        with self._server_up() as server:
            self._run_and_send(THURSDAY)

        self.assertEqual(server.addresses, ["customer@example.com"])
