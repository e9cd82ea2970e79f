from odoo import fields, models


class SaleOrderTemplate(models.Model):
    _inherit = "sale.order.template"

    proforma_deposit_plan_id = fields.Many2one(
        "proforma.deposit.plan",
        string="Deposit Plan",
        check_company=True,
        help="The deposits that pro formas made from this template ask for.",
    )
