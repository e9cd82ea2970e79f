from datetime import timedelta
from typing import NamedTuple

from psycopg2.extras import execute_values

from odoo import api, fields, models

from ..const_reminder import PLAN_BATCH_SIZE, RENEWABLE_REASONS
from ..reminder_rules import planned_instant
from ..utils import deadline_of, today_in

# What is due at the issue itself is not past when it is planned a moment later.
JUST_NOW = timedelta(minutes=1)

# What is known when a version is issued; the others begin when something happens.
ISSUE_BASES = ("issued", "deadline")


class Entry(NamedTuple):
    """A version to plan for. Instants are in UTC."""

    order_id: int
    version_id: int
    company_id: int
    partner_id: int
    plan_id: int
    issued_on: object
    valid_until: object
    deadline: object
    reason: object  # Why nothing is sent, a key of `REMINDER_REASONS`, or None.
    deposit_id: object = None
    due_date: object = None
    reminded_from: object = None  # See the field of the deposit.


class ProformaReminderPlanningMixin(models.AbstractModel):
    """Planning: which step is due when for which version. Queries grow with batches."""

    _name = "proforma.reminder.planning.mixin"
    _description = "Planning of Reminders"

    # === BUSINESS METHODS - PLANNING === #

    @api.model
    def _plan_orders(self, orders, bases=ISSUE_BASES, moment=None, renew=False):
        """Plan the steps of the current versions of issued orders.

        :param sale.order orders: The orders, in sudo mode.
        :param bases: Keys of `REMINDER_BASES`.
        :param datetime moment: The instant of a base that happens now, in UTC.
        :param bool renew: Move what is planned, and plan anew what a message of the
            customer had stopped.
        """
        steps_by_plan = self._get_steps(orders.proforma_reminder_plan_id, bases)
        entries = [
            order._prepare_reminder_entry()
            for order in orders
            if steps_by_plan.get(order.proforma_reminder_plan_id.id)
        ]
        if entries:
            self._plan_entries(entries, steps_by_plan, moment, renew)
            orders.invalidate_recordset(["proforma_reminder_ids"], flush=False)

    @api.model
    def _plan_entries(self, entries, steps_by_plan, moment=None, renew=False):
        """Plan the given steps for the given versions; those that are there stay.

        :param list entries: See `Entry`.
        :param dict steps_by_plan: See `_get_steps`.
        """
        now, known, hours = fields.Datetime.now(), {}, {}
        rows = []
        for entry in entries:
            if entry.company_id not in hours:
                company = self.env["res.company"].browse(entry.company_id)
                hours[entry.company_id] = company._get_proforma_working_hours()
            clock = hours[entry.company_id]
            for step in steps_by_plan.get(entry.plan_id, ()):
                instant, day = self._get_base(entry, step, clock.tz_name, moment)
                if not instant:
                    continue  # Issued in some other way, without a deadline.
                # What was issued on a day is due at one instant, days later.
                is_daily = (step.base, step.delay_unit) == ("issued", "days")
                key = (clock, step, day, not (is_daily and step.delay) and instant)
                if key not in known:
                    known[key] = planned_instant(
                        clock, step.base, instant, day, step.delay, step.delay_unit
                    )
                rows.append(self._prepare_row(entry, step, known[key], now))
        self._insert_rows(rows, renew)

    @api.model
    def _get_steps(self, plans, bases):
        """Return the active steps of plans that count from one of the bases.

        :rtype: dict[int, recordset of `proforma.reminder.step`]
        """
        return {
            plan.id: plan.step_ids.filtered(
                lambda step: step.active and step.base in bases
            )
            for plan in plans.filtered("active")
        }

    @api.model
    def _get_base(self, entry, step, tz_name, moment):
        """Return the instant in UTC and the day that a step counts from.

        :rtype: tuple[datetime, date]
        """
        if step.base == "deadline":
            return entry.deadline, entry.valid_until
        if step.base == "deposit_due":
            day = entry.due_date
            if step.delay > 0:
                day = max(day, entry.reminded_from or day)
            return deadline_of(day, tz_name), day
        instant = entry.issued_on if step.base == "issued" else moment
        return instant, today_in(tz_name, instant)

    @api.model
    def _prepare_row(self, entry, step, planned_on, now):
        """Return the values of a reminder, in the order of the columns."""
        is_past = planned_on < now - JUST_NOW
        reason = entry.reason or ("past" if is_past else None)
        return (
            entry.version_id,
            step.id,
            entry.plan_id,
            entry.order_id,
            entry.company_id,
            entry.partner_id,
            entry.deposit_id,
            "skipped" if reason else "planned",
            planned_on,
            now if reason else None,
            reason,
        )

    @api.model
    def _insert_rows(self, rows, renew=False):
        """Write reminders in one statement, but no (version, step) twice."""
        if not rows:
            return
        action = "NOTHING"
        if renew:
            action = """UPDATE SET planned_on = EXCLUDED.planned_on,
                state = EXCLUDED.state, reason = EXCLUDED.reason,
                done_on = EXCLUDED.done_on
                WHERE proforma_reminder.state = 'planned'
                OR proforma_reminder.reason IN ({})""".format(  # noqa: S608
                ", ".join(f"'{reason}'" for reason in RENEWABLE_REASONS)
            )
        # ruff: the only text that is put in is ours.
        statement = f"""
            INSERT INTO proforma_reminder
            (version_id, step_id, plan_id, order_id, company_id, partner_id, deposit_id,
             state, planned_on, done_on, reason)
            VALUES %s
            ON CONFLICT (version_id, step_id, COALESCE(deposit_id, 0))
            WHERE is_replaced IS NOT TRUE DO {action}
        """  # noqa: S608
        self.flush_model()
        execute_values(self.env.cr._obj, statement, rows, page_size=PLAN_BATCH_SIZE)
        self.invalidate_model(flush=False)

    @api.model
    def _forget_planned(self, steps):
        """Delete what is planned for steps, so that it is planned anew."""
        if steps:
            self.sudo().search(
                [("step_id", "in", steps.ids), ("state", "=", "planned")]
            ).unlink()
