from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.website_sale.controllers.reorder import CustomerPortal

from .offer import get_shared_text
from .order import ProformaOrderPortal
from .website_sale import ProformaWebsiteSale


class ProformaReorder(ProformaWebsiteSale, ProformaOrderPortal, CustomerPortal):
    @http.route(
        "/shop/proforma/again/<int(max=2147483647):order_id>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def shop_proforma_again(self, order_id, access_token=None, **kwargs):
        """Put what was ordered before into the cart, and go on to its pro forma.

        :param int order_id: A past order of the customer.
        :param str access_token: Its token, if he is not signed in.
        :param kwargs: See `_read_request`.
        """
        self._check_proforma_enabled()
        past_sudo = self._get_own_order(order_id, access_token)
        if not past_sudo:
            return request.redirect("/my")
        return self._ask_for_proforma(
            kwargs, fill=lambda: self._add_past_order(past_sudo, access_token)
        )

    def _add_past_order(self, past_sudo, access_token):
        """Put what was ordered before into the cart.

        :param sale.order past_sudo: What was ordered before.
        :param str access_token: Its token, if the visitor is not signed in.
        :raise UserError: If something is not sold any more, or not so much of it, or if
            the cart held something before.
        """
        held = request.cart.cart_quantity
        with request.env.cr.savepoint():
            self.my_orders_reorder(past_sudo.id, access_token=access_token)
        self._check_all_is_there(request.cart.cart_quantity - held, past_sudo)
        if held:
            raise UserError(get_shared_text())

    def _check_all_is_there(self, added, past_sudo):
        """Check that all of an order was put into the cart.

        :param int added: How much was.
        :param sale.order past_sudo: What was ordered before.
        :raise UserError: If something is not sold any more, or not so much of it.
        """
        if added < past_sudo.cart_quantity:
            raise UserError(
                request.env._(
                    "Not all that you ordered then could be put into your cart. Look at"
                    " it, then ask for its pro forma."
                )
            )
