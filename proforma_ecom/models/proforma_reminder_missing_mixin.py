from odoo import api, models
from odoo.tools import SQL

from ..const_reminder import PLAN_BATCH_SIZE
from ..turns import try_batch
from .proforma_reminder_planning_mixin import ISSUE_BASES, Entry

# What every entry says of its order, see `Entry`; the plan is put in.
ENTRY_COLUMNS = """o.id, v.id, o.company_id, o.partner_id, %s, v.issued_on,
       v.valid_until, o.proforma_deadline,
       CASE WHEN o.proforma_no_reminders THEN 'opted_out'
            WHEN p.proforma_no_reminders OR c.proforma_no_reminders
            THEN 'opted_out_customer' END"""
ORDER_PLAN = SQL("o.proforma_reminder_plan_id")
ORDER_TABLES = SQL(
    """sale_order o
       JOIN proforma_version v ON v.id = o.proforma_version_id
       JOIN res_partner p ON p.id = o.partner_id
       JOIN res_partner c ON c.id = p.commercial_partner_id"""
)


class ProformaReminderMissingMixin(models.AbstractModel):
    """Planning of what was not planned when it could have been: the plan was changed,
    the addon is new, a deposit has got its day.
    """

    _name = "proforma.reminder.missing.mixin"
    _description = "Missing Reminders"

    # === CRON METHODS === #

    @api.model
    def _cron_plan_missing(self):
        """Plan what open pro formas and unpaid deposits lack. A step whose time has
        passed is skipped: nothing is made up for.

        :return: Whether there is time for more.
        :rtype: bool
        """
        for plan in (self._plan_missing, self._plan_missing_deposits):
            last_id = 0
            while last_id is not None:
                done = try_batch(
                    self.env,
                    lambda plan=plan, last_id=last_id: self._plan_batch(plan, last_id),
                )
                is_time_left, last_id = done or (True, None)
                if not is_time_left:
                    return False
        return True

    @api.model
    def _plan_batch(self, plan, last_id):
        """Plan a batch in a transaction of its own.

        :param callable plan: See `_plan_missing`.
        :param int last_id: See `_plan_missing`.
        :return: Whether there is time for more, and the last id, None after the last
            batch.
        :rtype: tuple
        """
        count, last_id = plan(last_id, PLAN_BATCH_SIZE) or (0, None)
        return bool(self.env["ir.cron"]._commit_progress(count)), last_id

    # === BUSINESS METHODS - PLANNING === #

    @api.model
    def _plan_missing(self, last_id, limit):
        """Plan a batch of pro formas.

        :param int last_id: Only orders with a greater id.
        :return: Their number and the last id, or None if there are none.
        :rtype: tuple[int, int]
        """
        entries = self._plan_found(
            SQL(ENTRY_COLUMNS, ORDER_PLAN),
            SQL(
                """%s WHERE o.proforma_state = 'issued' AND o.id > %s
                   AND %s ORDER BY o.id LIMIT %s""",
                ORDER_TABLES,
                last_id,
                self._get_missing_sql(ORDER_PLAN, ISSUE_BASES, SQL("TRUE")),
                limit,
            ),
            ISSUE_BASES,
        )
        return (len(entries), entries[-1].order_id) if entries else None

    @api.model
    def _plan_missing_deposits(self, last_id, limit):
        """Plan a batch of deposits of accepted orders, see `_plan_missing`."""
        bases, plan = ("deposit_due",), self._get_deposit_plan_sql()
        entries = self._plan_found(
            SQL("%s, d.id, d.due_date, d.reminded_from", SQL(ENTRY_COLUMNS, plan)),
            SQL(
                """proforma_deposit d JOIN %s ON o.id = d.order_id
                   JOIN res_company y ON y.id = o.company_id
                    WHERE o.proforma_state = 'accepted' AND d.id > %s
                      AND y.proforma_remind_deposits
                      AND d.state IN ('planned', 'due') AND d.due_date IS NOT NULL
                      AND %s ORDER BY d.id LIMIT %s""",
                SQL("(%s)", ORDER_TABLES),
                last_id,
                self._get_missing_sql(plan, bases, SQL("r.deposit_id = d.id")),
                limit,
            ),
            bases,
        )
        return (len(entries), entries[-1].deposit_id) if entries else None

    @api.model
    def _plan_found(self, columns, source, bases):
        """Plan for the rows of a query.

        :param SQL columns: See `Entry`.
        :param SQL source: Tables, condition, order and limit.
        :param tuple bases: Keys of `REMINDER_BASES`.
        :return: What was planned.
        :rtype: list[Entry]
        """
        self.env.flush_all()
        rows = self.env.execute_query(SQL("SELECT %s FROM %s", columns, source))
        entries = [Entry(*row) for row in rows]
        plan_ids = {entry.plan_id for entry in entries}
        plans = self.env["proforma.reminder.plan"].browse(plan_ids)
        self._plan_entries(entries, self._get_steps(plans, bases))
        return entries

    @api.model
    def _get_missing_sql(self, plan, bases, same):
        """Return the condition that a step of the plan has no reminder.

        :param SQL plan: The id of the plan.
        :param tuple bases: Keys of `REMINDER_BASES`.
        :param SQL same: On a reminder r, besides version and step.
        :rtype: SQL
        """
        return SQL(
            """EXISTS (
               SELECT 1 FROM proforma_reminder_step s
                 JOIN proforma_reminder_plan n ON n.id = s.plan_id AND n.active
                WHERE s.plan_id = %s
                  AND s.active AND s.base IN %s
                  AND NOT EXISTS (
                      SELECT 1 FROM proforma_reminder r
                       WHERE r.version_id = v.id AND r.step_id = s.id
                         AND r.is_replaced IS NOT TRUE AND %s))""",
            plan,
            bases,
            same,
        )
