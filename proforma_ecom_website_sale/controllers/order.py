from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.proforma_ecom.controllers.payment import ProformaPaymentPortal


class ProformaOrderPortal(ProformaPaymentPortal):
    """The portal's page of an order, where a visitor may open his cart too."""

    @http.route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Override of `sale`: what the checkout takes no money for, neither does the
        page of the order.

        :raise ValidationError: If this order is such a cart.
        """
        order_sudo = request.env["sale.order"].sudo().browse(order_id).exists()
        if order_sudo._is_proforma_cart() and (
            message := order_sudo._proforma_checkout_payment_error_message()
        ):
            raise ValidationError(message)
        return super().portal_order_transaction(order_id, access_token, **kwargs)
