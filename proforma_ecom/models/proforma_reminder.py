from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..const_reminder import REMINDER_REASONS, REMINDER_STATES
from ..utils import today_in


class ProformaReminder(models.Model):
    """One step for one version: what was and what will be sent. Only the system writes
    here.
    """

    _name = "proforma.reminder"
    _inherit = [
        "proforma.reminder.planning.mixin",
        "proforma.reminder.missing.mixin",
        "proforma.reminder.judge.mixin",
        "proforma.reminder.deposit.mixin",
        "proforma.reminder.contact.mixin",
        "proforma.reminder.sending.mixin",
    ]
    _description = "Pro Forma Reminder"
    _order = "planned_on, id"
    _rec_name = "step_id"
    # Hundreds of thousands of rows: what is kept of each is what somebody reads.
    _log_access = False

    # === FIELDS === #

    version_id = fields.Many2one(
        "proforma.version", required=True, readonly=True, ondelete="cascade"
    )
    step_id = fields.Many2one(
        "proforma.reminder.step", required=True, readonly=True, ondelete="restrict"
    )
    plan_id = fields.Many2one(
        "proforma.reminder.plan",
        string="Reminder Plan",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    channel = fields.Selection(related="step_id.channel")
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, readonly=True
    )
    deposit_id = fields.Many2one(
        "proforma.deposit", readonly=True, ondelete="cascade", index="btree_not_null"
    )

    state = fields.Selection(
        REMINDER_STATES, required=True, readonly=True, default="planned"
    )
    planned_on = fields.Datetime(required=True, readonly=True)
    done_on = fields.Datetime(string="Handled On", readonly=True)
    reason = fields.Selection(REMINDER_REASONS, readonly=True)
    error = fields.Char(readonly=True)
    reason_text = fields.Char(string="Why", compute="_compute_reason_text")
    is_current = fields.Boolean(
        string="Of the Current Version", compute="_compute_is_current"
    )
    mail_message_id = fields.Many2one(
        "mail.message", string="Message", readonly=True, index="btree_not_null"
    )

    is_replaced = fields.Boolean(
        readonly=True,
        help="It was sent for a day that the deposit no longer has: another one of the"
        " same step may follow.",
    )

    _step_uniq = models.UniqueIndex(
        "(version_id, step_id, COALESCE(deposit_id, 0)) WHERE is_replaced IS NOT TRUE",
        "A version has each reminder once.",
    )
    _due_idx = models.Index("(planned_on, id) WHERE state = 'planned'")
    _contact_idx = models.Index(
        "(partner_id, done_on) WHERE state IN ('sent', 'shadow')"
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "reason",
        "error",
        "state",
        "planned_on",
        "order_id.proforma_reminders_paused_until",
    )
    @api.depends_context("lang")
    def _compute_reason_text(self):
        texts = dict(self._fields["reason"]._description_selection(self.env))
        for reminder in self:
            reminder.reason_text = (
                reminder.error
                or texts.get(reminder.reason)
                or reminder._get_pause_text()
                or False
            )

    @api.depends("version_id", "order_id.proforma_version_id")
    def _compute_is_current(self):
        for reminder in self:
            current = reminder.order_id.proforma_version_id
            reminder.is_current = reminder.version_id == current

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of the ORM: only the system plans."""
        self._check_system()
        return super().create(vals_list)

    def write(self, vals):
        """Override of the ORM: only the system writes the log."""
        self._check_system()
        return super().write(vals)

    def unlink(self):
        """Override of the ORM: only the system forgets what was not handled yet."""
        self._check_system()
        return super().unlink()

    def _check_system(self):
        """Check that no user writes in the log of the reminders.

        :raise UserError: If one tries to.
        """
        if not self.env.su:
            raise UserError(
                self.env._("The log of the reminders is written by the system alone.")
            )

    # === ACTION METHODS === #

    def action_retry(self):
        """Plan failed reminders anew, at once or when work begins again.

        :raise UserError: If a reminder has not failed.
        """
        self.order_id.check_access("write")
        if self.filtered(lambda reminder: reminder.state != "failed"):
            raise UserError(self.env._("Only a failed reminder can be tried again."))
        self.sudo().mail_message_id._withdraw_proforma_mails()
        for reminder in self.sudo():
            hours = reminder.company_id._get_proforma_working_hours()
            reminder.write(
                {
                    "state": "planned",
                    "planned_on": hours.next_instant(fields.Datetime.now()),
                    "done_on": False,
                    "reason": False,
                    "error": False,
                }
            )
        self._trigger_cron()
        return True

    # === HELPERS === #

    def _get_pause_text(self):
        """Return that a planned reminder falls into the pause of its order, "" if it
        does not.

        :rtype: str
        """
        self.ensure_one()
        if self.state != "planned" or not self._is_paused(self._get_planned_day()):
            return ""
        until = self.order_id.proforma_reminders_paused_until
        day = format_date(self.env, until)
        return self.env._("Paused until %(day)s", day=day)

    def _get_planned_day(self):
        """Return the day of the company on which the reminder is due.

        :rtype: date
        """
        self.ensure_one()
        return today_in(self.company_id.sudo()._get_proforma_tz(), self.planned_on)

    @api.model
    def _trigger_cron(self):
        """Run the scheduled action of the reminders soon."""
        cron = self.env.ref(
            "proforma_ecom.ir_cron_send_reminders", raise_if_not_found=False
        )
        if cron:
            cron.sudo()._trigger()
