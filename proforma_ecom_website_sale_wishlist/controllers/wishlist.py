from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.proforma_ecom_website_sale.controllers.cart import ProformaCart
from odoo.addons.proforma_ecom_website_sale.controllers.website_sale import (
    ProformaWebsiteSale,
)


class ProformaWishlist(ProformaWebsiteSale, ProformaCart):
    _wishlist_url = "/shop/proforma/wishlist"

    @http.route(
        _wishlist_url,
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def shop_proforma_wishlist(self, wishes="", **kwargs):
        """Put what is on the wish list into the cart, and go on to its pro forma.

        :param str wishes: Ids of what the visitor saw there, separated by commas; may
            be anything that a browser sends.
        :param kwargs: See `_read_request`.
        """
        self._check_proforma_enabled()
        products_sudo = request.env["product.wishlist"]._get_proforma_products(
            wishes.split(",") if isinstance(wishes, str) else []
        )
        if not products_sudo:  # The page says that it is empty.
            return request.redirect("/shop/wishlist")
        return self._ask_for_proforma(
            kwargs, fill=lambda: self._add_wishes(products_sudo)
        )

    def _add_wishes(self, products_sudo):
        """Put one of each into the cart; how many are there already is not changed.

        :param product.product products_sudo: What is on the wish list.
        :raise UserError: If something cannot be put there; the rest is.
        """
        refused = {}
        for product in products_sudo - request.cart.website_order_line.product_id:
            reason = product._get_proforma_wish_refusal(request.website)
            if not reason and not self._add_wish(product):
                reason = "unavailable"
            if reason:
                refused[product] = reason
        if refused:
            raise UserError(
                request.env["product.wishlist"]._get_proforma_wishes_message(
                    refused, request.cart
                )
            )

    def _add_wish(self, product_sudo):
        """Put a product into the cart.

        :return: Whether it is there.
        :rtype: bool
        """
        # Not to be undone with what goes wrong below: the session knows of it.
        request.cart or request.website._create_cart()
        try:
            with request.env.cr.savepoint():
                self.add_to_cart(product_sudo.product_tmpl_id.id, product_sudo.id)
                # Of a combination that is gone, core takes the closest one.
                if product_sudo not in request.cart.website_order_line.product_id:
                    raise UserError(product_sudo.display_name)
        except UserError:
            return False
        return True
