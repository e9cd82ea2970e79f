from datetime import datetime

from lxml import html

from odoo.tests import freeze_time, tagged

from odoo.addons.mail.tests.common import MailCase

from .common_reminder import WEDNESDAY, ReminderCommon


@tagged("post_install", "-at_install")
class TestProformaReminderSending(MailCase, ReminderCommon):
    def test_due_reminder_goes_into_the_queue_and_the_discussion(self):
        order = self._issue()

        self._run(WEDNESDAY)

        mail = self._get_mails(order)
        reminder = order.proforma_reminder_ids
        self.assertRecordValues(
            reminder,
            [
                {
                    "state": "sent",
                    "done_on": datetime(2026, 11, 4, 8, 5),
                    "mail_message_id": mail.mail_message_id.id,
                }
            ],
        )
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn(reminder.mail_message_id, order.message_ids)
        self.assertIn(order.proforma_version_id.name, mail.subject)
        self.assertIn("reminded", order.proforma_event_ids.mapped("kind"))

    def test_notification_of_the_customer_is_there_as_a_proof(self):
        order = self._issue()

        self._run(WEDNESDAY)

        notification = order.proforma_reminder_ids.mail_message_id.notification_ids
        self.assertRecordValues(
            notification,
            [
                {
                    "res_partner_id": self.customer.id,
                    "notification_type": "email",
                    "notification_status": "ready",
                }
            ],
        )

    def test_version_knows_whether_its_reminder_was_sent(self):
        order = self._issue()

        self._run(WEDNESDAY)
        mailing = order.proforma_version_id.sudo().mailing_ids
        self.assertRecordValues(
            mailing,
            [{"kind": "reminder", "state": "queued", "addresses": self.customer.email}],
        )
        with self.mock_mail_gateway():
            self._get_mails(order).send()

        self.assertEqual(mailing.state, "sent")

    def test_mail_has_one_button_to_the_page_and_the_way_out(self):
        order = self._issue()

        self._run(WEDNESDAY)

        links = html.fromstring(self._get_mails(order).body_html).iter("a")
        texts = [" ".join(link.text_content().split()) for link in links]
        self.assertEqual(texts.count("Open the pro forma"), 1)
        self.assertEqual(texts.count("No reminders for this document"), 1)

    def test_reminder_is_not_sent_before_its_time(self):
        order = self._issue()

        self._run("2026-11-04 07:59:00")

        self.assertEqual(order.proforma_reminder_ids.state, "planned")

    def test_second_run_sends_nothing(self):
        order = self._issue()

        self._run(WEDNESDAY)
        self._run(WEDNESDAY)

        self.assertEqual(len(self._get_mails(order)), 1)

    def test_several_documents_are_sent_together(self):
        orders = self.env["sale.order"].union(
            *(
                self._issue(partner_id=self._other_contact(email=f"{i}@example.com").id)
                for i in range(3)
            )
        )

        self._run(WEDNESDAY)

        for order in orders:
            mail = self._get_mails(order)
            self.assertEqual(mail.recipient_ids, order.partner_id)
            self.assertIn(order.proforma_version_id.name, mail.subject)
            self.assertEqual(
                order.proforma_reminder_ids.mail_message_id.res_id, order.id
            )

    def test_follower_gets_no_copy(self):
        order = self._issue()
        order.message_subscribe(self.env.user.partner_id.ids)

        self._run(WEDNESDAY)

        self.assertEqual(self._get_mails(order).recipient_ids, self.customer)

    def test_mail_speaks_the_language_of_the_document(self):
        self._speak_french()
        self.template.with_context(lang="fr_FR").subject = "Bonjour"
        self.customer.lang = "fr_FR"
        french = self._issue()
        english = self._issue(partner_id=self._other_contact().id)

        self._run(WEDNESDAY)

        self.assertEqual(self._get_mails(french).subject, "Bonjour")
        self.assertNotEqual(self._get_mails(english).subject, "Bonjour")

    def test_activity_is_planned_for_the_salesperson(self):
        self.step.write(
            {
                "channel": "activity",
                "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
                "activity_summary": "Call him",
            }
        )
        order = self._issue()

        self._run(WEDNESDAY)

        self.assertRecordValues(
            order.activity_ids,
            [
                {
                    "summary": "Call him",
                    "user_id": order._get_proforma_responsible_user().id,
                    "date_deadline": datetime(2026, 11, 4).date(),
                }
            ],
        )
        self.assertEqual(order.proforma_reminder_ids.state, "sent")
        self.assertNotIn(self.customer, self._get_mails(order).recipient_ids)

    def test_shadow_mode_sends_nothing(self):
        self.reminder_plan.is_shadow = True
        order = self._issue()

        self._run(WEDNESDAY)

        self.assertEqual(order.proforma_reminder_ids.state, "shadow")
        self.assertFalse(self._get_mails(order))
        self.assertNotIn("reminded", order.proforma_event_ids.mapped("kind"))

    def test_held_out_customer_gets_none_and_stays_held_out(self):
        self.reminder_plan.holdout_percent = 100.0
        order = self._issue()

        self._run(WEDNESDAY)

        self.assertRecordValues(
            order.proforma_reminder_ids, [{"state": "skipped", "reason": "holdout"}]
        )
        self.assertFalse(self._get_mails(order))

    def test_expired_ones_are_asked_why_and_no_others(self):
        self.step.write({"base": "deadline", "delay": 5})
        self.step.template_id = self.env.ref(
            "proforma_ecom.mail_template_reminder_why_not"
        )
        expired = self._issue(validity_date="2026-11-03")
        accepted = self._issue(
            validity_date="2026-11-03", partner_id=self._other_contact().id
        )
        with freeze_time("2026-11-03 09:00:00"):
            self._sign(accepted)
        with freeze_time("2026-11-04 09:00:00"):
            self._run_cron("ir_cron_expire")

        self._run("2026-11-09 08:05:00")

        self.assertIn("Too expensive", self._get_mails(expired).body_html)
        self.assertNotIn("reminded", accepted.proforma_event_ids.mapped("kind"))

    def test_step_for_expired_ones_waits_for_the_expiry(self):
        self.step.write({"base": "deadline", "delay": 5})
        order = self._issue(validity_date="2026-11-03")

        self._run("2026-11-09 08:05:00")
        self.assertEqual(order.proforma_reminder_ids.state, "planned")

    def test_each_company_sends_in_its_own_hours(self):
        second = self.env["res.company"].create(
            {"name": "Second", "proforma_reminder_plan_id": self.reminder_plan.id}
        )
        second.partner_id.tz = "America/New_York"
        second.resource_calendar_id = False
        order = self._issue()
        other = self._issue(company_id=second.id, partner_id=self._other_contact().id)

        self._run(WEDNESDAY)
        self.assertEqual(order.proforma_reminder_ids.state, "sent")
        self.assertEqual(other.proforma_reminder_ids.state, "planned")

        self._run("2026-11-04 14:05:00")  # 9:05 in New York.
        self.assertEqual(other.proforma_reminder_ids.state, "sent")
        self.assertEqual(self._get_mails(other).record_company_id, second)
