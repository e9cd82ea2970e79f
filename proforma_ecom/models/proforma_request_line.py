from odoo import api, fields, models


class ProformaRequestLine(models.Model):
    """What a customer wants to be otherwise on one line."""

    _name = "proforma.request.line"
    _description = "Pro Forma Request Line"
    _order = "request_id, id"

    request_id = fields.Many2one(
        "proforma.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="request_id.currency_id")
    order_line_id = fields.Many2one(
        "sale.order.line",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="Empty: the customer wants to add the product.",
    )
    product_id = fields.Many2one("product.product", readonly=True)
    name = fields.Char(string="Description", readonly=True)
    uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    quantity_now = fields.Float(string="Current", digits="Product Unit", readonly=True)
    quantity_asked = fields.Float(string="Asked", digits="Product Unit", readonly=True)
    price_now = fields.Float(
        string="Current Price", digits="Product Price", readonly=True
    )
    price_asked = fields.Float(
        string="Asked Price",
        digits="Product Price",
        readonly=True,
        help="For one unit, as the price stands on the document; 0: the price stays.",
    )
    removed = fields.Boolean(compute="_compute_removed")

    # === COMPUTE METHODS === #

    @api.depends("quantity_asked", "quantity_now")
    def _compute_removed(self):
        for line in self:
            line.removed = not line.quantity_asked and bool(line.quantity_now)
