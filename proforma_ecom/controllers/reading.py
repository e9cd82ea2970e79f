from odoo import fields
from odoo.http import request
from odoo.tools import consteq

from odoo.addons.sale.controllers.portal import CustomerPortal

from ..notices import SCANNER_SECONDS
from ..readers import is_program


class ProformaReading(CustomerPortal):
    """Counts who reads a pro forma: people of the customer's side."""

    def _document_check_access(self, model_name, document_id, access_token=None):
        """Override of `portal`: what cannot be a token is none; core fails on it."""
        is_token = isinstance(access_token, str) and access_token.isascii()
        return super()._document_check_access(
            model_name, document_id, access_token=access_token if is_token else None
        )

    def _cast_as_text(self, value):
        """Return a value of a JSON request if it is a text, else an empty one."""
        return value if isinstance(value, str) else ""

    def _get_typed_texts(self, typed):
        """Return the texts of a form: a browser may send a file in the place of one.

        :param dict typed: Name of a field -> what was sent.
        :rtype: dict[str, str]
        """
        return {name: text for name, text in typed.items() if isinstance(text, str)}

    def _render_page(self, template, values):
        """Render a page that browsers are asked not to keep: *Back* shows how a pro
        forma stands, not how it stood. One that is kept in spite of it loads itself
        again.

        A form that was sent and comes back with an error stays where it is: it holds
        what was typed, and to load it would send it again.

        :param str template: Its external id.
        :param dict values: What it needs.
        """
        is_sent = request.httprequest.method == "POST"
        response = request.render(template, {**values, "is_sent": is_sent})
        if not is_sent:
            response.headers["Cache-Control"] = "no-store"
        return response

    def _get_acting_partner(self, order_sudo):
        """Return who acts on the portal: the user, or the customer behind a link."""
        if request.env.user._is_public():
            return order_sudo.partner_id
        return request.env.user.partner_id

    def _log_proforma_reading(self, order_sudo, kind):
        """Log that the customer saw the page or took the PDF, once a day and session.

        Programs that only look whether the link works are nobody's reading.

        :param str kind: `viewed` or `downloaded`.
        """
        key = f"proforma_{kind}_{order_sudo.proforma_version_id.id}"
        today = fields.Date.today().isoformat()
        if request.session.get(key) == today or not self._is_reader(order_sudo):
            return
        request.session[key] = today
        order_sudo._proforma_log_event(
            kind, partner=self._get_acting_partner(order_sudo)
        )

    def _note_confirmed_address(self, order_sudo, pid=None, signature=None):
        """Log once for each contact that our e-mail reached him: the link in it is
        signed for him, no link on a page is.

        :param str pid: As core's link of an e-mail says it, the id of the contact.
        :param str signature: What core signed it with.
        """
        contact_id = self._cast_as_int(pid)
        text = self._cast_as_text(signature)
        if not (contact_id and text.isascii() and self._is_reader(order_sudo)):
            return
        if not consteq(order_sudo._sign_token(contact_id), text):
            return
        partner = request.env["res.partner"].sudo().browse(contact_id).exists()
        confirmed = order_sudo.proforma_event_ids.filtered(
            lambda event: event.kind == "email_confirmed"
        )
        if partner and partner not in confirmed.partner_id:
            order_sudo._proforma_log_event("email_confirmed", partner=partner)

    def _is_reader(self, order_sudo):
        """Return whether somebody of the customer's side reads, and no program."""
        return (
            request.env.user.share
            and not is_program(request.httprequest)
            and not self._is_scanner(order_sudo)
        )

    def _is_scanner(self, order_sudo):
        """Return whether this may be the link checker of the customer's mail server: a
        visitor without any cookie, some seconds after the e-mail.
        """
        mailing = order_sudo.proforma_version_id._get_last_mailing()
        since = fields.Datetime.subtract(fields.Datetime.now(), seconds=SCANNER_SECONDS)
        return bool(
            "session_id" not in request.httprequest.cookies
            and mailing.sent_on
            and mailing.sent_on > since
        )
