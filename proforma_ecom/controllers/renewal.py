from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .portal import ProformaPortal


class ProformaRenewal(ProformaPortal):
    """The customer asks to renew a pro forma that has expired."""

    _page_url = ProformaPortal._page_url

    @http.route(
        f"{_page_url}/renew", type="http", auth="public", methods=["POST"], website=True
    )
    def portal_proforma_renew(
        self, order_id, access_token=None, message=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        try:
            with request.env.cr.savepoint():
                outcome = order_sudo._proforma_request_renewal(
                    self._get_acting_partner(order_sudo), message
                )
        except UserError as error:
            request.session[f"proforma_error_{order_sudo.id}"] = str(error)
            return request.redirect(self._get_proforma_url(order_sudo))
        return request.redirect(
            self._get_proforma_url(order_sudo, query_string=f"&message={outcome}")
        )
