from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const_reminder import (
    DELAY_UNITS,
    LIMIT_BASES,
    REMINDER_BASES,
    REMINDER_CHANNELS,
    VERSION_KINDS,
    VIEWED_CONDITIONS,
)

# A change of one of these moves what is planned.
CLOCK_FIELDS = frozenset({"base", "delay", "delay_unit", "plan_id"})

MAX_DELAY_DAYS = 366


class ProformaReminderStep(models.Model):
    _name = "proforma.reminder.step"
    _inherit = ["proforma.reminder.step.text.mixin", "proforma.mail.preview.mixin"]
    _description = "Step of a Reminder Plan"
    _order = "plan_id, sequence, id"

    # === FIELDS === #

    plan_id = fields.Many2one(
        "proforma.reminder.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)

    # Clock
    base = fields.Selection(
        REMINDER_BASES, string="Counted From", required=True, default="issued"
    )
    delay = fields.Integer(
        default=2, help="Before the deadline or the due date: a negative number."
    )
    delay_unit = fields.Selection(
        DELAY_UNITS, string="Unit", required=True, default="days"
    )
    tolerance_days = fields.Integer(
        string="Tolerance (Days)",
        default=2,
        help="Days after its own day on which the step is still made up for, should the"
        " server have been down; later it is skipped.",
    )

    # What is done
    channel = fields.Selection(
        REMINDER_CHANNELS,
        required=True,
        default="mail",
        help="An e-mail goes to the customer, an activity to the salesperson.",
    )
    template_id = fields.Many2one(
        "mail.template",
        string="E-mail Template",
        domain="[('model', '=', 'sale.order')]",
        ondelete="restrict",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        domain="[('res_model', 'in', (False, 'sale.order'))]",
        ondelete="restrict",
    )
    activity_summary = fields.Char(string="Summary", translate=True)
    activity_note = fields.Text(string="Note", translate=True)

    # Conditions
    viewed = fields.Selection(VIEWED_CONDITIONS, required=True, default="any")
    amount_min = fields.Monetary(
        string="From Amount", help="Total in the company's currency; 0: no limit."
    )
    amount_max = fields.Monetary(
        string="Up to Amount", help="Total in the company's currency; 0: no limit."
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    partner_tag_ids = fields.Many2many(
        "res.partner.category",
        string="Customer Tags",
        help="Only for customers who have one of them; empty: for all.",
    )
    lang_ids = fields.Many2many(
        "res.lang",
        string="Languages",
        help="Only for documents in one of them; empty: in any language.",
    )
    version_kind = fields.Selection(
        VERSION_KINDS, string="Version", required=True, default="any"
    )

    _amounts_positive = models.Constraint(
        "CHECK(COALESCE(amount_min, 0) >= 0 AND COALESCE(amount_max, 0) >= 0)",
        "The amounts of a reminder step cannot be negative.",
    )
    _tolerance_days_positive = models.Constraint(
        "CHECK(tolerance_days >= 0)", "The tolerance of a step cannot be negative."
    )

    # === COMPUTE METHODS === #

    @api.depends("plan_id.company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for step in self:
            company = step.plan_id.company_id or self.env.company
            step.currency_id = company.currency_id

    # === CONSTRAINT METHODS === #

    @api.constrains("base", "delay", "delay_unit")
    def _check_delay(self):
        for step in self:
            if step.delay < 0 and step.base not in LIMIT_BASES:
                raise ValidationError(
                    self.env._(
                        "The step “%(name)s” cannot come before what it counts from:"
                        " only a deadline or a due date is known in advance.",
                        name=step.name,
                    )
                )
            days = abs(step.delay) / (24 if step.delay_unit == "hours" else 1)
            if days > MAX_DELAY_DAYS:
                raise ValidationError(
                    self.env._(
                        "The delay of the step “%(name)s” is longer than a year.",
                        name=step.name,
                    )
                )

    @api.constrains("channel", "template_id", "activity_type_id")
    def _check_channel(self):
        for step in self:
            if step.channel == "mail" and not step.template_id:
                raise ValidationError(
                    self.env._(
                        "Choose the e-mail template of the step “%(name)s”.",
                        name=step.name,
                    )
                )
            if step.channel == "mail" and step.template_id.model != "sale.order":
                raise ValidationError(
                    self.env._(
                        "The template of the step “%(name)s” is not about sales"
                        " orders.",
                        name=step.name,
                    )
                )
            if step.channel == "activity" and not step.activity_type_id:
                raise ValidationError(
                    self.env._(
                        "Choose the type of activity of the step “%(name)s”.",
                        name=step.name,
                    )
                )

    @api.constrains("amount_min", "amount_max")
    def _check_amounts(self):
        for step in self:
            if step.amount_max and step.amount_min > step.amount_max:
                raise ValidationError(
                    self.env._(
                        "The step “%(name)s” is for no amount at all: its lower limit"
                        " is above the upper one.",
                        name=step.name,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of the ORM: open pro formas get the new steps too."""
        steps = super().create(vals_list)
        self.env["proforma.reminder"]._trigger_cron()
        return steps

    def write(self, vals):
        """Override of the ORM: what is planned moves with its step."""
        moved = self.filtered(
            lambda step: any(
                step._fields[fname].convert_to_write(step[fname], step) != vals[fname]
                for fname in CLOCK_FIELDS.intersection(vals)
            )
        )
        res = super().write(vals)
        self.env["proforma.reminder"]._forget_planned(moved)
        if moved or "active" in vals:
            self.env["proforma.reminder"]._trigger_cron()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        reminders = self.env["proforma.reminder"].sudo()
        if used := reminders.search([("step_id", "in", self.ids)], limit=1).step_id:
            raise UserError(
                self.env._(
                    "The step “%(name)s” has been used. Switch it off instead of"
                    " deleting it.",
                    name=used.name,
                )
            )

    # === ACTION METHODS === #

    def action_preview(self):
        """Open core's preview of the e-mail on the last pro forma that it is for.

        :raise UserError: If there is none.
        """
        self.ensure_one()
        company = self.plan_id.company_id or self.env.company
        return self._preview_template(
            self.template_id, company, self._get_preview_kind()
        )

    # === HELPERS === #

    def _get_preview_kind(self):
        """Return of which kind of pro forma the step writes, see `PREVIEW_DOMAINS`.

        :rtype: str
        """
        self.ensure_one()
        if self.base == "deposit_due":
            return "reminder_deposit"
        is_after = self.base == "deadline" and self.delay > 0
        return "reminder_expired" if is_after else "reminder"
