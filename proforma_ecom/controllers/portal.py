from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from ..const import MAX_REMARK_LENGTH
from ..const_portal import RATES, TIMELINE_LENGTH
from .portal_list import ProformaPortalList

# What core's pages of documents read of the address; other names are no parameters.
PAGE_PARAMETERS = ("error", "warning", "success", "pid", "hash")


class ProformaPortal(ProformaPortalList):
    _page_url = f"{ProformaPortalList._list_url}/<int:order_id>"

    # === PAGE === #

    def _get_proforma(self, order_id, access_token=None):
        """Return the pro forma if the visitor may see it, else an empty recordset.

        :param int order_id: Id of the order.
        :param str access_token: Token of the link, if there is one.
        :return: The order in sudo mode.
        :rtype: sale.order
        """
        try:
            order_sudo = self._document_check_access(
                "sale.order", order_id, access_token=access_token
            )
        except (AccessError, MissingError):
            return request.env["sale.order"]
        return order_sudo.filtered(lambda order: order.proforma_state != "none")

    def _refuse_link(self):
        """Return a page that says what to do, the same whether there is such a pro
        forma or not.
        """
        response = self._render_page("proforma_ecom.portal_proforma_refused", {})
        response.status_code = 404
        return response

    def _get_proforma_url(self, order_sudo, suffix="", query_string=""):
        """Return the URL of the pro forma's page, whatever its state.

        :param str suffix: Such as `/pay`.
        :param str query_string: Begins with `&`.
        """
        token = order_sudo._portal_ensure_token()
        page = f"{self._list_url}/{order_sudo.id}{suffix}"
        return f"{page}?access_token={token}{query_string}"

    @http.route(_page_url, type="http", auth="public", website=True)
    def portal_proforma_page(self, order_id, access_token=None, message=None, **kwargs):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        self._log_proforma_reading(order_sudo, "viewed")
        self._note_confirmed_address(order_sudo, kwargs.get("pid"), kwargs.get("hash"))
        values = self._prepare_proforma_page_values(order_sudo, access_token, **kwargs)
        values["message"] = message
        values |= self._prepare_proforma_story_values(order_sudo)
        return self._render_page("proforma_ecom.portal_proforma_page", values)

    def _prepare_proforma_story_values(self, order_sudo):
        """Return what the page shows beside the document. Extension point."""
        return {
            "contact": order_sudo._prepare_proforma_contact(),
            "invoices": order_sudo._get_proforma_invoices(),
            "longest_remark": MAX_REMARK_LENGTH,
            "rates": RATES,
            "receipts": order_sudo._get_proforma_receipts(),
            "timeline": order_sudo._prepare_proforma_timeline(),
            "timeline_length": TIMELINE_LENGTH,
            "timeline_tz": order_sudo.company_id._get_proforma_tz(),
        }

    def _prepare_proforma_page_values(
        self, order_sudo, access_token, /, deposit_id=None, **kwargs
    ):
        """Return what the pages of a pro forma need.

        :param str deposit_id: Of the deposit that the customer pays or has just paid.
        :param kwargs: The rest of the address, whatever its names are.
        """
        seen = order_sudo._get_proforma_seen_deposit(self._cast_as_int(deposit_id))
        backend = order_sudo._get_portal_return_action()
        error = request.session.pop(f"proforma_error_{order_sudo.id}", None)
        version = order_sudo.proforma_version_id
        document = version._get_document()
        renderer = request.env["proforma.renderer"].with_context(lang=request.env.lang)
        values = {
            **renderer._prepare_page_values(document, version._get_pictures()),
            "proforma": order_sudo,
            "page_name": "proforma",
            "version": version,
            "additional_title": version.name,
            "doc": document,
            "status": order_sudo._get_proforma_status(),
            "deposit": order_sudo._get_proforma_next_deposit(),
            "payment_tx": order_sudo._get_proforma_shown_payment(seen),
            "seen_deposit": seen,
            "schedule": order_sudo._prepare_proforma_schedule_values(),
            "can_accept": not order_sudo._proforma_acceptance_error_message()
            and not order_sudo._has_proforma_payment_under_way(),
            "decline_reasons": request.env["proforma.decline.reason"].sudo().search([]),
            "proforma_url": lambda suffix="", query="": self._get_proforma_url(
                order_sudo, suffix, query
            ),
            "error_text": error,
            "res_company": order_sudo.company_id,
            "backend_url": f"/odoo/action-{backend.id}/{order_sudo.id}",
        }
        values |= order_sudo._prepare_proforma_transfer_values(values["payment_qr"])
        known = {name: kwargs[name] for name in PAGE_PARAMETERS if name in kwargs}
        values = self._get_page_view_values(
            order_sudo, access_token, values, "my_proformas_history", False, **known
        )
        return values | self._get_neighbours(order_sudo)

    def _get_neighbours(self, order_sudo):
        """Return the pages before and after this one in the list that was seen last.
        Core's own way leads from an accepted pro forma to the page of its order.

        :return: `prev_record` and `next_record`, URLs or False; empty if the pro forma
            was in no list.
        :rtype: dict
        """
        ids = request.session.get("my_proformas_history", [])
        if order_sudo.id not in ids:
            return {}
        at = ids.index(order_sudo.id)
        before = order_sudo.browse(ids[:at][-1:]).exists()
        after = order_sudo.browse(ids[at + 1 :][:1]).exists()
        return {
            "prev_record": bool(before) and self._get_proforma_url(before),
            "next_record": bool(after) and self._get_proforma_url(after),
        }

    @http.route(f"{_page_url}/pdf", type="http", auth="public", website=True)
    def portal_proforma_pdf(self, order_id, access_token=None, download=None, **kwargs):
        return self._send_pdf(order_id, access_token, "attachment_id", download)

    @http.route(f"{_page_url}/signed", type="http", auth="public", website=True)
    def portal_proforma_signed_pdf(
        self, order_id, access_token=None, download=None, **kwargs
    ):
        return self._send_pdf(order_id, access_token, "signed_attachment_id", download)

    def _send_pdf(self, order_id, access_token, fname, download=None):
        """Return a stored file of the current version, or the page if there is none.

        :param str fname: The field of the version that holds it.
        :param str download: Whether the browser stores it instead of showing it.
        """
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        attachment = order_sudo.proforma_version_id[fname]
        if not attachment:
            return request.redirect(
                self._get_proforma_url(order_sudo, query_string="&message=no_pdf")
            )
        self._log_proforma_reading(order_sudo, "downloaded")
        stream = request.env["ir.binary"]._get_stream_from(attachment)
        return stream.get_response(as_attachment=bool(download))

    # === ACCEPTANCE === #

    @http.route(f"{_page_url}/sign", type="http", auth="public", website=True)
    def portal_proforma_sign(self, order_id, access_token=None, **kwargs):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        if order_sudo._proforma_acceptance_error_message():
            return request.redirect(self._get_proforma_url(order_sudo))
        if order_sudo.signature:
            return request.redirect(self._get_proforma_url(order_sudo, "/pay"))
        values = self._prepare_proforma_page_values(order_sudo, access_token, **kwargs)
        values |= order_sudo._prepare_proforma_agreed_values(values["doc"])
        return self._render_page("proforma_ecom.portal_proforma_sign", values)

    @http.route(f"{_page_url}/accept", type="jsonrpc", auth="public", website=True)
    def portal_proforma_accept(
        self, order_id, access_token=None, name=None, signature=None, version_id=None
    ):
        query = request.httprequest.args
        order_sudo = self._get_proforma(
            order_id, access_token or query.get("access_token")
        )
        if not order_sudo:
            return {"error": request.env._("This link is not valid.")}
        seen = order_sudo._get_proforma_seen_version(
            self._cast_as_int(version_id or query.get("version_id"))
        )
        try:
            # What fails half-way must not be committed with the answer.
            with request.env.cr.savepoint():
                is_accepted = order_sudo._proforma_sign(
                    self._cast_as_text(name),
                    self._cast_as_text(signature),
                    version=seen,
                    partner=self._get_acting_partner(order_sudo),
                    address=request.httprequest.remote_addr,
                )
        except UserError as error:
            return self._refuse_acceptance(order_sudo, seen, error)
        suffix, message = ("", "&message=accepted") if is_accepted else ("/pay", "")
        return {
            "force_refresh": True,
            "redirect_url": self._get_proforma_url(order_sudo, suffix, message),
        }

    def _refuse_acceptance(self, order_sudo, seen, error):
        """Return the answer to an acceptance that failed: the new version is shown to
        who saw an older one, anything else is said where he stands.
        """
        if seen == order_sudo.proforma_version_id:
            return {"error": str(error)}
        request.session[f"proforma_error_{order_sudo.id}"] = str(error)
        return {
            "force_refresh": True,
            "redirect_url": self._get_proforma_url(order_sudo),
        }

    # === REFUSAL AND QUESTIONS === #

    @http.route(
        f"{_page_url}/decline",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_proforma_decline(
        self, order_id, access_token=None, reason_id=None, comment=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        reasons = request.env["proforma.decline.reason"].sudo().search([])
        reason = reasons.filtered(lambda r: r.id == self._cast_as_int(reason_id))
        return self._do_and_return(
            order_sudo,
            lambda: order_sudo._proforma_decline(
                reason, comment, self._get_acting_partner(order_sudo)
            ),
            "declined",
        )

    @http.route(
        f"{_page_url}/question",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_proforma_question(
        self, order_id, access_token=None, question=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        return self._do_and_return(
            order_sudo,
            lambda: order_sudo._proforma_ask(
                question, self._get_acting_partner(order_sudo)
            ),
            "asked",
        )

    def _do_and_return(self, order_sudo, action, message):
        """Do something to the pro forma and go back to its page with a message.

        :param callable action: May raise a UserError, which the page then shows.
        :param str message: Key of the message of success.
        """
        try:
            with request.env.cr.savepoint():
                action()
        except UserError as error:
            request.session[f"proforma_error_{order_sudo.id}"] = str(error)
            return request.redirect(self._get_proforma_url(order_sudo))
        return request.redirect(
            self._get_proforma_url(order_sudo, query_string=f"&message={message}")
        )

    # === CORE'S ROUTES === #

    @http.route()
    def portal_order_page(self, order_id, access_token=None, **kwargs):
        """Override of `sale`: until it is an order, a pro forma has its own page. It is
        paid there ever after; core's page would take any amount that the link says.
        """
        order_sudo = self._get_proforma(order_id, access_token)
        is_open = order_sudo and order_sudo.proforma_state != "accepted"
        if is_open or (order_sudo and "payment_amount" in kwargs):
            return request.redirect(self._get_proforma_url(order_sudo))
        return super().portal_order_page(order_id, access_token=access_token, **kwargs)

    @http.route()
    def portal_quote_accept(
        self, order_id, access_token=None, name=None, signature=None
    ):
        """Override of `sale`: a pro forma is accepted through its own guard."""
        token = access_token or request.httprequest.args.get("access_token")
        if self._get_proforma(order_id, token):
            return self.portal_proforma_accept(order_id, token, name, signature)
        return super().portal_quote_accept(order_id, access_token, name, signature)

    @http.route()
    def portal_quote_decline(
        self, order_id, access_token=None, decline_message=None, **kwargs
    ):
        """Override of `sale`: declining a pro forma does not cancel it."""
        if self._get_proforma(order_id, access_token):
            return self.portal_proforma_decline(
                order_id, access_token, comment=decline_message
            )
        return super().portal_quote_decline(
            order_id, access_token, decline_message, **kwargs
        )
