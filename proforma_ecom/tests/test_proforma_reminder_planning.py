from datetime import datetime

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common_reminder import MONDAY, ReminderCommon


@tagged("post_install", "-at_install")
class TestProformaReminderPlanning(ReminderCommon):
    def test_steps_are_planned_at_the_issue(self):
        self._add_step("Three days before", base="deadline", delay=-3)

        order = self._issue()

        self.assertRecordValues(
            order.proforma_reminder_ids,
            [
                {
                    "step_id": self.step.id,
                    "version_id": order.proforma_version_id.id,
                    "partner_id": self.customer.id,
                    "company_id": order.company_id.id,
                    "state": "planned",
                    "planned_on": datetime(2026, 11, 4, 8),
                },
                {
                    "step_id": self.reminder_plan.step_ids[1].id,
                    "version_id": order.proforma_version_id.id,
                    "partner_id": self.customer.id,
                    "company_id": order.company_id.id,
                    "state": "planned",
                    "planned_on": datetime(2026, 11, 27, 8),
                },
            ],
        )

    def test_standard_plan_is_that_of_a_new_company(self):
        company = self.env["res.company"].create({"name": "Second"})

        self.assertEqual(
            company.proforma_reminder_plan_id,
            self.env.ref("proforma_ecom.reminder_plan_standard"),
        )

    def test_plan_of_the_template_stands_before_those_of_customer_and_company(self):
        plans = self.env["proforma.reminder.plan"].create(
            [{"name": "Of the template"}, {"name": "Of the customer"}]
        )
        template = self.env["sale.order.template"].create(
            {"name": "Fair", "proforma_reminder_plan_id": plans[0].id}
        )
        self.customer.proforma_reminder_plan_id = plans[1]

        orders = (
            self._create_order(),
            self._create_order(sale_order_template_id=template.id),
        )

        self.assertEqual(orders[0].proforma_reminder_plan_id, plans[1])
        self.assertEqual(orders[1].proforma_reminder_plan_id, plans[0])

    def test_step_whose_time_has_passed_is_skipped_at_the_issue(self):
        self._add_step("A week before", base="deadline", delay=-7)

        order = self._issue(validity_date="2026-11-06")

        reminder = order.proforma_reminder_ids.filtered(lambda r: r.step_id.delay < 0)
        self.assertRecordValues(reminder, [{"state": "skipped", "reason": "past"}])

    def test_step_at_the_issue_itself_is_planned(self):
        self.step.write({"delay": 0, "delay_unit": "hours"})

        order = self._issue()

        self.assertEqual(order.proforma_reminder_ids.state, "planned")

    def test_changed_grace_does_not_move_what_counts_from_an_earlier_deadline(self):
        self.step.write({"base": "deadline", "delay": 1})
        first = self._issue(validity_date="2026-11-05")
        self.env.company.proforma_grace_hours = 12
        second = self._issue(validity_date="2026-11-05")
        orders = first + second
        orders.proforma_reminder_ids.sudo().unlink()

        with freeze_time(MONDAY):
            self.env["proforma.reminder"].sudo()._plan_orders(orders)

        self.assertEqual(
            orders.proforma_reminder_ids.mapped("planned_on"),
            [datetime(2026, 11, 6, 8), datetime(2026, 11, 6, 11)],
        )

    def test_new_version_has_reminders_of_its_own(self):
        order = self._issue()
        first = order.proforma_version_id
        with freeze_time("2026-11-03 09:00:00"):
            order.action_proforma_revise()
            order.order_line.price_unit = 90.0
            self._issue_again(order)

        self.assertRecordValues(
            order.proforma_reminder_ids.sorted("id"),
            [
                {"version_id": first.id, "state": "skipped", "reason": "revising"},
                {
                    "version_id": order.proforma_version_id.id,
                    "state": "planned",
                    "reason": False,
                },
            ],
        )

    def test_new_step_is_planned_for_open_pro_formas(self):
        order = self._issue()
        step = self._add_step("Day 7", delay=7)

        self._run(MONDAY)

        self.assertIn(step, order.proforma_reminder_ids.step_id)
        self.assertEqual(len(order.proforma_reminder_ids), 2)

    def test_step_that_was_moved_is_planned_anew(self):
        order = self._issue()
        self.step.delay = 3

        self._run(MONDAY)

        self.assertRecordValues(
            order.proforma_reminder_ids,
            [{"state": "planned", "planned_on": datetime(2026, 11, 5, 8)}],
        )

    def test_step_written_with_the_same_values_stays_planned(self):
        order = self._issue()
        reminder = order.proforma_reminder_ids

        self.step.write(
            {"delay": 2, "base": "issued", "plan_id": self.reminder_plan.id}
        )

        self.assertEqual(order.proforma_reminder_ids, reminder)

    def test_pro_forma_issued_before_there_were_reminders_gets_what_is_to_come(self):
        self._add_step("Day 7", delay=7)
        order = self._issue()
        order.proforma_reminder_ids.sudo().unlink()

        self._run("2026-11-05 09:00:00")

        self.assertRecordValues(
            order.proforma_reminder_ids,
            [
                {"state": "skipped", "reason": "past"},
                {"state": "planned", "reason": False},
            ],
        )
        self.assertFalse(self._get_mails(order))

    def test_another_plan_replaces_what_was_planned(self):
        order = self._issue()
        other = self.env["proforma.reminder.plan"].create(
            {
                "name": "Slow",
                "step_ids": [Command.create(self._step_vals("Day 9", delay=9))],
            }
        )

        with freeze_time(MONDAY):
            order.proforma_reminder_plan_id = other

        self.assertRecordValues(
            order.proforma_reminder_ids,
            [
                {"plan_id": self.reminder_plan.id, "reason": "plan_changed"},
                {"plan_id": other.id, "reason": False},
            ],
        )

    def test_view_moves_what_counts_from_the_last_view(self):
        step = self._add_step("A day after the view", base="viewed", delay=1)
        order = self._issue()
        for instant, planned_on in [
            ("2026-11-03 09:00:00", datetime(2026, 11, 4, 8)),
            ("2026-11-06 09:00:00", datetime(2026, 11, 9, 8)),
        ]:
            with self.subTest(instant), freeze_time(instant):
                order._proforma_log_event("viewed", partner=self.customer)

                reminder = order.proforma_reminder_ids.filtered(
                    lambda r: r.step_id == step
                )
                self.assertEqual(reminder.planned_on, planned_on)

    def test_our_answer_plans_anew_what_the_question_had_stopped(self):
        step = self._add_step("Two days after our word", base="message", delay=2)
        order = self._issue()
        with freeze_time("2026-11-03 09:00:00"):
            order.message_post(
                body="Hello", subtype_xmlid="mail.mt_comment", message_type="comment"
            )
            order._proforma_ask("How heavy is it?", self.customer)
        reminder = order.proforma_reminder_ids.filtered(lambda r: r.step_id == step)
        self.assertEqual(reminder.reason, "asked")

        with freeze_time("2026-11-05 09:00:00"):
            order.message_post(
                body="Heavy", subtype_xmlid="mail.mt_comment", message_type="comment"
            )

        self.assertRecordValues(
            reminder, [{"state": "planned", "planned_on": datetime(2026, 11, 9, 8)}]
        )

    def test_queries_of_the_planning_do_not_grow_with_the_pro_formas(self):
        orders = self.env["sale.order"].union(*(self._issue() for _i in range(12)))
        counts = []
        for part in (orders[:2], orders):
            part.proforma_reminder_ids.sudo().unlink()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["proforma.reminder"].sudo()._plan_missing(0, 1000)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(part.proforma_reminder_ids), len(part))

        self.assertLessEqual(counts[1], counts[0] + 1)


