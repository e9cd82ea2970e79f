from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ..clock import WorkingHours
from ..const import DEPOSIT_OPEN_STATES

DEFAULT_PLAN = "proforma_ecom.reminder_plan_standard"


class ResCompany(models.Model):
    """When a company works, and how it reminds by default."""

    _inherit = "res.company"

    # === FIELDS === #

    proforma_reminder_plan_id = fields.Many2one(
        "proforma.reminder.plan",
        string="Reminder Plan",
        check_company=True,
        default=lambda self: self._default_proforma_reminder_plan_id(),
        help="How customers are reminded when nothing more specific is chosen. Empty:"
        " only of deposits.",
        prefetch="proforma",
    )
    proforma_remind_deposits = fields.Boolean(
        string="Remind of Deposits",
        default=True,
        help="Customers are reminded of deposits that are overdue, as the reminder plan"
        " says; where it has no steps for deposits, as the standard one does.",
        prefetch="proforma",
    )

    @api.model
    def _default_proforma_reminder_plan_id(self):
        return self._get_standard_proforma_reminder_plan()

    # === CRUD METHODS === #

    def write(self, vals):
        """Override of `base`: deposits are reminded of in another way from now on."""
        names = {"proforma_remind_deposits", "proforma_reminder_plan_id"} & vals.keys()
        before = {company: [company[name] for name in names] for company in self}
        res = super().write(vals)
        changed = self.filtered(
            lambda company: [company[name] for name in names] != before[company]
        )
        if changed:
            deposits = self.env["proforma.deposit"].sudo()
            deposits.search(
                [
                    ("company_id", "in", changed.ids),
                    ("state", "in", DEPOSIT_OPEN_STATES),
                ]
            )._forget_planned_reminders()
        return res

    # === BUSINESS METHODS - REMINDERS === #

    def _set_default_proforma_reminder_plan(self):
        """Give the companies that have no reminder plan the default one, and their open
        orders with them.

        Pro formas that were issued before get what is still to come of it: a step
        whose time has passed when it is planned is skipped, nothing is made up for.
        """
        plan = self._default_proforma_reminder_plan_id()
        companies = self.filtered(lambda company: not company.proforma_reminder_plan_id)
        if not plan or not companies:
            return
        companies.proforma_reminder_plan_id = plan
        orders = self.env["sale.order"].search(
            [
                ("company_id", "in", companies.ids),
                ("state", "in", ("draft", "sent")),
                ("proforma_reminder_plan_id", "=", False),
            ]
        )
        orders._compute_proforma_reminder_plan_id()

    # === HELPERS === #

    @api.model
    def _get_standard_proforma_reminder_plan(self):
        """Return the plan that was shipped; empty if it is there no more.

        :rtype: proforma.reminder.plan
        """
        plans = self.env["proforma.reminder.plan"].sudo()
        plan = self.env.ref(DEFAULT_PLAN, raise_if_not_found=False) or plans
        return plan.sudo().filtered(lambda p: p.active and not p.company_id)

    def _get_proforma_working_hours(self):
        """Return the working time of the company: the hours of its calendar, read as
        wall-clock time of its zone, without its public holidays. Without a calendar, or
        with one that has no fixed hours: Monday to Friday, 9 to 18.

        :rtype: WorkingHours
        """
        self.ensure_one()
        tz_name = self._get_proforma_tz()
        calendar = self.sudo().resource_calendar_id
        if not calendar.attendance_ids or calendar.flexible_hours:
            return WorkingHours(tz_name)
        stamp = self._get_proforma_calendar_stamp(calendar)

        def load(first, after):
            return self._get_proforma_work_intervals(tz_name, first, after, stamp)

        return WorkingHours(tz_name, load)

    def _get_proforma_calendar_stamp(self, calendar):
        """Return a value that changes with the hours and holidays of a calendar.

        :rtype: tuple
        """
        for model in ("attendance", "leaves"):
            self.env[f"resource.calendar.{model}"].flush_model()
        [stamp] = self.env.execute_query(
            SQL(
                """SELECT c.id, c.write_date, a.*, l.* FROM resource_calendar c,
                   (SELECT max(id), max(write_date), count(*)
                      FROM resource_calendar_attendance WHERE calendar_id = %(id)s) a,
                   (SELECT max(id), max(write_date), count(*)
                      FROM resource_calendar_leaves WHERE resource_id IS NULL
                       AND (calendar_id = %(id)s OR calendar_id IS NULL)) l
                   WHERE c.id = %(id)s""",
                id=calendar.id,
            )
        )
        return stamp

    @ormcache("self.id", "tz_name", "first", "after", "stamp")
    def _get_proforma_work_intervals(self, tz_name, first, after, stamp):
        """Return the working time between two days, see `WorkingHours`.

        :param str tz_name: The time zone (IANA).
        :param date first: The first day.
        :param date after: The day after the last.
        :param tuple stamp: See `_get_proforma_calendar_stamp`.
        :rtype: list[tuple[datetime, datetime]]
        """
        tz = pytz.timezone(tz_name)
        start, end = (
            tz.localize(datetime.combine(day, time.min)) for day in (first, after)
        )
        calendar = self.sudo().resource_calendar_id
        holidays = [
            ("time_type", "=", "leave"),
            ("resource_id", "=", False),
            ("company_id", "in", (False, self.id)),
        ]
        attendances = calendar._attendance_intervals_batch(start, end, tz=tz)[False]
        closed = calendar._leave_intervals_batch(start, end, domain=holidays, tz=tz)
        return [
            tuple(
                edge.astimezone(pytz.utc).replace(tzinfo=None, microsecond=0)
                for edge in (begin, finish)
            )
            for begin, finish, _source in attendances - closed[False]
        ]
