from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: a cart with a pro forma is confirmed by what was paid
        while its prices held. Other money is kept, and somebody is told.
        """
        for source in self.sale_order_ids.proforma_source_id:
            source._proforma_lock()  # It may be accepted at this very moment.
        late = self.filtered(lambda tx: tx._get_proforma_late_reason())
        for tx in late:
            reason = tx._get_proforma_late_reason()
            tx.sale_order_ids._proforma_report_late_money(tx, reason)
        return super(PaymentTransaction, self - late)._check_amount_and_confirm_order()

    def _get_proforma_late_reason(self):
        """Return why the payment confirms no cart with a pro forma, or False.

        What waits for its bank transfer was ordered in time, and does not expire
        meanwhile: once it has expired, the transfer was given up.

        :rtype: str|bool
        """
        self.ensure_one()
        cart = self.sale_order_ids
        source = cart.proforma_source_id
        if len(cart) != 1 or not source:
            return False
        if cart.state == "cancel":
            return self.env._("It had been put back.")
        is_given_up = cart.state == "sent" and source.proforma_state == "expired"
        if cart.state == "draft" or is_given_up:
            return cart._proforma_promise_error_message(self.last_state_change)
        return False
