from typing import NamedTuple

from psycopg2.extras import execute_values

from odoo import api, fields, models
from odoo.tools import SQL

from ..const_reminder import PLAN_BATCH_SIZE, RENEWABLE_REASONS
from ..reminder_rules import planned_instant
from ..utils import deadline_of, today_in

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
                # Many documents of a day are planned for the same instant.
                is_dayly = step.delay_unit == "days" and step.delay > 0
                key = (clock, step, day, None if is_dayly and day else instant)
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
            return deadline_of(entry.due_date, tz_name), entry.due_date
        instant = entry.issued_on if step.base == "issued" else moment
        return instant, today_in(tz_name, instant)

    @api.model
    def _prepare_row(self, entry, step, planned_on, now):
        """Return the values of a reminder, in the order of the columns."""
        reason = entry.reason or ("past" if planned_on < now else None)
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
            self.env.uid,
            now,
            self.env.uid,
            now,
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
                done_on = EXCLUDED.done_on, write_date = EXCLUDED.write_date
                WHERE proforma_reminder.state = 'planned'
                OR proforma_reminder.reason IN ({})""".format(  # noqa: S608
                ", ".join(f"'{reason}'" for reason in RENEWABLE_REASONS)
            )
        # ruff: the only text that is put in is ours.
        statement = f"""
            INSERT INTO proforma_reminder
            (version_id, step_id, plan_id, order_id, company_id, partner_id, deposit_id,
             state, planned_on, done_on, reason,
             create_uid, create_date, write_uid, write_date)
            VALUES %s
            ON CONFLICT (version_id, step_id, COALESCE(deposit_id, 0)) DO {action}
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

    # === CRON METHODS === #

    @api.model
    def _cron_plan_missing(self):
        """Plan what open pro formas lack: their plan was changed, or they were issued
        before there were reminders. A step whose time has passed is skipped.

        :return: Whether there is time for more.
        :rtype: bool
        """
        last_id = 0
        while entries := self._plan_missing(last_id, PLAN_BATCH_SIZE):
            last_id = entries[-1].order_id
            if not self.env["ir.cron"]._commit_progress(len(entries)):
                return False
        return True

    @api.model
    def _plan_missing(self, last_id, limit):
        """Plan a batch, see `_find_missing`.

        :return: What was planned.
        :rtype: list[Entry]
        """
        entries = self._find_missing(last_id, limit)
        plan_ids = {entry.plan_id for entry in entries}
        plans = self.env["proforma.reminder.plan"].browse(plan_ids)
        self._plan_entries(entries, self._get_steps(plans, ISSUE_BASES))
        return entries

    @api.model
    def _find_missing(self, last_id, limit):
        """Return the issued orders, by id, whose version lacks a step of their plan.

        :param int last_id: Only orders with a greater id.
        :rtype: list[Entry]
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT o.id, v.id, o.company_id, o.partner_id,
                       o.proforma_reminder_plan_id, v.issued_on, v.valid_until,
                       o.proforma_deadline,
                       CASE WHEN o.proforma_no_reminders THEN 'opted_out'
                            WHEN p.proforma_no_reminders OR c.proforma_no_reminders
                            THEN 'opted_out_customer' END
                  FROM sale_order o
                  JOIN proforma_version v ON v.id = o.proforma_version_id
                  JOIN res_partner p ON p.id = o.partner_id
                  JOIN res_partner c ON c.id = p.commercial_partner_id
                 WHERE o.proforma_state = 'issued' AND o.id > %s
                   AND EXISTS (
                       SELECT 1 FROM proforma_reminder_step s
                         JOIN proforma_reminder_plan n ON n.id = s.plan_id AND n.active
                        WHERE s.plan_id = o.proforma_reminder_plan_id
                          AND s.active AND s.base IN %s
                          AND NOT EXISTS (
                              SELECT 1 FROM proforma_reminder r
                               WHERE r.version_id = v.id AND r.step_id = s.id))
                 ORDER BY o.id LIMIT %s
                """,
                last_id,
                ISSUE_BASES,
                limit,
            )
        )
        return [Entry(*row) for row in self.env.cr.fetchall()]
