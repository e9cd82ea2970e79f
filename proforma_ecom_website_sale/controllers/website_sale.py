import json
from urllib.parse import urlencode, urlsplit

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.website_sale.controllers.main import WebsiteSale

from ..exceptions import CheckoutNeededError
from . import guests, session


class ProformaWebsiteSale(WebsiteSale):
    _proforma_url = "/shop/proforma"
    _continue_url = "/shop/proforma/continue"

    # === ROUTES === #

    @http.route(
        _proforma_url,
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def shop_proforma(self, order_id=None, access_token=None, **kwargs):
        """Turn the cart into a pro forma, or lead to what is missing first.

        :param str order_id: The cart that the visitor saw; what it has become since is
            shown to him, and another cart is not touched.
        :param str access_token: The token of that cart.
        :param kwargs: See `_read_request`.
        """
        self._check_proforma_enabled()
        order_sudo = request.env["sale.order"]._get_order_of_cart_form(
            self._cast_as_int(order_id), access_token
        )
        if session.is_taken(order_sudo):
            return self._show_issued(order_sudo)
        if order_sudo != request.cart:
            return request.redirect("/shop/cart")
        return self._ask_for_proforma(kwargs)

    @http.route(
        _continue_url,
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def shop_proforma_continue(self, **kwargs):
        """Go on after the address form or the login, if the visitor had asked.

        Without his request in the session a GET issues nothing: no crawler, no prefetch
        and no link can make a document.
        """
        self._check_proforma_enabled()
        if issued_sudo := session.get_asked_proforma():
            session.forget_asked()
            request.session[session.LAST_ORDER_KEY] = issued_sudo.id
            return self._show_issued(issued_sudo)
        if session.is_asked(request.cart):
            return self._proceed_to_proforma(request.cart)
        proforma_sudo = session.get_last_proforma()
        if proforma_sudo and not request.cart:  # He reloads the page, or came twice.
            return request.redirect(proforma_sudo.get_portal_url())
        return request.redirect("/shop/cart")

    @http.route()
    def shop_checkout(self, try_skip_step=None, **query_params):
        """Override of `website_sale`: who goes to the checkout wants no pro forma."""
        session.forget_asked()
        return super().shop_checkout(try_skip_step=try_skip_step, **query_params)

    @http.route()
    def shop_address_submit(
        self, *args, address_type="billing", callback="", proforma_elsewhere="", **post
    ):
        """Override of `website_sale`: who has it delivered elsewhere says where before
        he gets his pro forma. Core lets guests choose another address for the invoice
        only.

        :param str proforma_elsewhere: Whether he does; empty for no.
        """
        answer = super().shop_address_submit(
            *args, address_type=address_type, callback=callback, **post
        )
        if "invalid_fields" not in json.loads(answer.get_data()):
            is_asked = callback == self._continue_url and address_type == "billing"
            session.note_elsewhere(request.cart, is_asked and bool(proforma_elsewhere))
        return answer

    @http.route()
    def shop_payment(self, **post):
        """Override of `website_sale`: there is nothing to pay for what is sold by pro
        forma only; the visitor is led to his pro forma.
        """
        return self._refuse_payment() or super().shop_payment(**post)

    @http.route()
    def shop_payment_validate(self, sale_order_id=None, **post):
        """Override of `website_sale`: a pro forma is not confirmed by the checkout, nor
        is what costs nothing yet and is sold by pro forma only.
        """
        if redirection := self._refuse_payment():
            return redirection
        proforma_sudo = session.get_last_proforma()
        if proforma_sudo and not request.cart:
            return request.redirect(proforma_sudo.get_portal_url())
        return super().shop_payment_validate(sale_order_id=sale_order_id, **post)

    @http.route()
    def shop_payment_confirmation(self, **post):
        """Override of `website_sale`: a pro forma has a page of its own."""
        if proforma_sudo := session.get_last_proforma():
            return request.redirect(proforma_sudo.get_portal_url())
        return super().shop_payment_confirmation(**post)

    @http.route()
    def print_saleorder(self, **kwargs):
        """Override of `website_sale`: of a pro forma the stored PDF is shown."""
        proforma_sudo = session.get_last_proforma()
        if proforma_sudo and proforma_sudo.proforma_state != "accepted":
            suffix = "/pdf" if proforma_sudo.proforma_number else ""
            return request.redirect(proforma_sudo.get_portal_url(suffix=suffix))
        return super().print_saleorder(**kwargs)

    # === STEPS === #

    def _refuse_payment(self):
        """Return the way back to a cart that is sold by pro forma only, None for any
        other cart; one with a pro forma has no other page than that of its payment.
        """
        cart_sudo = request.cart
        if not cart_sudo or not cart_sudo._has_proforma_only_products():
            return None
        if cart_sudo.proforma_source_id:
            return None
        session.leave_error(cart_sudo._proforma_checkout_payment_error_message())
        return request.redirect("/shop/cart")

    def _check_proforma_enabled(self):
        """Check that this website offers pro formas.

        :raise NotFound: If it does not.
        """
        if not request.website.proforma_enabled:
            raise request.not_found()

    def _ask_for_proforma(self, values, fill=None):
        """Read what the visitor sent and go on to the pro forma of his cart; if
        something forbids it, the cart says so.

        :param dict values: See `_read_request`.
        :param callable fill: Puts products into the cart before, and raises `UserError`
            if the visitor has to look at it; what it has put there stays.
        """
        if request.cart.proforma_source_id:  # It says itself what can be done.
            return request.redirect("/shop/payment")
        try:
            if fill:
                fill()
            words = self._read_request(request.cart, **values)
        except UserError as error:
            session.leave_error(error)
            return request.redirect("/shop/cart")
        session.remember_asked(request.cart, words)
        return self._proceed_to_proforma(request.cart)

    def _proceed_to_proforma(self, cart_sudo):
        """Issue the pro forma, or lead to the login or the address form and back.

        :param sale.order cart_sudo: The cart for which the visitor asked.
        """
        if redirection := self._check_cart(cart_sudo):
            if urlsplit(redirection.location).path.endswith("/web/login"):
                return request.redirect(
                    f"/web/login?{urlencode({'redirect': self._continue_url})}"
                )
            return redirection
        if url := self._get_address_url(cart_sudo):
            separator = "&" if urlsplit(url).query else "?"
            callback = urlencode({"callback": self._continue_url})
            return request.redirect(f"{url}{separator}{callback}")
        session.forget_asked()
        return self._issue_and_redirect(cart_sudo)

    def _get_address_url(self, cart_sudo):
        """Return the form of the address that is missing yet, or False.

        :rtype: str|bool
        """
        if redirection := self._check_addresses(cart_sudo):
            return redirection.location
        if session.is_elsewhere(cart_sudo):
            return "/shop/address?address_type=delivery"
        return False

    def _read_request(
        self, cart_sudo, /, reference="", message="", contact_me_by_fax="", **kwargs
    ):
        """Return what the visitor said in the form.

        :param sale.order cart_sudo: The cart that the form is about, may be empty.
        :param str reference: His own, such as a purchase order number.
        :param str message: His words.
        :param str contact_me_by_fax: A field that people do not see.
        :return: See `sale.order._prepare_proforma_words`.
        :rtype: dict[str, str]
        :raise UserError: If it is no person, a rule forbids it or a text is too long.
        """
        guests.check_person(contact_me_by_fax)
        words = cart_sudo._prepare_proforma_words(reference, message)
        if cart_sudo:
            cart_sudo._check_proforma_shop_rules()
            if files := guests.read_files():
                cart_sudo._proforma_attach_files(files)
                session.remember_files(cart_sudo)
        return words

    def _issue_and_redirect(self, cart_sudo):
        """Issue the pro forma and show it, or hand the cart in; if that fails, the cart
        stays and says why.

        :param sale.order cart_sudo: The cart, complete with its addresses.
        """
        words = session.get_words()
        try:
            order_sudo = guests.find_duplicate(cart_sudo, words)
            if not order_sudo:
                guests.check_limits(cart_sudo)
                cart_sudo._proforma_take_cart(**words)
                guests.note(cart_sudo, words)
        except CheckoutNeededError as error:
            session.leave_error(error)
            session.lead_to_checkout(cart_sudo)
            return request.redirect("/shop/checkout")
        except UserError as error:
            session.leave_error(error)
            return request.redirect("/shop/cart")
        if order_sudo:  # He has it already: this cart would come back.
            cart_sudo._action_cancel()
        session.forget_words()
        order_sudo = order_sudo or cart_sudo
        request.session[session.LAST_ORDER_KEY] = order_sudo.id
        session.remember_guest(order_sudo)
        request.website.sale_reset()
        return self._show_issued(order_sudo)

    def _show_issued(self, order_sudo):
        """Redirect to the page of the pro forma, which says that it is on its way, or
        to that of the request.
        """
        return request.redirect(
            order_sudo.get_portal_url(query_string="&message=issued")
        )

    # === CORE'S HOOKS === #

    def _get_shop_payment_errors(self, order):
        """Override of `website_sale`: the order of a link may be another than the cart;
        one that costs nothing would be confirmed.
        """
        errors = super()._get_shop_payment_errors(order)
        if message := order and order._proforma_checkout_payment_error_message():
            errors.append((request.env._("There is nothing to pay here."), message))
        return errors

    def _needs_address(self):
        """Override of `website_sale`: services are sold without an address, but a pro
        forma is made out to one.
        """
        return session.is_asked(request.cart) or super()._needs_address()

    def _prepare_address_form_values(self, *args, callback="", **kwargs):
        """Override of `website_sale`: who discards the form goes back to his cart, and
        reads beforehand that his pro forma comes next, also if he signs in.
        """
        values = super()._prepare_address_form_values(
            *args, callback=callback, **kwargs
        )
        if callback == self._continue_url:
            values |= {
                "discard_url": "/shop/cart",
                "proforma_asked": callback,
                "is_proforma_elsewhere": session.is_elsewhere(request.cart),
            }
        return values

    def _prepare_checkout_page_values(self, order_sudo, **kwargs):
        """Override of `website_sale` to say why there is no pro forma."""
        return {
            **super()._prepare_checkout_page_values(order_sudo, **kwargs),
            "proforma_error": session.take_error(),
            "is_proforma_wanted": session.is_led_to_checkout(order_sudo),
            **session.prepare_said(),
        }

    def _get_shop_payment_values(self, order, **kwargs):
        """Override of `website_sale` to keep what the visitor said in the cart."""
        return {
            **super()._get_shop_payment_values(order, **kwargs),
            **session.prepare_said(),
        }
