from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time

from .common import ProformaPaymentCommon

# Due on a Friday; both steps of the standard plan are on a Monday, at 9:00 in Paris.
DUE = "2026-12-11"
DAY_3, DAY_10 = "2026-12-14", "2026-12-21"


class DepositReminderCommon(ProformaPaymentCommon):
    """Accepted on Tuesday, the 1st of December: a deposit due after ten days, one
    before delivery, which has no day yet. The company has the standard plan.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id = False
        cls.standard = cls.env.ref("proforma_ecom.reminder_plan_standard")
        cls.first = cls.env.ref("proforma_ecom.reminder_step_deposit_overdue")
        cls.env.company.proforma_reminder_plan_id = cls.standard
        cls.plan = cls.env["proforma.deposit.plan"].create(
            {
                "name": "By dates",
                "line_ids": [
                    Command.create(
                        {
                            "sequence": position,
                            "name": f"Instalment {position}",
                            "percent": 50.0,
                            "nature": "acompte",
                            "needed_to_confirm": False,
                            **values,
                        }
                    )
                    for position, values in (
                        (1, {"trigger": "after_acceptance", "days": 10}),
                        (2, {"trigger": "before_delivery", "days": 7}),
                    )
                ],
            }
        )

    def _accept(self, **values):
        with freeze_time("2026-12-01 10:00:00"):
            order = self._create_proforma(
                **{"proforma_deposit_plan_id": self.plan.id, **values}
            )
            self.env["proforma.acceptance"].create(
                {"order_id": order.id, "reason": "By phone"}
            ).action_accept()
        return order

    def _run(self, at):
        """Let both scheduled actions run, as they do all day long."""
        with freeze_time(at):
            self._run_now()

    def _run_day(self, day):
        with freeze_time(day) as clock:
            self._run_at(clock, day)

    def _run_at(self, clock, day):
        """Let them run three times on a day. The clock is moved on: to stop time anew
        takes longer than the runs.
        """
        for time in ("06:00:00", "08:05:00", "15:00:00"):
            clock.move_to(f"{day} {time}")
            self._run_now()

    def _run_now(self):
        self._run_cron("ir_cron_follow_up_deposits")
        self._run_cron("ir_cron_send_reminders")

    def _get_days_reminded(self, order, first=DUE, number=12):
        """Return the days, counted from the first, on which the customer was reminded;
        the scheduled actions run three times each day.
        """
        found, before = [], self._count_mails(order)
        with freeze_time(first) as clock:
            for day in range(number):
                date = fields.Date.to_date(first) + timedelta(days=day)
                self._run_at(clock, f"{date}")
                found += [day] * (self._count_mails(order) - before)
                before = self._count_mails(order)
        return found

    def _count_mails(self, order):
        order.invalidate_recordset(["message_ids"])
        messages = order.message_ids.filtered(
            lambda message: "reminder of a payment" in (message.subject or "")
        )
        return len(messages)

    def _get_states(self, order):
        order.invalidate_recordset(["proforma_reminder_ids"])
        reminders = order.proforma_reminder_ids.filtered("deposit_id")
        return [reminder.reason or reminder.state for reminder in reminders]

    def _begin_payment(self, deposit):
        tx = self._create_deposit_tx(
            deposit.order_id, proforma_deposit_id=deposit.id, amount=deposit.amount
        )
        tx._set_pending()
        return tx
