from odoo import fields, models


class ProformaReminderPlan(models.Model):
    _name = "proforma.reminder.plan"
    _description = "Reminder Plan"
    _order = "sequence, id"
    _check_company_auto = True

    # === FIELDS === #

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the plan among all companies."
    )
    is_shadow = fields.Boolean(
        string="Shadow Mode",
        help="Nothing leaves: the follow-up of each pro forma shows what would have"
        " been sent.",
    )
    holdout_percent = fields.Float(
        string="Customers without Reminders",
        digits=(5, 2),
        help="Percentage of the customers, 0 to 100, who get no reminders, so that the"
        " effect of the reminders can be measured. A customer stays in his group.",
    )
    min_days_between = fields.Integer(
        string="Days between Two Reminders",
        default=4,
        help="A contact gets no second reminder within so many days, over all his"
        " documents; it is skipped. 0: no such limit.",
    )
    step_ids = fields.One2many(
        "proforma.reminder.step",
        "plan_id",
        string="Steps",
        copy=True,
        context={"active_test": False},
    )

    _holdout_percent_range = models.Constraint(
        "CHECK(holdout_percent >= 0 AND holdout_percent <= 100)",
        "The share of customers without reminders lies between 0 and 100 %.",
    )
    _min_days_between_positive = models.Constraint(
        "CHECK(min_days_between >= 0)",
        "The days between two reminders cannot be negative.",
    )

    # === BUSINESS METHODS === #

    def _get_reminding_of_deposits(self):
        """Return those of the plans that say how deposits are reminded of. A plan whose
        steps for deposits are all switched off is one: it reminds of none.
        """
        return self.filtered(
            lambda plan: plan.active and "deposit_due" in plan.step_ids.mapped("base")
        )

    # === ACTION METHODS === #

    def action_view_reminders(self):
        """Return the action that lists the reminders of the plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "proforma_ecom.action_proforma_reminders"
        )
        return {**action, "domain": [("plan_id", "=", self.id)]}
