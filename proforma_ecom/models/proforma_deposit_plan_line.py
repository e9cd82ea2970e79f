from odoo import api, fields, models

from ..const import DEPOSIT_NATURES, DEPOSIT_TRIGGERS


class ProformaDepositPlanLine(models.Model):
    _name = "proforma.deposit.plan.line"
    _description = "Deposit Plan Instalment"
    _order = "sequence, id"

    plan_id = fields.Many2one(
        "proforma.deposit.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Label", required=True, translate=True)
    percent = fields.Float(
        string="Share (%)",
        required=True,
        digits=(5, 2),
        help="Share of the order's total with taxes, between 0 and 100. The last"
        " instalment takes the remaining cents.",
    )
    trigger = fields.Selection(
        DEPOSIT_TRIGGERS, string="When", required=True, default="final_invoice"
    )
    nature = fields.Selection(DEPOSIT_NATURES, required=True, default="balance")
    needed_to_confirm = fields.Boolean(
        compute="_compute_needed_to_confirm",
        store=True,
        readonly=False,
        precompute=True,
        help="The order is confirmed only when this instalment is paid.",
    )

    _percent_in_range = models.Constraint(
        "CHECK(percent > 0 AND percent <= 100)",
        "The share of an instalment must be above 0 and at most 100 %.",
    )

    # === COMPUTE METHODS === #

    @api.depends("trigger")
    def _compute_needed_to_confirm(self):
        for line in self:
            line.needed_to_confirm = line.trigger == "acceptance"
