from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..pricing import PRICE_ACTIONS, PriceTerms


class ProformaPricePlan(models.Model):
    _name = "proforma.price.plan"
    _description = "Price Plan"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the plan among all companies."
    )
    action = fields.Selection(
        PRICE_ACTIONS,
        string="When Prices Move",
        required=True,
        default="propose",
        help="What was issued under a guarantee keeps its prices, whatever is chosen"
        " later.",
    )

    # What is watched
    watch_pricelist = fields.Boolean(
        string="Price List",
        default=True,
        help="Prices follow the price list of the document as it is today.",
    )
    watch_rate = fields.Boolean(
        string="Exchange Rate",
        default=True,
        help="Prices that are converted into the currency of the document follow"
        " today's rate of Odoo's own table.",
    )
    watch_cost = fields.Boolean(
        string="Cost",
        default=True,
        help="The margin follows today's cost of the products.",
    )

    # When something is done
    threshold = fields.Float(
        default=2.0,
        help="Something is done when the total moves by more than this percentage, or"
        " the margin by more than as many points.",
    )
    floor_margin = fields.Float(
        default=0.0,
        help="Percentage of the price without taxes. New prices that leave less, for"
        " the document or one of its lines, are only proposed.",
    )
    min_days = fields.Integer(
        string="Days between Versions",
        default=7,
        help="Nothing is proposed or issued before the current version is that old.",
    )

    _threshold_percent = models.Constraint(
        "CHECK(threshold >= 0 AND threshold <= 100)",
        "The threshold is a percentage between 0 and 100.",
    )
    _floor_margin_percent = models.Constraint(
        "CHECK(floor_margin >= 0 AND floor_margin < 100)",
        "The floor margin is a percentage from 0 to less than 100.",
    )
    _min_days_positive = models.Constraint(
        "CHECK(min_days >= 0)", "The days between two versions cannot be negative."
    )

    # === CONSTRAINT METHODS === #

    @api.constrains("action", "watch_pricelist", "watch_rate", "watch_cost")
    def _check_watched(self):
        for plan in self.filtered(lambda plan: plan.action != "keep"):
            if not (plan.watch_pricelist or plan.watch_rate or plan.watch_cost):
                raise ValidationError(
                    self.env._(
                        "The price plan %(plan)s watches nothing. Choose the price"
                        " list, the exchange rate or the cost.",
                        plan=plan.name,
                    )
                )

    # === HELPERS === #

    def _is_usable(self, company):
        """Return whether the plan holds for documents of a company: it is neither
        archived nor another company's.

        :param res.company company: The company of the document.
        """
        return bool(self) and self.active and self.company_id <= company

    def _is_moving(self, company):
        """Return whether documents of a company move under the plan.

        :param res.company company: The company of the document.
        """
        return self._is_usable(company) and self.action != "keep"

    def _get_terms(self):
        """Return the terms of the plans of one document: the strictest of each.

        :rtype: PriceTerms
        """
        return PriceTerms(
            threshold=min(self.mapped("threshold")),
            floor=max(self.mapped("floor_margin")),
            min_days=max(self.mapped("min_days")),
            is_issued=set(self.mapped("action")) == {"issue"},
        )
