from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: a cart with a pro forma is confirmed by what was paid
        while its prices held. Other money is kept, and somebody is told.
        """
        late = self.filtered(lambda tx: tx._is_proforma_purchase_late())
        return super(PaymentTransaction, self - late)._check_amount_and_confirm_order()

    def _is_proforma_purchase_late(self):
        """Return whether the payment is for a cart whose pro forma cannot be bought any
        more; tell it to who looks after that.

        What waits for its bank transfer was ordered in time.
        """
        self.ensure_one()
        cart = self.sale_order_ids
        if len(cart) != 1 or not cart.proforma_source_id:
            return False
        cart.proforma_source_id._proforma_lock()
        if cart.state == "draft":
            reason = cart._proforma_promise_error_message(self.last_state_change)
        else:
            reason = cart.state == "cancel" and self.env._("It had been put back.")
        if reason:
            cart._proforma_report_late_money(self, reason)
        return bool(reason)
