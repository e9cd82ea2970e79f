from odoo import http
from odoo.http import request

from odoo.addons.website_sale.controllers.delivery import Delivery

from .offer import prepare_update


class ProformaDelivery(Delivery):
    def _order_summary_values(self, order, **post):
        """Override of `website_sale` to say what its pro forma is with the delivery."""
        values = super()._order_summary_values(order, **post)
        return {**values, "proforma": prepare_update(order)}

    @http.route()
    def express_checkout_process_delivery_address(self, partial_delivery_address):
        """Override of `website_sale`: whoever has the link of a pro forma writes no
        contact of its customer, and has it delivered nowhere else.

        :raise UserError: If the cart holds one.
        """
        request.cart._check_proforma_source()
        return super().express_checkout_process_delivery_address(
            partial_delivery_address
        )
