from odoo import http
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request

from odoo.addons.proforma_ecom.controllers.payment import ProformaPaymentPortal

from . import session


class ProformaOrderPortal(ProformaPaymentPortal):
    """The pages of an order that was a cart, or still is one."""

    # === REQUEST FOR A FIRST PRO FORMA === #

    @http.route(
        "/shop/proforma/requested/<int(max=2147483647):order_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def shop_proforma_requested(self, order_id, access_token=None, **kwargs):
        """Say until when the visitor has an answer, and later what it is."""
        order_sudo = self._get_own_order(order_id, access_token)
        request_sudo = order_sudo._get_proforma_first_request()
        if not request_sudo:
            return self._refuse_link()
        if not order_sudo._is_proforma_under_review():
            return request.redirect(order_sudo.get_portal_url())
        self._note_confirmed_address(order_sudo, kwargs.get("pid"), kwargs.get("hash"))
        return self._render_page(
            "proforma_ecom_website_sale.proforma_requested",
            {
                "sign_up_url": self._get_sign_up_url(order_sudo),
                **self._prepare_portal_layout_values(),
                "page_name": "proforma_requested",
                "no_breadcrumbs": True,
                "order": order_sudo,
                "proforma_request": request_sudo,
                "res_company": order_sudo.company_id,
            },
        )

    def _get_own_order(self, order_id, access_token):
        """Return the order if the visitor may see it, else an empty recordset.

        :return: In sudo mode.
        :rtype: sale.order
        """
        try:
            return self._document_check_access(
                "sale.order", order_id, access_token=access_token
            )
        except (AccessError, MissingError):
            return request.env["sale.order"].sudo()

    # === ACCOUNT === #

    def _prepare_proforma_page_values(self, order_sudo, access_token, /, **kwargs):
        """Override of `proforma_ecom` to offer an account to a guest."""
        values = super()._prepare_proforma_page_values(
            order_sudo, access_token, **kwargs
        )
        values["sign_up_url"] = self._get_sign_up_url(order_sudo)
        return values

    def _get_sign_up_url(self, order_sudo):
        """Return where a guest gets an account, False if he cannot, or if he is not who
        asked for the pro forma: whoever has its link is not the customer.

        :rtype: str|bool
        """
        scope = request.env["res.users"]._get_signup_invitation_scope()
        partner = order_sudo.partner_id
        is_own = session.get_guest_partner_id(order_sudo) == partner.id
        if not (is_own and scope == "b2c" and request.env.user._is_public()):
            return False
        if partner.with_context(active_test=False).user_ids or not partner.email:
            return False
        if partner.signup_type != "signup":
            partner.signup_prepare()
        return partner.with_context(relative_url=True)._get_signup_url()

    # === CORE'S ROUTES === #

    @http.route()
    def portal_order_page(self, order_id, access_token=None, **kwargs):
        """Override of `sale`: what waits for its first pro forma is no quotation."""
        order_sudo = self._get_own_order(order_id, access_token)
        if order_sudo._is_proforma_under_review():
            return request.redirect(order_sudo.get_portal_url())
        return super().portal_order_page(order_id, access_token=access_token, **kwargs)

    @http.route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Override of `sale`: what the checkout takes no money for, neither does the
        page of the order.

        :raise ValidationError: If this order is such a cart, or holds a pro forma and
            another amount is paid.
        """
        order_sudo = self._get_own_order(order_id, access_token)
        if order_sudo._is_proforma_cart():
            if source_sudo := order_sudo.proforma_source_id:
                source_sudo._proforma_lock()  # It may be accepted at this very moment.
            amount = kwargs.get("amount")
            if message := order_sudo._proforma_portal_payment_error_message(amount):
                raise ValidationError(message)
        return super().portal_order_transaction(order_id, access_token, **kwargs)
