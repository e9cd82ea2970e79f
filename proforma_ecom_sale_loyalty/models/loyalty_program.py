from odoo import models

from ..const import RELEASING_STATES


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def _compute_total_order_count(self):
        """Override of `sale_loyalty`: a pro forma that expired or was declined uses up
        no code, though its order is still there.
        """
        super()._compute_total_order_count()
        orders = self.env["sale.order.line"]._read_group(
            [
                ("reward_id", "in", self.reward_ids.ids),
                ("order_id.proforma_state", "in", RELEASING_STATES),
            ],
            ["order_id"],
            ["reward_id:recordset"],
        )
        for program in self:
            program.total_order_count -= sum(
                bool(rewards & program.reward_ids) for _order, rewards in orders
            )
