from urllib.parse import urlencode

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.website_sale.controllers.main import WebsiteSale

# The cart for which the visitor asked for a pro forma before he had an address.
SESSION_CART_KEY = "proforma_cart_id"
SESSION_ERROR_KEY = "proforma_error"


class ProformaCart(WebsiteSale):
    _proforma_url = "/shop/proforma"
    _continue_url = "/shop/proforma/continue"

    @http.route(
        _proforma_url,
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def shop_proforma(self, order_id=None, access_token=None, **kwargs):
        """Turn the cart into a pro forma, or lead to what is missing first."""
        self._check_proforma_enabled()
        issued = request.env["sale.order"]._get_proforma_of_cart(
            self._cast_as_int(order_id), access_token
        )
        if issued:
            return request.redirect(issued.get_portal_url())
        cart_sudo = request.cart
        if redirection := self._check_cart(cart_sudo):
            return redirection
        if redirection := self._check_addresses(cart_sudo):
            request.session[SESSION_CART_KEY] = cart_sudo.id
            return self._add_callback(redirection)
        return self._issue_and_redirect(cart_sudo)

    @http.route(
        _continue_url,
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def shop_proforma_continue(self, **kwargs):
        """Go on after the address form, if the visitor had asked for a pro forma.

        Without his request in the session a GET does nothing: no crawler, no
        prefetch and no link can issue a document.
        """
        self._check_proforma_enabled()
        cart_sudo = request.cart
        if redirection := self._check_cart(cart_sudo):
            return redirection
        if request.session.get(SESSION_CART_KEY) != cart_sudo.id:
            return request.redirect("/shop/cart")
        if redirection := self._check_addresses(cart_sudo):
            return self._add_callback(redirection)
        request.session.pop(SESSION_CART_KEY)
        return self._issue_and_redirect(cart_sudo)

    @http.route()
    def shop_checkout(self, **query_params):
        """Override of `website_sale`: who goes to the checkout wants no pro forma."""
        request.session.pop(SESSION_CART_KEY, None)
        return super().shop_checkout(**query_params)

    def _check_proforma_enabled(self):
        """Check that this website offers pro formas.

        :raise NotFound: If it does not.
        """
        if not request.website.proforma_enabled:
            raise request.not_found()

    def _add_callback(self, redirection):
        """Return the redirection to the address form, made to come back to us.

        :param Response redirection: Where core wants the visitor to go.
        """
        url = redirection.location
        if not url.startswith("/shop/address"):
            return redirection
        separator = "&" if "?" in url else "?"
        callback = urlencode({"callback": self._continue_url})
        return request.redirect(f"{url}{separator}{callback}")

    def _issue_and_redirect(self, cart_sudo):
        """Issue the pro forma and show it; the cart is empty then.

        :param sale.order cart_sudo: The cart, complete with its addresses.
        """
        try:
            cart_sudo._proforma_issue_from_cart()
        except UserError as error:
            request.session[SESSION_ERROR_KEY] = str(error)
            return request.redirect("/shop/cart")
        request.website.sale_reset()
        return request.redirect(cart_sudo.get_portal_url())
