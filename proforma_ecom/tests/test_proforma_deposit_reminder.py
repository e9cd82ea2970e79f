from odoo import fields
from odoo.tests import freeze_time, new_test_user, tagged

from .common_deposit_reminder import DAY_3, DAY_10, DUE, DepositReminderCommon


@tagged("post_install", "-at_install")
class TestProformaDepositReminder(DepositReminderCommon):
    def test_reminders_come_after_3_and_10_days(self):
        order = self._accept()

        self.assertEqual(self._get_days_reminded(order, number=20), [3, 10])

        deposit = order.proforma_deposit_ids[0]
        self.assertRecordValues(
            deposit,
            [{"reminder_count": 2, "reminded_on": fields.Date.to_date(DAY_10)}],
        )

    def test_reminder_names_its_deposit_and_is_proved(self):
        order = self._accept()

        self._get_days_reminded(order, number=5)

        reminder = order.proforma_reminder_ids.filtered(lambda r: r.state == "sent")
        self.assertIn("Instalment 1", reminder.mail_message_id.body)
        mailing = self.env["proforma.mailing"].search(
            [("mail_message_id", "=", reminder.mail_message_id.id)]
        )
        self.assertEqual(mailing.deposit_id, order.proforma_deposit_ids[0])

    def test_deposit_without_a_day_has_no_reminder(self):
        order = self._accept()

        self._run("2026-12-02 09:00:00")

        self.assertEqual(
            order.proforma_reminder_ids.deposit_id, order.proforma_deposit_ids[0]
        )

    def test_outage_is_made_up_for_by_one_mail_at_a_time(self):
        order = self._accept()
        self._run_day(DUE)

        days = self._get_days_reminded(order, first="2026-12-18", number=12)

        # Day 3 on day 7; day 10 four days later.
        self.assertEqual(days, [0, 4])

    def test_who_is_asked_late_is_reminded_from_that_day_on(self):
        order = self._accept()

        days = self._get_days_reminded(order, first="2026-12-21", number=14)

        self.assertEqual(days, [3, 10])

    def test_weekend_is_no_day_to_remind(self):
        self.plan.line_ids[0].days = 9
        order = self._accept()

        days = self._get_days_reminded(order, first="2026-12-10", number=6)

        self.assertEqual(days, [4])

    def test_company_without_reminders_of_deposits_sends_none(self):
        self.env.company.proforma_remind_deposits = False
        order = self._accept()

        self.assertEqual(self._get_days_reminded(order), [])

    def test_switch_of_the_company_takes_away_what_was_planned(self):
        order = self._accept()
        self._run("2026-12-02 09:00:00")
        self.assertEqual(self._get_states(order), ["planned", "planned"])

        self.env.company.proforma_remind_deposits = False

        self.assertEqual(self._get_states(order), [])

    def test_paid_deposit_is_not_reminded_of(self):
        order = self._accept()
        self._run_day(DUE)
        self._pay(self._begin_payment(order.sudo().proforma_deposit_ids[0]))

        self.assertEqual(self._get_states(order), ["settled", "settled"])
        self.assertEqual(self._get_days_reminded(order), [])

    def test_payment_under_way_is_waited_for(self):
        order = self._accept()
        self._run_day(DUE)
        self._begin_payment(order.sudo().proforma_deposit_ids[0])

        self.assertEqual(self._get_days_reminded(order, number=20), [])

        self.assertEqual(self._get_states(order), ["settled", "planned"])

    def test_payment_that_fails_is_reminded_of(self):
        order = self._accept()
        self._run_day(DUE)
        tx = self._begin_payment(order.sudo().proforma_deposit_ids[0])
        self._run_day(DAY_3)
        tx._set_canceled()

        days = self._get_days_reminded(order, first="2026-12-15", number=3)

        self.assertEqual(days, [0])

    def test_cancelled_order_is_not_reminded_of(self):
        order = self._accept()
        self._run_day(DUE)
        order._action_cancel()

        self.assertEqual(self._get_days_reminded(order), [])

    def test_document_that_wants_no_reminders_gets_none(self):
        order = self._accept()
        self._run_day(DUE)
        order._proforma_opt_out()

        self.assertEqual(self._get_days_reminded(order), [])
        self.assertEqual(self._get_states(order), ["opted_out", "opted_out"])

    def test_delivery_that_moves_away_is_reminded_of_anew(self):
        order = self._accept(commitment_date="2026-12-14 10:00:00")
        order.proforma_deposit_ids[0]._set_paid()
        deposit = order.proforma_deposit_ids[1]  # Due on the 7th.
        for day in ("2026-12-07", "2026-12-10"):
            self._run_day(day)
        self.assertEqual(deposit.reminder_count, 1)

        with freeze_time("2026-12-10 17:00:00"):
            order.commitment_date = "2027-01-11 10:00:00"
        for day in ("2027-01-04", "2027-01-07"):
            self._run_day(day)

        self.assertEqual(deposit.reminder_count, 2)

    def test_money_that_was_taken_back_is_reminded_of(self):
        order = self._accept()
        self._run_day(DUE)
        deposit = order.proforma_deposit_ids[0]
        deposit._set_paid()
        self._run_day(DAY_3)

        with freeze_time("2026-12-16 10:00:00"):
            deposit._set_unpaid()

        days = self._get_days_reminded(order, first="2026-12-16", number=12)
        self.assertEqual(days, [5])

    def test_other_company_reminds_as_it_says(self):
        other = self.env["res.company"].create({"name": "Other"})
        other.partner_id.tz = "Europe/Paris"
        other.resource_calendar_id = False
        self._complete_company(other)
        orders = [self._accept(company_id=c.id) for c in (self.env.company, other)]
        other.proforma_remind_deposits = False

        days = [self._get_days_reminded(order, number=5) for order in orders]

        self.assertEqual(days, [[3], []])

    def test_work_begins_at_nine_of_the_company(self):
        self.env.company.partner_id.tz = "America/New_York"
        order = self._accept()
        self._run_day(DUE)
        counts = []

        for time in ("13:55:00", "14:05:00"):
            self._run(f"{DAY_3} {time}")
            counts.append(self._count_mails(order))

        self.assertEqual(counts, [0, 1])

    def test_accountant_reads_how_often_a_deposit_was_reminded_of(self):
        order = self._accept()
        self._get_days_reminded(order, number=5)
        accountant = new_test_user(
            self.env, "reader", groups="account.group_account_readonly"
        )
        self.env.invalidate_all()

        deposit = order.proforma_deposit_ids[0].with_user(accountant)

        self.assertEqual(deposit.reminder_count, 1)
