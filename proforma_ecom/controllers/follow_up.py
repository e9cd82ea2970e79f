from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..const import MAX_REMARK_LENGTH
from .portal import ProformaPortal


class ProformaFollowUp(ProformaPortal):
    """What the links of a reminder open: a page that does nothing by itself, because
    programs that check mails open links too. What the customer wants, he posts.
    """

    _page_url = ProformaPortal._page_url

    def _prepare_follow_up_values(self, order_sudo, error=None, message=None):
        """Return what the pages of the links need.

        :param str error: What was wrong with what he sent.
        :param str message: Key of what to tell him.
        """
        partner = self._get_acting_partner(order_sudo)
        return {
            "proforma": order_sudo,
            "page_name": "proforma",
            "version": order_sudo.proforma_version_id,
            "additional_title": order_sudo.proforma_version_id.name,
            "status": order_sudo._get_proforma_status(),
            "can_choose_all": order_sudo._can_opt_out_of_all(partner),
            "proforma_url": lambda suffix="", query="": self._get_proforma_url(
                order_sudo, suffix, query
            ),
            "res_company": order_sudo.company_id,
            "error_text": error,
            "message": message,
        }

    # === REMINDERS === #

    @http.route(
        f"{_page_url}/reminders",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_reminders(
        self, order_id, access_token=None, message=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        return self._render_reminders(order_sudo, message=message)

    @http.route(
        f"{_page_url}/reminders",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_choose_reminders(
        self, order_id, access_token=None, choice=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        partner = self._get_acting_partner(order_sudo)
        try:
            with request.env.cr.savepoint():
                changed = order_sudo._proforma_choose_reminders(choice, partner)
        except UserError as error:
            return self._render_reminders(order_sudo, error=str(error))
        message = "done" if changed else "already"
        return request.redirect(
            self._get_proforma_url(order_sudo, "/reminders", f"&message={message}")
        )

    def _render_reminders(self, order_sudo, **kwargs):
        """Return the page on which reminders are refused and wanted again."""
        values = self._prepare_follow_up_values(order_sudo, **kwargs)
        values["choice"] = order_sudo._get_proforma_reminder_choice()
        return self._render_page("proforma_ecom.portal_proforma_reminders", values)

    # === WHY NOT === #

    @http.route(
        f"{_page_url}/answer",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_answer(
        self, order_id, access_token=None, reason=None, message=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        chosen = self._get_decline_reason(reason)
        return self._render_answer(
            order_sudo,
            chosen or order_sudo.proforma_decline_reason_id,
            message=message,
        )

    @http.route(
        f"{_page_url}/answer",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_send_answer(
        self, order_id, access_token=None, reason=None, remark=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        chosen = self._get_decline_reason(reason)
        remark = self._cast_as_text(remark)
        partner = self._get_acting_partner(order_sudo)
        try:
            with request.env.cr.savepoint():
                order_sudo._proforma_answer(chosen, remark, partner)
        except UserError as error:
            return self._render_answer(order_sudo, chosen, remark, error=str(error))
        return request.redirect(
            self._get_proforma_url(order_sudo, "/answer", "&message=answered")
        )

    @http.route(
        f"{_page_url}/interested",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_interested(self, order_id, access_token=None, **kwargs):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        partner = self._get_acting_partner(order_sudo)
        try:
            with request.env.cr.savepoint():
                outcome = order_sudo._proforma_show_interest(partner)
        except UserError as error:
            chosen = order_sudo.proforma_decline_reason_id
            return self._render_answer(order_sudo, chosen, error=str(error))
        return request.redirect(
            self._get_proforma_url(order_sudo, "/answer", f"&message={outcome}")
        )

    def _get_decline_reason(self, value):
        """Return the reason of an id, empty if there is none or it is archived.

        :param value: Anything that a browser may send.
        :rtype: proforma.decline.reason
        """
        reasons = request.env["proforma.decline.reason"].sudo().search([])
        return reasons.filtered(lambda r: r.id == self._cast_as_int(value))

    def _render_answer(self, order_sudo, chosen, remark=None, **kwargs):
        """Return the page that asks "why not?".

        :param proforma.decline.reason chosen: What is chosen, may be empty.
        :param str remark: What the customer has written already.
        """
        values = self._prepare_follow_up_values(order_sudo, **kwargs)
        values |= {
            "reasons": request.env["proforma.decline.reason"].sudo().search([]),
            "chosen": chosen,
            # Of what is a little too long nothing is lost; a book is not sent back.
            "remark": (remark or "")[: 2 * MAX_REMARK_LENGTH],
            "longest": MAX_REMARK_LENGTH,
            "closed_text": order_sudo._proforma_answer_error_message(),
            "can_renew": order_sudo._can_be_renewed(),
            "stage": self._get_answer_stage(order_sudo, values["message"]),
        }
        return self._render_page("proforma_ecom.portal_proforma_answer", values)

    def _get_answer_stage(self, order_sudo, message):
        """Return what the page shows: `renewed`, `closed`, `answered`, `interested` or
        the `form`.

        :param str message: What the address says; thanks are for what was done only.
        """
        is_new = order_sudo.proforma_version_id.version > 1
        if message == "renewed" and is_new and order_sudo.proforma_state == "issued":
            return "renewed"
        if order_sudo._proforma_answer_error_message():
            return "closed"
        if message == "answered" and order_sudo._is_proforma_answered():
            return "answered"
        if message == "interested" and order_sudo._can_be_renewed():
            return "interested"
        return "form"
