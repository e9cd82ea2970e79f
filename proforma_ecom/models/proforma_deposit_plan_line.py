from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import INSTALMENT_FIELDS, PLAN_NATURES


class ProformaDepositPlanLine(models.Model):
    _name = "proforma.deposit.plan.line"
    _inherit = ["proforma.instalment.mixin"]
    _description = "Deposit Plan Instalment"
    _order = "sequence, id"

    # === FIELDS === #

    plan_id = fields.Many2one(
        "proforma.deposit.plan", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="Label", required=True, translate=True)
    fixed_amount = fields.Monetary(string="Amount", currency_field="fixed_currency_id")
    fixed_currency_id = fields.Many2one(
        "res.currency",
        string="Currency",
        default=lambda self: self.env.company.currency_id,
        help="On an order in another currency, the amount is converted at the rate of"
        " the day of the issue.",
    )
    nature = fields.Selection(PLAN_NATURES, required=True, default="customer")

    _fixed_amount_positive = models.Constraint(
        "CHECK(amount_type != 'fixed' OR fixed_amount > 0)",
        "The amount of an instalment must be above 0.",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains("trigger", "fixed_date")
    def _check_fixed_date(self):
        for line in self:
            if line.trigger == "fixed_date" and not line.fixed_date:
                raise ValidationError(
                    self.env._(
                        "The instalment %(name)s is due on a date. Enter the date.",
                        name=line.name,
                    )
                )

    # === BUSINESS METHODS === #

    def _prepare_deposits_vals(self, order, today):
        """Return the values of the deposits of an order, without their amounts.

        :param sale.order order: The order; labels are in the language of its document.
        :param date today: The company's day, for the rate of fixed amounts.
        :rtype: list[dict]
        """
        lines = self.with_context(lang=order._get_proforma_lang())
        return [
            line._prepare_deposit_vals(order, position, today)
            for position, line in enumerate(lines, start=1)
        ]

    def _prepare_deposit_vals(self, order, position, today):
        """Return the values of the deposit that this instalment becomes on an order."""
        self.ensure_one()
        vals = {f: self[f] for f in INSTALMENT_FIELDS if f in self._fields}
        return {
            **vals,
            "sequence": position,
            "fixed_amount": self._get_fixed_amount(order, today),
            "nature": self._get_nature(order),
            "invoice_on": self.plan_id.invoice_on,
        }

    def _get_fixed_amount(self, order, today):
        """Return a fixed amount in the currency of an order, 0 if it is a share.

        :param date today: The company's day, for the rate.
        :rtype: float
        """
        self.ensure_one()
        if self.amount_type != "fixed":
            return 0.0
        currency = self.fixed_currency_id or order.company_id.currency_id
        return currency._convert(
            self.fixed_amount, order.currency_id, order.company_id, today
        )

    def _get_nature(self, order):
        """Return what the instalment is for the customer of an order.

        :rtype: str
        """
        self.ensure_one()
        if self.nature != "customer":
            return self.nature
        # What is paid against the goods or their invoice is the rest of the price.
        if self.trigger in ("delivery", "final_invoice"):
            return "balance"
        is_consumer = order.partner_id._is_proforma_consumer()
        return "arrhes" if is_consumer else "acompte"
