import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from . import session
from .order import ProformaOrderPortal
from .website_sale import ProformaWebsiteSale


class ProformaPurchase(ProformaWebsiteSale, ProformaOrderPortal):
    """A pro forma goes back into the cart, is paid in the checkout, or put back."""

    # === ROUTES === #

    @http.route(
        "/shop/proforma/buy/<int(max=2147483647):order_id>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def shop_proforma_buy(self, order_id, access_token=None, version_id=None, **kwargs):
        """Turn a pro forma into the visitor's cart and lead him to its payment.

        :param int order_id: The pro forma.
        :param str access_token: Its token, if he is not signed in.
        :param str version_id: The version that he saw.
        """
        proforma_sudo = self._get_proforma(order_id, access_token)
        if not proforma_sudo:
            return self._refuse_link()
        seen = proforma_sudo._get_proforma_seen_version(self._cast_as_int(version_id))
        try:
            with request.env.cr.savepoint():
                cart_sudo = proforma_sudo._proforma_turn_into_cart(
                    request.website, version=seen
                )
        except UserError as error:
            request.session[f"proforma_error_{order_id}"] = str(error)
            return request.redirect(self._get_proforma_url(proforma_sudo))
        session.set_cart_aside(request.cart)
        session.put_into_cart(cart_sudo)
        return request.redirect("/shop/payment")

    @http.route(
        "/shop/proforma/put_back",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def shop_proforma_put_back(self, **kwargs):
        """Empty a cart with a pro forma, and take back the one that was set aside."""
        cart_sudo = request.cart
        source_sudo = cart_sudo.proforma_source_id
        if not source_sudo:
            return request.redirect("/shop/cart")
        request.website.sale_reset()
        request.session.pop(session.LAST_ORDER_KEY, None)
        cart_sudo._proforma_discard_cart()
        session.take_cart_back()
        return request.redirect(
            source_sudo.get_portal_url(query_string="&message=put_back")
        )

    # === PAGES === #

    def _prepare_proforma_page_values(self, order_sudo, access_token, /, **kwargs):
        """Override of `proforma_ecom` to offer the checkout, too."""
        values = super()._prepare_proforma_page_values(
            order_sudo, access_token, **kwargs
        )
        values["can_buy"] = values[
            "can_accept"
        ] and order_sudo._is_proforma_purchasable(request.website)
        values["bought"] = order_sudo._get_proforma_ordered_cart()
        return values

    @http.route()
    def shop_checkout(self, try_skip_step=None, **query_params):
        """Override of `website_sale`: there is nothing to choose about a pro forma."""
        return self._lead_to_payment() or super().shop_checkout(
            try_skip_step=try_skip_step, **query_params
        )

    @http.route()
    def shop_payment(self, **post):
        """Override of `website_sale` to note what is paid, as the steps before do; a
        pro forma has none of them.
        """
        if request.cart.proforma_source_id:
            request.session[session.LAST_ORDER_KEY] = request.cart.id
        return super().shop_payment(**post)

    @http.route()
    def shop_address(self, **kwargs):
        """Override of `website_sale`: a pro forma has its addresses."""
        return self._lead_to_payment() or super().shop_address(**kwargs)

    @http.route()
    def shop_address_submit(self, **kwargs):
        """Override of `website_sale`: a pro forma has its addresses."""
        if request.cart.proforma_source_id:
            return json.dumps({"redirectUrl": "/shop/payment"})
        return super().shop_address_submit(**kwargs)

    @http.route()
    def process_express_checkout(self, *args, **kwargs):
        """Override of `website_sale`: a pro forma has its addresses.

        :raise UserError: If the cart holds one.
        """
        request.cart._check_proforma_source()
        return super().process_express_checkout(*args, **kwargs)

    @http.route()
    def shop_payment_confirmation(self, **post):
        """Override of `website_sale` to give back the cart that was set aside. What
        nobody has ordered yet is not confirmed.
        """
        if not request.cart:
            session.take_cart_back()
        last_sudo = session.get_last_order()
        if last_sudo.proforma_source_id and last_sudo._is_proforma_cart_open():
            return request.redirect("/shop/payment")
        return super().shop_payment_confirmation(**post)

    def _check_addresses(self, order_sudo):
        """Override of `website_sale`: a pro forma has its addresses."""
        if order_sudo.proforma_source_id:
            return None
        return super()._check_addresses(order_sudo)

    def _lead_to_payment(self):
        """Return the way to the payment of a pro forma, None for any other cart."""
        if request.cart and request.cart.proforma_source_id:
            return request.redirect("/shop/payment")
        return None
