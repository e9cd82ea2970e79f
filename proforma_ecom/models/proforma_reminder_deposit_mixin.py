import logging
from datetime import timedelta

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..reminder_rules import is_overdue
from ..utils import today_in
from .proforma_reminder_judge_mixin import WAIT

_logger = logging.getLogger(__name__)


class ProformaReminderDepositMixin(models.AbstractModel):
    """What is different about reminders of deposits: they are owed, so that none gets
    lost because something else came first.
    """

    _name = "proforma.reminder.deposit.mixin"
    _description = "Reminders of Deposits"

    # === BUSINESS METHODS - PLANNING === #

    @api.model
    def _get_deposit_plan_sql(self):
        """Return the id of the plan that reminds of the deposits of an order o of a
        company y, see `_get_proforma_deposit_reminder_plan`.

        :rtype: SQL
        """
        steps = self.env["proforma.reminder.step"].with_context(active_test=False)
        plans = steps.search([("base", "=", "deposit_due")]).plan_id
        ids = tuple(plans._get_reminding_of_deposits().ids)
        standard = self.env["res.company"]._get_standard_proforma_reminder_plan()
        return SQL(
            """CASE WHEN o.proforma_reminder_plan_id IN %(ids)s
                    THEN o.proforma_reminder_plan_id
                    WHEN y.proforma_reminder_plan_id IN %(ids)s
                    THEN y.proforma_reminder_plan_id
                    ELSE %(standard)s::int END""",
            ids=ids or (0,),
            standard=standard._get_reminding_of_deposits().id or None,
        )

    # === BUSINESS METHODS - JUDGEMENT === #

    def _get_deposit_verdict(self, today, tz_name):
        """Return what became of the deposit since the reminder was planned.

        A payment under way may still fail, and whoever was not asked yet, or only
        today, may pay without being reminded: both are waited for in the tolerance.

        :param date today: The company's day.
        :param str tz_name: The company's time zone (IANA).
        :return: See `_get_verdict`.
        """
        self.ensure_one()
        deposit, step = self.deposit_id, self.step_id
        if reason := deposit._get_reminder_verdict():
            return reason
        is_late = is_overdue(self.planned_on, today, tz_name, step.tolerance_days)
        if deposit._has_money():
            return "settled" if is_late else WAIT
        is_asked = deposit.asked_on and deposit.asked_on < today
        is_early = step.delay > 0 and not is_asked
        return WAIT if is_early and not is_late else None

    def _yield_to_last_mail(self, now, tz_name):
        """Return what becomes of a reminder whose contact got another one a short time
        ago. One of a deposit waits, and says so, as long as its tolerance lasts.

        :param datetime now: In UTC.
        :param str tz_name: The company's time zone (IANA).
        :return: See `_get_verdict`.
        """
        self.ensure_one()
        today = today_in(tz_name, now)
        if not self.deposit_id or not self._can_wait(today, tz_name):
            return "too_soon"
        if self.reason != "too_soon":
            self.reason = "too_soon"
        return WAIT

    def _can_wait(self, today, tz_name):
        """Return whether the reminder may still be sent tomorrow.

        :param date today: The company's day.
        """
        tomorrow, step = today + timedelta(days=1), self.step_id
        return not is_overdue(self.planned_on, tomorrow, tz_name, step.tolerance_days)

    # === BUSINESS METHODS - LOG === #

    def _tell_unreminded_deposits(self):
        """Tell who looks after the orders of the deposits that the customer could not
        be reminded of, and why.
        """
        for reminder in self.filtered(
            lambda r: r.deposit_id and r.channel == "mail" and not r.plan_id.is_shadow
        ):
            try:
                with self.env.cr.savepoint():
                    user = reminder.order_id._get_proforma_responsible_user()
                    reason = reminder.with_context(lang=user.lang).reason_text
                    reminder.deposit_id._report_follow_up_failure(reason)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception:  # noqa: BLE001 - one record, not the batch.
                _logger.info("Reminder %s: nobody told.", reminder.id, exc_info=True)
