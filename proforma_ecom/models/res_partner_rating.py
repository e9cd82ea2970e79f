from odoo import fields, models


class ResPartner(models.Model):
    """How satisfied a customer is, over all of his pro formas."""

    _inherit = "res.partner"

    proforma_rating_avg = fields.Float(
        string="Average Feedback",
        digits=(2, 1),
        compute="_compute_proforma_rating_avg",
        groups="sales_team.group_sale_salesman",
    )

    # === COMPUTE METHODS === #

    def _compute_proforma_rating_avg(self):
        for partner in self:
            orders = self.env["sale.order"]
            [(average,)] = orders._read_group(
                partner._get_proforma_rated_domain(), [], ["proforma_rating:avg"]
            )
            partner.proforma_rating_avg = average or 0.0

    # === ACTION METHODS === #

    def action_view_proforma_ratings(self):
        """Return the action that shows what the customer said of his orders."""
        self.ensure_one()
        orders = self.env["sale.order"].search(self._get_proforma_rated_domain())
        return orders.action_view_proforma_ratings()

    # === HELPERS === #

    def _get_proforma_rated_domain(self):
        """Return the domain of the orders of the customer that have feedback.

        :rtype: list
        """
        return [("partner_id", "child_of", self.ids), ("proforma_rating", ">", 0)]
