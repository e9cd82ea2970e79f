from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_reminder import ReminderCommon


@tagged("post_install", "-at_install")
class TestProformaReminderAccess(ReminderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman, cls.other = (
            new_test_user(cls.env, login, groups="sales_team.group_sale_salesman")
            for login in ("reminder_salesman", "reminder_other")
        )

    def test_salesperson_reads_the_reminders_of_his_orders_only(self):
        order = self._issue(user_id=self.salesman.id)
        reminder = order.proforma_reminder_ids

        self.assertEqual(reminder.with_user(self.salesman).state, "planned")
        self.assertFalse(
            self.env["proforma.reminder"]
            .with_user(self.other)
            .search([("order_id", "=", order.id)])
        )

    def test_nobody_writes_the_log(self):
        reminder = self._issue().proforma_reminder_ids
        manager = new_test_user(
            self.env, "reminder_manager", groups="sales_team.group_sale_manager"
        )

        for user in (self.salesman, manager):
            with self.subTest(user.login):
                own = reminder.with_user(user)
                with self.assertRaisesRegex(UserError, "by the system alone"):
                    own.write({"state": "sent"})
                with self.assertRaisesRegex(UserError, "by the system alone"):
                    own.unlink()
                self.assertFalse(own.has_access("write"))

    def test_salesperson_cannot_change_a_plan(self):
        with self.assertRaises(AccessError):
            self.reminder_plan.with_user(self.salesman).min_days_between = 0

    def test_salesperson_pauses_and_stops_his_own_order(self):
        order = self._issue(user_id=self.salesman.id).with_user(self.salesman)

        order.write(
            {
                "proforma_reminders_paused_until": "2026-11-20",
                "proforma_no_reminders": True,
            }
        )

        self.assertEqual(order.proforma_reminder_ids.reason, "opted_out")
        self.assertEqual(order.proforma_state, "issued")

    def test_plan_of_another_company_is_not_seen(self):
        second = self.env["res.company"].create({"name": "Second"})
        plan = self.env["proforma.reminder.plan"].create(
            {
                "name": "Theirs",
                "company_id": second.id,
                "step_ids": [Command.create(self._step_vals("Day 2"))],
            }
        )

        found = (
            self.env["proforma.reminder.plan"]
            .with_user(self.salesman)
            .search([("id", "=", plan.id)])
        )

        self.assertFalse(found)

    def test_copy_of_an_order_has_no_reminders_and_no_pause(self):
        order = self._issue()
        order.proforma_reminders_paused_until = "2026-11-20"
        order.proforma_no_reminders = True

        copy = order.copy()

        self.assertFalse(copy.proforma_reminder_ids)
        self.assertFalse(copy.proforma_reminders_paused_until)
        self.assertFalse(copy.proforma_no_reminders)
        self.assertEqual(copy.proforma_reminder_plan_id, self.reminder_plan)
