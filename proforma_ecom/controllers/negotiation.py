from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..typed import typed_id
from .portal import ProformaPortal


class ProformaNegotiation(ProformaPortal):
    """The customer offers another price, asks about a line, and takes back what he
    asked for.
    """

    _page_url = ProformaPortal._page_url

    def _prepare_proforma_page_values(self, order_sudo, access_token, /, **kwargs):
        """Override of the page to tell what was asked and what may be asked."""
        values = super()._prepare_proforma_page_values(
            order_sudo, access_token, **kwargs
        )
        return {**values, **order_sudo._prepare_proforma_negotiation_values()}

    def _get_seen_version(self, order_sudo, version_id):
        """Return the version that the customer saw, empty if it is none of the order.

        :param version_id: Anything that a browser may send.
        :rtype: proforma.version
        """
        seen_id = typed_id(version_id)
        return order_sudo.proforma_version_ids.filtered(lambda v: v.id == seen_id)

    def _get_named_line(self, order_sudo, line_id):
        """Return a line of the order, empty if it is none.

        :param line_id: Anything that a browser may send.
        :rtype: sale.order.line
        """
        named_id = typed_id(line_id)
        return order_sudo.order_line.filtered(lambda line: line.id == named_id)

    # === COUNTER-OFFER === #

    @http.route(
        f"{_page_url}/offer",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_offer(self, order_id, access_token=None, line=None, **kwargs):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        if message := order_sudo._proforma_offer_error_message():
            request.session[f"proforma_error_{order_sudo.id}"] = message
            return request.redirect(self._get_proforma_url(order_sudo))
        return self._render_offer(order_sudo, access_token, {"line_id": line})

    @http.route(
        f"{_page_url}/offer",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_send_offer(self, order_id, access_token=None, **typed):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        typed = self._get_typed_texts(typed)
        line = self._get_offered_line(order_sudo, typed.get("line_id"))
        try:
            with request.env.cr.savepoint():
                outcome = order_sudo._proforma_make_offer(
                    typed.get("amount"),
                    self._get_seen_version(order_sudo, typed.get("version_id")),
                    line,
                    self._get_acting_partner(order_sudo),
                    typed.get("message"),
                )
        except UserError as error:
            return self._render_offer(order_sudo, access_token, typed, str(error))
        return request.redirect(
            self._get_proforma_url(order_sudo, query_string=f"&message={outcome}")
        )

    def _get_offered_line(self, order_sudo, line_id):
        """Return the line that an offer is for: None if it is for the whole, empty if
        it is for a line that there is not.

        :param line_id: Anything that a browser may send.
        """
        if not line_id:
            return None
        lines = order_sudo._get_proforma_offer_lines()
        return lines & self._get_named_line(order_sudo, line_id)

    def _render_offer(self, order_sudo, access_token, typed, error=None):
        """Return the page of a counter-offer.

        :param dict typed: What the customer typed.
        :param str error: What is wrong with it.
        """
        values = self._prepare_proforma_page_values(order_sudo, access_token)
        values |= {
            "offer_lines": order_sudo._get_proforma_offer_lines(),
            "typed": typed,
            "typed_line_id": typed_id(typed.get("line_id")),
            "error_text": error,
        }
        return self._render_page("proforma_ecom.portal_proforma_offer", values)

    # === QUESTION ON A LINE === #

    @http.route(
        f"{_page_url}/lines/<int:line_id>/question",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_line_question(
        self, order_id, line_id, access_token=None, question=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        return self._do_and_return(
            order_sudo,
            lambda: order_sudo._proforma_ask_about(
                self._get_named_line(order_sudo, line_id),
                question,
                self._get_acting_partner(order_sudo),
            ),
            "asked",
        )

    # === TAKING BACK === #

    @http.route(
        f"{_page_url}/requests/<int:request_id>/withdraw",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_withdraw(
        self, order_id, request_id, access_token=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        asked = order_sudo.proforma_request_ids.filtered(lambda r: r.id == request_id)
        if not asked:
            return self._refuse_link()
        return self._do_and_return(
            order_sudo,
            lambda: order_sudo._proforma_withdraw_request(
                asked, self._get_acting_partner(order_sudo)
            ),
            "withdrawn",
        )
