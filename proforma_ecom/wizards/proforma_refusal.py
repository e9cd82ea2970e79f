from odoo import fields, models


class ProformaRefusal(models.TransientModel):
    _name = "proforma.refusal"
    _description = "Decline for the Customer"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    reason_id = fields.Many2one("proforma.decline.reason", required=True)
    note = fields.Char(string="Details")

    # === ACTION METHODS === #

    def action_decline(self):
        """Record that the customer declined."""
        self.ensure_one()
        self.order_id.check_access("write")
        self.order_id._proforma_lock()
        self.order_id._set_proforma_declined(self.reason_id, note=self.note)
        return {"type": "ir.actions.act_window_close"}
