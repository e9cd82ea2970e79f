from odoo.exceptions import ValidationError

from odoo.addons.website_sale.controllers.payment import PaymentPortal


class ProformaPaymentPortal(PaymentPortal):
    def _validate_transaction_for_order(self, transaction, sale_order):
        """Override of `website_sale`: a pro forma is not paid in the checkout, nor what
        is sold by pro forma only.

        A payment page that was left open would take the whole amount of an order that
        waits for its signature and its deposit.

        :raise ValidationError: If the checkout takes no money for this order.
        """
        if source_sudo := sale_order.sudo().proforma_source_id:
            source_sudo._proforma_lock()  # It may be accepted at this very moment.
        if message := sale_order._proforma_checkout_payment_error_message():
            raise ValidationError(message)
        return super()._validate_transaction_for_order(transaction, sale_order)
