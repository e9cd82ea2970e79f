from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .portal import ProformaPortal


class ProformaTerms(ProformaPortal):
    """The customer accepts the terms, where the company wants that by itself."""

    _page_url = ProformaPortal._page_url

    @http.route(
        f"{_page_url}/terms", type="http", auth="public", methods=["POST"], website=True
    )
    def portal_proforma_terms(
        self, order_id, access_token=None, agreed=None, version_id=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        seen = order_sudo._get_proforma_seen_version(self._cast_as_int(version_id))
        try:
            with request.env.cr.savepoint():
                order_sudo._proforma_agree_to_terms(
                    bool(agreed), seen, self._get_acting_partner(order_sudo)
                )
        except UserError as error:
            request.session[f"proforma_error_{order_sudo.id}"] = str(error)
        return request.redirect(self._get_proforma_url(order_sudo, "/sign"))
