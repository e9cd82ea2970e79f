from odoo import models

from ..reminder_rules import is_held_out, is_overdue

# Returned by `_get_verdict` for what is not yet decided; it stays planned.
WAIT = "wait"

# The same, but the next batch of this run decides.
LATER = "later"


class ProformaReminderJudgeMixin(models.AbstractModel):
    """Whether a reminder that is due is sent, and why not."""

    _name = "proforma.reminder.judge.mixin"
    _description = "Judgement of Reminders"

    # === BUSINESS METHODS - JUDGEMENT === #

    def _get_verdict(self, today, tz_name, viewed_version_ids):
        """Return why a due reminder is not sent.

        :param date today: The company's day.
        :param str tz_name: The company's time zone (IANA).
        :param set viewed_version_ids: Versions that the customer has looked at.
        :return: A key of `REMINDER_REASONS`, `WAIT`, or None: it is sent.
        """
        self.ensure_one()
        step = self.step_id
        return (
            self._get_plan_verdict()
            or self._get_opt_out_reason(self.order_id)
            or self._get_life_verdict(today, tz_name)
            or (self._is_paused(today) and "paused")
            or (
                is_overdue(self.planned_on, today, tz_name, step.tolerance_days)
                and "too_late"
            )
            or (not self._meets_conditions(viewed_version_ids) and "condition")
            or (self._is_held_out() and "holdout")
            or (self._lacks_address() and "no_email")
            or None
        )

    def _get_plan_verdict(self):
        """Return whether the step is still one of the order's plan."""
        step, plan, order = self.step_id, self.plan_id, self.order_id
        chosen = order.proforma_reminder_plan_id
        if step.base == "deposit_due":
            chosen = order._get_proforma_deposit_reminder_plan()
        is_chosen = chosen == plan
        is_there = step.active and plan.active and step.plan_id == plan
        return "plan_changed" if not (is_chosen and is_there) else None

    def _get_opt_out_reason(self, order):
        """Return whether the customer or his document wants no reminders.

        :param sale.order order: The order, in sudo mode.
        """
        contact = order.partner_id
        if order.proforma_no_reminders:
            return "opted_out"
        if (contact | contact.commercial_partner_id).filtered("proforma_no_reminders"):
            return "opted_out_customer"
        return None

    def _get_life_verdict(self, today, tz_name):
        """Return what became of the pro forma since the reminder was planned."""
        order, step = self.order_id, self.step_id
        state = order.proforma_state
        if step.base == "deposit_due":
            return self._get_deposit_verdict(today, tz_name)
        if self.version_id != order.proforma_version_id:
            return "new_version"
        if state in ("accepted", "declined", "cancelled", "revising"):
            return state
        if step.base == "deadline" and step.delay > 0:
            # For those that expired; the scheduled action that says so comes first.
            return None if state == "expired" else WAIT
        is_expired = state == "expired" or order._is_proforma_past_deadline()
        return "expired" if is_expired else None

    def _is_paused(self, today):
        until = self.order_id.proforma_reminders_paused_until
        return bool(until and today < until)

    def _meets_conditions(self, viewed_version_ids):
        """Return whether the document is one that the step is for.

        :param set viewed_version_ids: Versions that the customer has looked at.
        """
        step, version = self.step_id, self.version_id
        is_viewed = version.id in viewed_version_ids
        customer = self.partner_id.commercial_partner_id
        total = version.amount_total / (version.currency_rate or 1.0)
        return (
            step.viewed in ("any", "yes" if is_viewed else "no")
            and total >= step.amount_min
            and (not step.amount_max or total <= step.amount_max)
            and (
                not step.partner_tag_ids or step.partner_tag_ids & customer.category_id
            )
            and (not step.lang_ids or version.lang in step.lang_ids.mapped("code"))
            and step.version_kind
            in ("any", "first" if version.version == 1 else "later")
        )

    def _is_held_out(self):
        if self.step_id.base == "deposit_due":
            return False  # What is owed is no experiment.
        plan, customer = self.plan_id, self.partner_id.commercial_partner_id
        return is_held_out(plan.id, customer.id, plan.holdout_percent)

    def _lacks_address(self):
        is_mail = self.step_id.channel == "mail"
        return is_mail and not self.partner_id.email_normalized

    def _get_viewed_version_ids(self):
        """Return the ids of the versions that the customer looked at, among ours.

        :rtype: set[int]
        """
        groups = self.env["proforma.event"]._read_group(
            [
                ("version_id", "in", self.version_id.ids),
                ("kind", "in", ("viewed", "downloaded")),
            ],
            ["version_id"],
        )
        return {version.id for (version,) in groups}
