from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.website_sale.controllers.payment import PaymentPortal


class ProformaPaymentPortal(PaymentPortal):
    def _validate_transaction_for_order(self, transaction, sale_order):
        """Override of `website_sale`: a pro forma is not paid in the checkout.

        A payment page that was left open would take the whole amount of an order that
        waits for its signature and its deposit.

        :raise ValidationError: If the cart has become a pro forma meanwhile.
        """
        if sale_order.proforma_state != "none":
            raise ValidationError(
                request.env._(
                    "This cart has become the pro forma %(number)s. Open it to accept"
                    " and pay.",
                    number=sale_order.proforma_number,
                )
            )
        return super()._validate_transaction_for_order(transaction, sale_order)
