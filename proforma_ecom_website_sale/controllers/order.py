from odoo import http
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request

from odoo.addons.proforma_ecom.controllers.payment import ProformaPaymentPortal


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
        return request.render(
            "proforma_ecom_website_sale.proforma_requested",
            {
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

        :raise ValidationError: If this order is such a cart.
        """
        order_sudo = request.env["sale.order"].sudo().browse(order_id).exists()
        if order_sudo._is_proforma_cart() and (
            message := order_sudo._proforma_checkout_payment_error_message()
        ):
            raise ValidationError(message)
        return super().portal_order_transaction(order_id, access_token, **kwargs)
