from odoo import fields, models


class ProformaPriceBaseline(models.Model):
    """What the lines of a version stood on when it was issued. Not printed.

    Only versions with a line whose price may move have rows; all their lines have one
    then, since the margin of the document needs them all.
    """

    _name = "proforma.price.baseline"
    _description = "Pro Forma Price Baseline"
    _order = "version_id, id"

    version_id = fields.Many2one(
        "proforma.version", required=True, readonly=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "sale.order.line",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    plan_id = fields.Many2one(
        "proforma.price.plan",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The plan that was in force at the issue; empty if the price is"
        " guaranteed.",
    )
    priced_on = fields.Date(
        required=True,
        readonly=True,
        help="The day whose exchange rate is in the price.",
    )
    cost = fields.Float(
        required=True,
        readonly=True,
        digits=0,
        help="For one unit of the line, in the currency of the company.",
    )

    _line_uniq = models.UniqueIndex(
        "(version_id, line_id)", "A line of a version has one baseline."
    )
