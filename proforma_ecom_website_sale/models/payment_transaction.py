from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    # === BUSINESS METHODS - POST-PROCESSING === #

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: a cart with a pro forma is not sold at its prices once it
        is over; the money is recorded all the same.
        """
        unused = self.filtered(lambda tx: tx._proforma_report_late_purchase())
        return super(
            PaymentTransaction, self - unused
        )._check_amount_and_confirm_order()

    def _is_proforma_purchase_late(self, cart):
        """Return whether the money came too late for a cart with a pro forma: it was
        put back, or its prices hold no more.

        Who ordered while they held, by a transfer, may take his time to pay: his cart
        is a draft no more. What became of a pro forma that is under way is told when
        the cart is confirmed.

        :param sale.order cart: In sudo mode.
        """
        self.ensure_one()
        if cart.state == "cancel":
            return True
        source = cart.proforma_source_id
        return cart.state == "draft" and (
            source.proforma_state in ("declined", "cancelled")
            or source._is_proforma_past_deadline(now=self.last_state_change)
        )

    def _proforma_report_late_purchase(self):
        """Tell the salesperson of money that comes too late for the cart with a pro
        forma.

        Note: `self.ensure_one()`

        :return: Whether it does.
        :rtype: bool
        """
        self.ensure_one()
        cart = self.sudo().sale_order_ids
        if len(cart) != 1 or not cart.proforma_source_id:
            return False
        cart.proforma_source_id._proforma_lock()
        if not self._is_proforma_purchase_late(cart):
            return False
        cart.proforma_source_id._proforma_schedule_activity(
            lambda order: (
                order.env._(
                    "Payment %(reference)s could not be used", reference=self.reference
                ),
                order.env._(
                    "The customer paid %(version)s in the shop, as %(order)s, when it"
                    " had ended or was put back. The money was received, but it"
                    " confirms nothing. Ask him what he wants: confirm %(order)s by"
                    " hand, or refund him.",
                    version=cart.proforma_source_version_id.name,
                    order=cart.name,
                ),
            )
        )
        return True
