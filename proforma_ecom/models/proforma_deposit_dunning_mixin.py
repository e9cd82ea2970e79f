from odoo import api, fields, models

from ..const import DEPOSIT_OPEN_STATES
from ..utils import today_in


class ProformaDepositDunningMixin(models.AbstractModel):
    """The reminders of a deposit, which are steps of a reminder plan: what begins them
    anew, and what ends them.
    """

    _name = "proforma.deposit.dunning.mixin"
    _description = "Reminders of a Pro Forma Deposit"

    # === FIELDS === #

    reminder_ids = fields.One2many(
        "proforma.reminder", "deposit_id", string="All Reminders", readonly=True
    )
    reminded_from = fields.Date(
        readonly=True,
        copy=False,
        help="Reminders count from this day if it is after the due date: the customer"
        " was asked late, or his payment was taken back.",
    )
    reminded_on = fields.Date(
        string="Last Reminder", compute="_compute_reminders", compute_sudo=True
    )
    reminder_count = fields.Integer(
        string="Reminders", compute="_compute_reminders", compute_sudo=True
    )

    # === COMPUTE METHODS === #

    @api.depends("reminder_ids.state", "reminder_ids.done_on", "reminder_ids.step_id")
    def _compute_reminders(self):
        for deposit in self:
            sent = deposit.reminder_ids.filtered(
                lambda r: r.state == "sent" and r.channel == "mail"
            )
            last = max(sent.mapped("done_on"), default=None)
            tz_name = deposit.company_id._get_proforma_tz()
            deposit.reminder_count = len(sent)
            deposit.reminded_on = last and today_in(tz_name, last)

    # === CRUD METHODS === #

    def write(self, vals):
        """Override of the ORM: reminders that count from the day move with it."""
        day = fields.Date.to_date(vals.get("due_date"))
        moved = self.browse()
        if "due_date" in vals:
            moved = self.filtered(lambda deposit: deposit.due_date != day)
        res = super().write(vals)
        moved._forget_planned_reminders()
        return res

    # === BUSINESS METHODS === #

    def _update_state(self, target, values=None):
        """Override of the state: what is not owed any more is not reminded of."""
        moved = super()._update_state(target, values)
        if target not in DEPOSIT_OPEN_STATES:
            moved._get_reminders([("state", "=", "planned")])._note(
                "skipped", fields.Datetime.now(), reason="settled"
            )
        return moved

    def _remind_from(self, day):
        """Count the reminders that follow the due date from a later day, all of them.

        :param date day: When the customer was asked, or asked again.
        """
        self.sudo().reminded_from = day
        self._restart_reminders([("step_id.delay", ">", 0)])

    def _restart_reminders(self, domain=()):
        """Let the next run plan the reminders anew. What was sent stays in the log.

        :param domain: Only these reminders.
        """
        reminders = self._get_reminders([("is_replaced", "!=", True), *domain])
        left_house = reminders.filtered(lambda r: r.state in ("sent", "shadow"))
        left_house.is_replaced = True
        (reminders - left_house).unlink()

    def _forget_planned_reminders(self):
        """Delete what is planned, so that the next run plans it anew."""
        self._get_reminders([("state", "=", "planned")]).unlink()

    # === HELPERS === #

    def _get_reminders(self, domain):
        """Return the reminders of the deposits, in sudo mode.

        :param list domain: Only these.
        :rtype: proforma.reminder
        """
        reminders = self.env["proforma.reminder"].sudo()
        if not self.ids:
            return reminders
        return reminders.search([("deposit_id", "in", self.ids), *domain])

    def _get_reminder_verdict(self):
        """Return why the customer is not reminded of the deposit any more.

        :return: A key of `REMINDER_REASONS`, or None: it is still owed.
        """
        self.ensure_one()
        if self.order_state != "accepted":
            return "cancelled"
        return None if self.state in DEPOSIT_OPEN_STATES else "settled"
