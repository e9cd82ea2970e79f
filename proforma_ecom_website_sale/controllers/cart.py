from odoo import http

from odoo.addons.website_sale.controllers.cart import Cart

from . import session


class ProformaCart(Cart):
    @http.route()
    def cart(self, id=None, access_token=None, revive_method="", **post):
        """Override of `website_sale`: who is back in his cart has to ask again."""
        session.forget_asked()
        return super().cart(
            id=id, access_token=access_token, revive_method=revive_method, **post
        )

    def _cart_values(self, **post):
        """Override of `website_sale` to say why there is no pro forma."""
        return {
            **super()._cart_values(**post),
            "proforma_error": session.take_error(),
        }
