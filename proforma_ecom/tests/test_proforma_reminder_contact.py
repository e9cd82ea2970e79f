from odoo.tests import freeze_time, tagged

from .common_reminder import WEDNESDAY, ReminderCommon


@tagged("post_install", "-at_install")
class TestProformaReminderContact(ReminderCommon):
    def test_contact_gets_one_mail_a_run_over_all_his_documents(self):
        orders = self._issue() + self._issue()

        self._run(WEDNESDAY)

        self.assertEqual(len(self._get_mails(orders)), 1)
        self.assertEqual(
            orders.proforma_reminder_ids.mapped("reason"), [False, "too_soon"]
        )

    def test_second_mail_comes_when_four_days_have_passed(self):
        first = self._issue()
        self._run(WEDNESDAY)
        for issued, due, state in [
            ("2026-11-04 09:00:00", "2026-11-06 08:05:00", "skipped"),  # Two days.
            ("2026-11-07 09:00:00", "2026-11-09 08:05:00", "sent"),  # Five days.
        ]:
            with self.subTest(due):
                order = self._issue(issued)

                self._run(due)

                self.assertEqual(order.proforma_reminder_ids.state, state)
        self.assertEqual(first.proforma_reminder_ids.state, "sent")

    def test_guest_with_two_contacts_of_one_address_is_one_contact(self):
        guest = self._other_contact(email="Customer <CUSTOMER@example.com>")
        orders = self._issue() + self._issue(partner_id=guest.id)

        self._run(WEDNESDAY)

        self.assertEqual(len(self._get_mails(orders)), 1)

    def test_document_of_another_company_counts_too(self):
        second = self.env["res.company"].create(
            {"name": "Second", "proforma_reminder_plan_id": self.reminder_plan.id}
        )
        second.partner_id.tz = "Europe/Paris"
        second.resource_calendar_id = False
        orders = self._issue() + self._issue(company_id=second.id)

        self._run(WEDNESDAY)

        self.assertEqual(len(self._get_mails(orders)), 1)

    def test_limit_of_the_plan_may_be_switched_off(self):
        self.reminder_plan.min_days_between = 0
        self._add_step("Another of day 2")
        order = self._issue()

        self._run(WEDNESDAY)

        self.assertEqual(len(self._get_mails(order)), 2)
        messages = order.proforma_reminder_ids.mail_message_id
        self.assertEqual(len(messages), 2)

    def test_activity_is_no_mail_to_the_contact(self):
        call = self.env.ref("mail.mail_activity_data_call")
        self._add_step("Call", channel="activity", activity_type_id=call.id, sequence=1)
        order = self._issue()

        self._run(WEDNESDAY)

        self.assertEqual(set(order.proforma_reminder_ids.mapped("state")), {"sent"})

    def test_shadow_plan_holds_back_no_mail_of_another_plan(self):
        shadow = self.reminder_plan.copy({"is_shadow": True})
        orders = self._issue(proforma_reminder_plan_id=shadow.id) + self._issue()

        self._run(WEDNESDAY)

        self.assertEqual(
            orders.proforma_reminder_ids.mapped("state"), ["shadow", "sent"]
        )

    def test_shadow_plan_shows_what_the_limit_would_have_held_back(self):
        self.reminder_plan.is_shadow = True
        orders = self._issue() + self._issue()

        self._run(WEDNESDAY)

        self.assertEqual(
            orders.proforma_reminder_ids.mapped("reason"), [False, "too_soon"]
        )

    def test_guest_who_refused_all_reminders_is_not_reminded_as_another_contact(self):
        first = self._other_contact(proforma_no_reminders=True)
        order = self._issue(partner_id=first.copy({"proforma_no_reminders": False}).id)

        self._run(WEDNESDAY)

        self.assertEqual(order.proforma_reminder_ids.reason, "opted_out_customer")
        self.assertFalse(self._get_mails(order))

    def test_contact_without_an_address_is_passed_over(self):
        for email in (False, "nobody"):
            with self.subTest(email):
                contact = self._other_contact()
                order = self._issue(partner_id=contact.id)
                contact.email = email

                self._run(WEDNESDAY)

                self.assertRecordValues(
                    order.proforma_reminder_ids,
                    [{"state": "skipped", "reason": "no_email"}],
                )

    def test_failed_mail_does_not_hold_back_the_next(self):
        order = self._issue()
        with freeze_time(WEDNESDAY):
            order.proforma_reminder_ids.sudo()._note_failure(ValueError("Broken"))
        second = self._issue()

        self._run(WEDNESDAY)

        self.assertEqual(second.proforma_reminder_ids.state, "sent")
