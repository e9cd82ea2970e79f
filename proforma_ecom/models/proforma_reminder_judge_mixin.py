from odoo import models

from ..const_reminder import VIEW_KINDS, WORD_KINDS
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

    def _get_verdict(self, today, tz_name, kinds):
        """Return why a due reminder is not sent.

        :param date today: The company's day.
        :param str tz_name: The company's time zone (IANA).
        :param set kinds: What the customer did about the version, see
            `_get_signs_of_life`.
        :return: A key of `REMINDER_REASONS`, `WAIT`, or None: it is sent.
        """
        self.ensure_one()
        step = self.step_id
        return (
            self._get_plan_verdict()
            or self._get_opt_out_reason(self.order_id)
            or self._get_life_verdict(today, tz_name)
            or self._get_word_verdict(kinds)
            or self._get_payment_verdict(today, tz_name)
            or (self._is_paused(today) and "paused")
            or (
                is_overdue(self.planned_on, today, tz_name, step.tolerance_days)
                and "too_late"
            )
            or (not self._meets_conditions(kinds) and "condition")
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

    def _get_word_verdict(self, kinds):
        """Return what the customer has said about the version, whenever the reminder
        was planned. Only our own answer to him lets a reminder follow.

        :param set kinds: See `_get_signs_of_life`.
        """
        if self.step_id.base in ("deposit_due", "message"):
            return None
        return next((kind for kind in WORD_KINDS if kind in kinds), None)

    def _get_payment_verdict(self, today, tz_name):
        """Return what a signature, or money, makes of the reminder of an offer. A
        payment under way may still fail; who has signed is told of the deadline alone.

        :param date today: The company's day.
        :param str tz_name: The company's time zone (IANA).
        :return: See `_get_verdict`.
        """
        step, order = self.step_id, self.order_id
        if step.base == "deposit_due":
            return None
        if order._has_proforma_deposit_money():
            is_late = is_overdue(self.planned_on, today, tz_name, step.tolerance_days)
            return "settled" if is_late else WAIT
        is_signed = order.signed_on and step.base != "deadline"
        return "signed" if is_signed else None

    def _is_paused(self, today):
        """Return whether no reminder of the order is sent on a day.

        :param date today: The company's day.
        """
        until = self.order_id.proforma_reminders_paused_until
        return bool(until and today < until)

    def _meets_conditions(self, kinds):
        """Return whether the document is one that the step is for.

        :param set kinds: See `_get_signs_of_life`.
        """
        step, version = self.step_id, self.version_id
        is_viewed = not kinds.isdisjoint(VIEW_KINDS)
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

    def _get_signs_of_life(self):
        """Return what the customer did about our versions.

        :return: Keys of `EVENT_KINDS`, by version.
        :rtype: dict[proforma.version, set[str]]
        """
        groups = self.env["proforma.event"]._read_group(
            [
                ("version_id", "in", self.version_id.ids),
                ("kind", "in", (*VIEW_KINDS, *WORD_KINDS)),
            ],
            ["version_id", "kind"],
        )
        signs = {version: set() for version in self.version_id}
        for version, kind in groups:
            signs[version].add(kind)
        return signs
