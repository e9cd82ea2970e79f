from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .negotiation import ProformaNegotiation

# What the names of the fields of the form begin with.
FIELD_PREFIXES = ("qty_", "remove_", "add_", "choose_")


class ProformaChange(ProformaNegotiation):
    """The customer wants other quantities, or options. Works without a script, too."""

    _page_url = ProformaNegotiation._page_url

    @http.route(
        f"{_page_url}/change",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_change(self, order_id, access_token=None, **kwargs):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        if message := order_sudo._proforma_change_error_message():
            request.session[f"proforma_error_{order_sudo.id}"] = message
            return request.redirect(self._get_proforma_url(order_sudo))
        return self._render_change(order_sudo, access_token, {})

    @http.route(
        f"{_page_url}/change",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_send_change(self, order_id, access_token=None, **typed):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        typed = self._get_typed_texts(typed)
        seen = self._get_seen_version(order_sudo, typed.get("version_id"))
        outcome = error_text = None
        if typed.get("action") == "send":
            try:
                with request.env.cr.savepoint():
                    outcome = order_sudo._proforma_request_change(
                        self._get_typed_fields(typed),
                        seen,
                        self._get_acting_partner(order_sudo),
                        typed.get("message"),
                    )
            except UserError as error:
                error_text = str(error)
        if outcome:
            return request.redirect(
                self._get_proforma_url(order_sudo, query_string=f"&message={outcome}")
            )
        if message := order_sudo._proforma_change_error_message(seen):
            request.session[f"proforma_error_{order_sudo.id}"] = message
            return request.redirect(self._get_proforma_url(order_sudo))
        return self._render_change(order_sudo, access_token, typed, error_text)

    @http.route(
        f"{_page_url}/change/preview", type="jsonrpc", auth="public", website=True
    )
    def portal_proforma_preview_change(
        self, order_id, access_token=None, version_id=None, typed=None
    ):
        token = access_token or request.httprequest.args.get("access_token")
        order_sudo = self._get_proforma(order_id, token)
        if not order_sudo:
            return {"error": request.env._("This link is not valid.")}
        seen = self._get_seen_version(order_sudo, version_id)
        if message := order_sudo._proforma_change_error_message(seen):
            return {"error": message}
        try:
            change = order_sudo._read_proforma_change(self._get_typed_fields(typed))
            return order_sudo._prepare_proforma_change_texts(change)
        except UserError as error:
            return {"error": str(error)}

    def _get_typed_fields(self, typed):
        """Return the fields of the form among what was sent.

        :param typed: Anything that a browser may send.
        :rtype: dict
        """
        sent = typed if isinstance(typed, dict) else {}
        return {
            name: value
            for name, value in sent.items()
            if isinstance(name, str) and name.startswith(FIELD_PREFIXES)
        }

    def _render_change(self, order_sudo, access_token, typed, error=None):
        """Return the page of a change.

        :param dict typed: What the customer typed.
        :param str error: What is wrong with it.
        """
        fields = self._get_typed_fields(typed)
        try:
            change = order_sudo._read_proforma_change(fields)
            texts = order_sudo._prepare_proforma_change_texts(change)
        except UserError as impossible:
            error, fields = str(impossible), {}
            change = order_sudo._read_proforma_change({})
            texts = order_sudo._prepare_proforma_change_texts(change)
        values = self._prepare_proforma_page_values(order_sudo, access_token)
        values |= {
            "rows": order_sudo._prepare_proforma_change_rows(fields, texts),
            "change_texts": texts,
            "choices": order_sudo._get_proforma_choices(),
            "chosen": change.choices,
            "typed": typed,
            "error_text": None if change.errors else error,
        }
        return self._render_page("proforma_ecom.portal_proforma_change", values)