@tagged("post_install", "-at_install")
class TestProformaReminderDeposit(ReminderCommon):
    """A step three days after the due date of a deposit, which is asked for at the
    acceptance on Tuesday, November 3.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.step.write({"base": "deposit_due", "delay": 3})

    def _accept(self):
        order = self._issue(proforma_deposit_plan_id=self.plan_30_70.id)
        plan = order.proforma_deposit_ids
        plan.needed_to_confirm = False
        with freeze_time("2026-11-03 09:00:00"):
            self._issue_again(order)
            self._sign(order)
        return order

    def test_deposit_that_is_overdue_is_reminded_of_once(self):
        order = self._accept()
        deposit = order.proforma_deposit_ids.filtered("due_date")

        self._run("2026-11-03 09:00:00")
        self._run("2026-11-06 08:05:00")
        self._run("2026-11-06 08:05:00")

        self.assertRecordValues(
            order.proforma_reminder_ids,
            [
                {
                    "deposit_id": deposit.id,
                    "planned_on": datetime(2026, 11, 6, 8),
                    "state": "sent",
                }
            ],
        )

    def test_paid_deposit_is_not_reminded_of(self):
        order = self._accept()
        self._run("2026-11-03 09:00:00")
        order.proforma_deposit_ids.filtered("due_date")._set_paid()

        self._run("2026-11-06 08:05:00")

        self.assertEqual(order.proforma_reminder_ids.reason, "settled")

    def test_day_that_moves_takes_its_reminder_along(self):
        order = self._accept()
        self._run("2026-11-03 09:00:00")
        order.proforma_deposit_ids.filtered("due_date").due_date = "2026-11-10"

        self._run("2026-11-03 09:00:00")

        self.assertEqual(
            order.proforma_reminder_ids.planned_on, datetime(2026, 11, 13, 8)
        )
