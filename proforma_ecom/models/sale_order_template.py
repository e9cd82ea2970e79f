from odoo import fields, models


class SaleOrderTemplate(models.Model):
    _name = "sale.order.template"
    _inherit = ["sale.order.template", "proforma.terms.mixin"]

    proforma_deposit_plan_id = fields.Many2one(
        "proforma.deposit.plan",
        string="Deposit Plan",
        check_company=True,
        help="The deposits that pro formas made from this template ask for.",
    )
    proforma_layout_id = fields.Many2one(
        "proforma.layout",
        string="Layout",
        check_company=True,
        help="How pro formas made from this template look.",
    )
    proforma_reminder_plan_id = fields.Many2one(
        "proforma.reminder.plan",
        string="Reminder Plan",
        check_company=True,
        help="How customers are reminded of pro formas made from this template.",
    )
    proforma_price_plan_id = fields.Many2one(
        "proforma.price.plan",
        string="Price Plan",
        check_company=True,
        help="Whether the prices of pro formas made from this template may move. Empty:"
        " as the categories of the products say.",
    )
