from odoo import fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    proforma_price_plan_id = fields.Many2one(
        "proforma.price.plan",
        string="Price Plan",
        company_dependent=True,
        check_company=True,
        help="Whether the prices of these products may move on a pro forma that was"
        " sent. Empty: as the parent category says; without any, prices are guaranteed"
        " until the deadline.",
    )
