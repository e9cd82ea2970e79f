from odoo import api, fields, models
from odoo.tools import format_amount
from odoo.tools.misc import get_lang

from ..typed import plain


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

    # === BUSINESS METHODS === #

    def _get_text(self):
        """Return what is asked for, such as "Chair: 2 → 5", in the user's language.

        :rtype: str
        """
        self.ensure_one()
        name = (self.name or "").partition("\n")[0]
        if self.removed:
            return self.env._("%(line)s: removed", line=name)
        if self.price_asked:
            prices = (self.price_now, self.price_asked)
            values = [format_amount(self.env, p, self.currency_id) for p in prices]
        else:
            lang = get_lang(self.env)
            quantities = (self.quantity_now, self.quantity_asked)
            values = [plain(q).replace(".", lang.decimal_point) for q in quantities]
        return self.env._(
            "%(line)s: %(now)s → %(asked)s", line=name, now=values[0], asked=values[1]
        )
