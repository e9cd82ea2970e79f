from odoo import api, fields, models

from ..const import DEPOSIT_AMOUNT_TYPES, DEPOSIT_TRIGGERS


class ProformaInstalmentMixin(models.AbstractModel):
    """What a plan and an order say of one instalment in the same words."""

    _name = "proforma.instalment.mixin"
    _description = "Pro Forma Instalment"

    # === FIELDS === #

    sequence = fields.Integer(default=10)
    amount_type = fields.Selection(
        DEPOSIT_AMOUNT_TYPES, string="Amount Is", required=True, default="percent"
    )
    percent = fields.Float(
        string="Share (%)",
        digits=(5, 2),
        help="Between 0 and 100. The last instalment takes the remaining cents.",
    )
    trigger = fields.Selection(
        DEPOSIT_TRIGGERS, string="When", required=True, default="final_invoice"
    )
    days = fields.Integer(
        help="Calendar days after the acceptance or before the delivery."
    )
    fixed_date = fields.Date(string="Date")
    needed_to_confirm = fields.Boolean(
        compute="_compute_needed_to_confirm",
        store=True,
        readonly=False,
        precompute=True,
        help="The order is confirmed only when this instalment is paid.",
    )
    before_delivery = fields.Boolean(
        help="Nothing is delivered before this instalment is paid.",
    )

    _percent_in_range = models.Constraint(
        "CHECK(amount_type NOT IN ('percent', 'percent_untaxed')"
        " OR (percent > 0 AND percent <= 100))",
        "The share of an instalment must be above 0 and at most 100 %.",
    )
    _days_positive = models.Constraint(
        "CHECK(days IS NULL OR days BETWEEN 0 AND 3650)",
        "The days of an instalment must be between 0 and 3650.",
    )

    # === COMPUTE METHODS === #

    @api.depends("trigger")
    def _compute_needed_to_confirm(self):
        for line in self:
            line.needed_to_confirm = line.trigger == "acceptance"

    # === HELPERS === #

    def _get_instalments(self):
        """Return type and value of each instalment, see `utils.instalment_amounts`.

        :rtype: list[tuple[str, float]]
        """
        return [
            (
                line.amount_type,
                line.fixed_amount if line.amount_type == "fixed" else line.percent,
            )
            for line in self
        ]
