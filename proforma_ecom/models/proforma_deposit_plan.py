from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ..const import DEPOSIT_DEDUCTIONS, DEPOSIT_INVOICE_TIMES
from ..schedule import is_whole


class ProformaDepositPlan(models.Model):
    _name = "proforma.deposit.plan"
    _description = "Deposit Plan"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the plan among all companies."
    )
    invoice_on = fields.Selection(
        DEPOSIT_INVOICE_TIMES,
        string="Invoice Deposits",
        required=True,
        default="paid",
        help="Earnest money has a receipt instead of an invoice.",
    )
    deduction = fields.Selection(
        DEPOSIT_DEDUCTIONS,
        string="Deduct Deposits",
        required=True,
        default="first",
        help="How the invoices of a delivery in parts deduct the invoiced deposits. No"
        " invoice falls below zero: the rest is deducted by the next one.",
    )
    line_ids = fields.One2many(
        "proforma.deposit.plan.line",
        "plan_id",
        string="Instalments",
        copy=True,
        default=lambda self: self._default_line_ids(),
    )

    @api.model
    def _default_line_ids(self):
        """Return the commands of a plan that asks for everything at acceptance."""
        return [
            Command.create(
                {
                    "name": self.env._("At acceptance"),
                    "percent": 100.0,
                    "trigger": "acceptance",
                    "nature": "customer",
                }
            )
        ]

    # === CONSTRAINT METHODS === #

    @api.constrains("line_ids")
    def _check_line_ids(self):
        for plan in self.filtered("line_ids"):
            if len(plan.line_ids.filtered("needed_to_confirm")) > 1:
                raise ValidationError(
                    self.env._(
                        "The deposit plan %(plan)s has several instalments that are"
                        " needed to confirm the order. One payment confirms it: make"
                        " them one instalment.",
                        plan=plan.name,
                    )
                )
            if not is_whole(plan.line_ids._get_instalments()):
                raise ValidationError(plan._get_sum_message())

    # === HELPERS === #

    def _get_sum_message(self):
        """Return what is wrong with the sum of the instalments, as a sentence."""
        self.ensure_one()
        if set(self.line_ids.mapped("amount_type")) == {"percent"}:
            return self.env._(
                "The instalments of the deposit plan %(plan)s add up to"
                " %(total)s %%. They must add up to 100 %%.",
                plan=self.name,
                total=round(sum(self.line_ids.mapped("percent")), 4),
            )
        return self.env._(
            "The deposit plan %(plan)s does not say who pays the rest. Make its last"
            " instalment, and no other, “The rest”.",
            plan=self.name,
        )
