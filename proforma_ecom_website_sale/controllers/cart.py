from odoo import http
from odoo.http import request

from odoo.addons.website_sale.controllers.cart import Cart

from . import session
from .offer import get_shared_text, prepare_update


class ProformaCart(Cart):
    @http.route()
    def cart(self, id=None, access_token=None, revive_method="", **post):
        """Override of `website_sale`: who is back in his cart has to ask again; one
        that holds a pro forma is shown where it is paid.
        """
        session.forget_asked()
        session.forget_checkout()
        if self._is_proforma_source_cart(id):  # It is not mixed with another one.
            return request.redirect("/shop/cart")
        is_source = request.cart.proforma_source_id and request.cart.order_line
        if is_source and (not id or revive_method == "merge"):
            return request.redirect("/shop/payment")
        return super().cart(
            id=id, access_token=access_token, revive_method=revive_method, **post
        )

    def _is_proforma_source_cart(self, order_id):
        """Return whether the link of an abandoned cart is about one with a pro forma.

        :param str order_id: As the link says it, may be None.
        """
        is_number = (order_id or "").isdecimal() and len(order_id) < 10
        orders_sudo = request.env["sale.order"].sudo()
        order_sudo = orders_sudo.browse(int(order_id) if is_number else []).exists()
        return bool(order_sudo.proforma_source_id)

    def _cart_values(self, **post):
        """Override of `website_sale` to say why there is no pro forma."""
        values = super()._cart_values(**post)
        return {**values, "proforma_error": session.take_error()}

    def _get_express_shop_payment_values(self, order, **kwargs):
        """Override of `website_sale` to keep what the visitor said, also where a quick
        reorder draws the buttons of the cart anew.
        """
        return {
            **super()._get_express_shop_payment_values(order, **kwargs),
            **session.prepare_said(),
        }

    @http.route()
    def add_to_cart(self, *args, **kwargs):
        """Override of `website_sale` to tell why nothing is added to a cart with a pro
        forma: the page shows no error, but a warning. It is remembered whether the
        visitor has to see the cart before a pro forma is made of it: it holds something
        else, or less than he asked for.
        """
        cart_sudo = request.cart
        if cart_sudo.proforma_source_id:
            warning = cart_sudo._get_proforma_source_text()
            return self._prepare_refused_addition(cart_sudo, warning)
        is_shared = bool(cart_sudo.order_line)
        values = super().add_to_cart(*args, **kwargs)
        warning = values["notification_info"].get("warning")
        session.remember_addition(is_shared, warning)
        return values

    def _prepare_refused_addition(self, cart_sudo, warning):
        """Return what core's page expects where nothing could be added."""
        return {
            "cart_quantity": cart_sudo.cart_quantity,
            "notification_info": {"warning": warning},
            "quantity": 0,
            "tracking_info": [],
        }

    @http.route()
    def update_cart(self, line_id, quantity, product_id=None, **kwargs):
        """Override of `website_sale` to say what the changed cart's pro forma is."""
        values = super().update_cart(line_id, quantity, product_id=product_id, **kwargs)
        values["proforma"] = prepare_update(request.cart)
        return values

    @http.route()
    def clear_cart(self):
        """Override of `website_sale`: a pro forma is put back, not emptied.

        :raise UserError: If the cart holds one.
        """
        request.cart._check_proforma_source()
        return super().clear_cart()

    @http.route(
        "/shop/proforma/cart",
        type="jsonrpc",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def shop_proforma_cart(self):
        """Return what the form of the visitor's own cart holds.

        :return: `order_id` and `access_token`; empty if he has no cart, or has to see
            it first, see `add_to_cart`.
        :rtype: dict
        """
        cart_sudo = request.cart
        if not cart_sudo or not request.website.proforma_enabled:
            return {}
        is_shared, warning = session.take_addition()
        if is_shared or warning:
            session.leave_error(warning or get_shared_text())
            return {}
        return {
            "order_id": cart_sudo.id,
            "access_token": cart_sudo._portal_ensure_token(),
        }
