from odoo import fields, models


class ProformaAcceptance(models.TransientModel):
    _name = "proforma.acceptance"
    _description = "Accept for the Customer"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    deposit_amount = fields.Monetary(compute="_compute_deposit_amount")
    reason = fields.Char(
        string="How the Customer Accepted",
        required=True,
        help="For example: purchase order 4711 received by e-mail.",
    )

    # === COMPUTE METHODS === #

    def _compute_deposit_amount(self):
        for wizard in self:
            wizard.deposit_amount = wizard.order_id._get_prepayment_required_amount()

    # === ACTION METHODS === #

    def action_accept(self):
        """Confirm the order and ask for its deposit."""
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        order._proforma_lock()
        order.sudo().write({"proforma_accepted_by_hand": self.reason})
        order.action_confirm()
        return {"type": "ir.actions.act_window_close"}
