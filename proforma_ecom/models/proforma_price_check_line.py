from odoo import fields, models


class ProformaPriceCheckLine(models.Model):
    _name = "proforma.price.check.line"
    _description = "Pro Forma Price Check Line"
    _order = "check_id, id"

    check_id = fields.Many2one(
        "proforma.price.check",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="check_id.currency_id")
    company_currency_id = fields.Many2one(related="check_id.company_currency_id")
    product_id = fields.Many2one("product.product", readonly=True)
    name = fields.Char(string="Description", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    old_price = fields.Float(string="Price Sent", digits="Product Price", readonly=True)
    new_price = fields.Float(
        string="Price Today", digits="Product Price", readonly=True
    )
    old_cost = fields.Float(
        string="Cost at Issue", digits="Product Price", readonly=True
    )
    new_cost = fields.Float(string="Cost Today", digits="Product Price", readonly=True)
