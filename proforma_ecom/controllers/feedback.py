from odoo import http

from .portal import ProformaPortal


class ProformaFeedback(ProformaPortal):
    """The customer says how satisfied he is."""

    _page_url = ProformaPortal._page_url

    @http.route(
        f"{_page_url}/feedback",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_proforma_feedback(
        self, order_id, access_token=None, rate=None, remark=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        return self._do_and_return(
            order_sudo,
            lambda: order_sudo._proforma_rate(
                self._cast_as_int(rate),
                self._cast_as_text(remark),
                self._get_acting_partner(order_sudo),
            ),
            "rated",
        )
