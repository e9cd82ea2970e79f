from odoo import api, fields, models
from odoo.exceptions import UserError

from ..pricing import PRICE_OUTCOMES, PRICE_REASONS


class ProformaPriceCheck(models.Model):
    """What the market did to a version, and what followed. Append-only.

    A day on which nothing moved since the row before has no row.
    """

    _name = "proforma.price.check"
    _description = "Pro Forma Price Check"
    _order = "checked_on desc, id desc"
    _rec_name = "checked_on"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    version_id = fields.Many2one(
        "proforma.version",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    user_id = fields.Many2one(
        related="order_id.user_id", string="Salesperson", store=True, precompute=True
    )
    partner_id = fields.Many2one(
        related="order_id.partner_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="order_id.currency_id", string="Currency")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    checked_on = fields.Date(
        required=True, readonly=True, help="The day in the company's time zone."
    )
    outcome = fields.Selection(PRICE_OUTCOMES, required=True, readonly=True)
    reason = fields.Selection(PRICE_REASONS, readonly=True)
    note = fields.Char(readonly=True)

    # Figures
    old_rate = fields.Float(
        string="Rate at Issue", digits=(12, 6), readonly=True, aggregator=False
    )
    rate = fields.Float(
        string="Rate Used",
        digits=(12, 6),
        readonly=True,
        aggregator=False,
        help="Units of the document's currency for one of the company's.",
    )
    old_total = fields.Monetary(string="Total Sent", readonly=True, aggregator=False)
    new_total = fields.Monetary(string="Total Today", readonly=True, aggregator=False)
    total_change = fields.Float(
        string="Change of the Total (%)",
        digits=(16, 2),
        readonly=True,
        aggregator="avg",
    )
    old_margin = fields.Float(
        string="Margin at Issue (%)", digits=(16, 2), readonly=True, aggregator="avg"
    )
    new_margin = fields.Float(
        string="Margin Today (%)", digits=(16, 2), readonly=True, aggregator="avg"
    )
    margin_change = fields.Float(
        string="Change of the Margin (Points)",
        digits=(16, 2),
        readonly=True,
        aggregator="avg",
    )
    line_ids = fields.One2many(
        "proforma.price.check.line", "check_id", string="Lines", readonly=True
    )

    # === CRUD METHODS === #

    def write(self, vals):  # pylint: disable=method-required-super
        """Override of the ORM to keep the history append-only."""
        raise UserError(self.env._("A price check cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A price check cannot be deleted."))

    # === BUSINESS METHODS === #

    def _is_same(self, figures, outcome, reason):
        """Return whether a new check would say what this one says; it may be empty.

        :param PriceFigures figures: Those of the new check.
        :param str outcome: Its outcome.
        :param str reason: Its reason, may be False.
        """
        return (
            bool(self)
            and (self.outcome, self.reason) == (outcome, reason)
            and not self.currency_id.compare_amounts(self.new_total, figures.new_total)
            and abs(self.new_margin - figures.new_margin) < 0.005
        )
