from odoo.tests import freeze_time, tagged

from .common_reminder import WEDNESDAY, ReminderCommon

TUESDAY = "2026-11-03 09:00:00"


@tagged("post_install", "-at_install")
class TestProformaReminderStop(ReminderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.why_not = cls._add_step("Why not?", base="deadline", delay=5)

    def _get_reasons(self, order):
        return order.proforma_reminder_ids.mapped("reason")

    def assertStopped(self, order, reason):
        self.assertEqual(self._get_reasons(order), [reason, reason])
        self.assertEqual(set(order.proforma_reminder_ids.mapped("state")), {"skipped"})

    def test_acceptance_stops(self):
        order = self._issue()

        with freeze_time(TUESDAY):
            self._sign(order)

        self.assertStopped(order, "accepted")

    def test_refusal_stops(self):
        order = self._issue()

        with freeze_time(TUESDAY):
            order.sudo()._set_proforma_declined(
                self.env["proforma.decline.reason"], partner=self.customer
            )

        self.assertStopped(order, "declined")

    def test_question_stops(self):
        order = self._issue()

        with freeze_time(TUESDAY):
            order._proforma_ask("How heavy is it?", self.customer)

        self.assertStopped(order, "asked")

    def test_answer_by_mail_stops(self):
        order = self._issue()

        with freeze_time(TUESDAY):
            order.message_post(
                body="We are thinking",
                author_id=self.customer.id,
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )

        self.assertStopped(order, "replied")

    def test_note_of_the_salesperson_does_not_stop(self):
        order = self._issue()

        with freeze_time(TUESDAY):
            order.message_post(body="He is on holiday")

        self.assertEqual(self._get_reasons(order), [False, False])

    def test_revision_stops(self):
        order = self._issue()

        with freeze_time(TUESDAY):
            order.action_proforma_revise()

        self.assertStopped(order, "revising")

    def test_cancellation_stops(self):
        order = self._issue()

        with freeze_time(TUESDAY):
            order._action_cancel()

        self.assertStopped(order, "cancelled")

    def test_expiry_stops_all_but_what_is_for_expired_ones(self):
        order = self._issue(validity_date="2026-11-03")

        with freeze_time(WEDNESDAY):
            order.sudo()._set_proforma_expired()

        self.assertEqual(self._get_reasons(order), ["expired", False])

    def test_opt_out_of_the_document_stops_once(self):
        order = self._issue()

        with freeze_time(TUESDAY):
            order._proforma_opt_out()
            order._proforma_opt_out()

        self.assertStopped(order, "opted_out")
        self.assertEqual(order.proforma_event_ids.mapped("kind").count("opted_out"), 1)
        self.assertFalse(self.customer.proforma_no_reminders)

    def test_opt_out_of_the_company_stops_the_documents_of_all_its_contacts(self):
        contact = self._create_customer(
            "Marie Martin", is_company=False, parent_id=self.customer.id
        )
        first, second = self._issue(), self._issue(partner_id=contact.id)
        other = self._issue(partner_id=self._other_contact().id)

        with freeze_time(TUESDAY):
            first._proforma_opt_out(all_documents=True)

        self.assertTrue(self.customer.proforma_no_reminders)
        self.assertStopped(first, "opted_out_customer")
        self.assertStopped(second, "opted_out_customer")
        self.assertEqual(self._get_reasons(other), [False, False])

    def test_opt_out_of_a_contact_leaves_his_colleagues_their_reminders(self):
        contact = self._create_customer(
            "Marie Martin", is_company=False, parent_id=self.customer.id
        )
        first, second = self._issue(), self._issue(partner_id=contact.id)

        with freeze_time(TUESDAY):
            second._proforma_opt_out(all_documents=True)

        self.assertFalse(self.customer.proforma_no_reminders)
        self.assertStopped(second, "opted_out_customer")
        self.assertEqual(self._get_reasons(first), [False, False])

    def test_pro_forma_issued_after_the_opt_out_has_no_reminders(self):
        self.customer.proforma_no_reminders = True

        order = self._issue()

        self.assertStopped(order, "opted_out_customer")

    def test_opt_out_that_is_taken_back_plans_what_is_to_come(self):
        order = self._issue()
        with freeze_time(TUESDAY):
            order._proforma_opt_out()
        with freeze_time("2026-11-05 09:00:00"):
            order.proforma_no_reminders = False

        self.assertEqual(self._get_reasons(order), ["opted_out", False])

    def test_customer_who_takes_his_opt_out_back_is_reminded(self):
        order = self._issue()
        with freeze_time(TUESDAY):
            self.customer.proforma_no_reminders = True
            self.customer.proforma_no_reminders = False

        self.assertEqual(self._get_reasons(order), [False, False])

    def test_second_stop_has_no_effect(self):
        order = self._issue()

        with freeze_time(TUESDAY):
            order._proforma_stop_reminders("asked")
            order._proforma_stop_reminders("accepted")

        self.assertStopped(order, "asked")

    def test_pause_skips_what_falls_into_it(self):
        order = self._issue()
        order.proforma_reminders_paused_until = "2026-11-05"

        self._run(WEDNESDAY)

        self.assertEqual(self._get_reasons(order), ["paused", False])
        self.assertFalse(self._get_mails(order))

    def test_pause_ends_on_its_day(self):
        order = self._issue()
        order.proforma_reminders_paused_until = "2026-11-04"

        self._run(WEDNESDAY)

        self.assertEqual(len(self._get_mails(order)), 1)
