from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ..const import MAX_REMARK_LENGTH, PROFORMA_ANSWER_STATES


class SaleOrder(models.Model):
    """What the customer answers when he is asked why he does not accept."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - ANSWER === #

    def _proforma_answer_error_message(self):
        """Return why an answer would be pointless now, or False.

        :rtype: str|bool
        """
        self.ensure_one()
        if self.proforma_state in PROFORMA_ANSWER_STATES:
            return False
        return self._proforma_acceptance_error_message()

    def _proforma_answer(self, reason, remark=None, partner=None):
        """Record why the customer does not accept; the state stays as it is.

        The first answer about a version is an event. A later one replaces the reason
        and is told in the discussion, so that nobody counts twice; the same answer
        again has no effect.

        Note: `self.ensure_one()`, in sudo mode.

        :param proforma.decline.reason reason: What he chose.
        :param str remark: His own words, plain text, may be empty.
        :param res.partner partner: Who answers.
        :raise UserError: If it is too late, or something is missing or too long.
        """
        self._proforma_lock()
        remark = (remark or "").replace("\0", "").strip()
        if message := (
            self._proforma_answer_error_message()
            or self._proforma_remark_error_message(reason, remark)
        ):
            raise UserError(message)
        if not self._is_proforma_answered():
            self._proforma_log_event("answered", partner=partner, note=reason.name)
        self.proforma_decline_reason_id = reason
        self._proforma_say(self._get_proforma_answer_text(reason, remark), partner)
        self._proforma_stop_reminders("answered")

    def _proforma_remark_error_message(self, reason, remark):
        """Return what is wrong with an answer, or False."""
        if not reason:
            return self.env._("Choose a reason.")
        return self._proforma_words_error_message(remark)

    def _proforma_words_error_message(self, words):
        """Return what is wrong with words of the customer, or False.

        :param str words: Plain text.
        :rtype: str|bool
        """
        if len(words) > MAX_REMARK_LENGTH:
            return self.env._(
                "Your message has %(length)s characters; there is room for"
                " %(longest)s. Shorten it, or write us an e-mail.",
                length=len(words),
                longest=MAX_REMARK_LENGTH,
            )
        return False

    def _is_proforma_answered(self):
        """Return whether the customer said why not of the current version."""
        self.ensure_one()
        return any(
            event.kind == "answered" and event.version_id == self.proforma_version_id
            for event in self.sudo().proforma_event_ids
        )

    def _get_proforma_answer_text(self, reason, remark):
        """Return the answer in the language of the document, as markup.

        :rtype: Markup
        """
        env = self.with_context(lang=self._get_proforma_lang()).env
        text = env._("Why not: %(reason)s", reason=reason.with_env(env).name)
        return Markup().join(
            Markup("<p>%s</p>") % part for part in (text, remark) if part
        )

    def _proforma_say(self, body, partner=None):
        """Post an answer of the customer, unless it is what he said last.

        :param Markup|str body: The answer; text is escaped.
        """
        author = partner or self.partner_id
        last = self.message_ids.filtered(
            lambda m: m.author_id == author and m.message_type == "comment"
        )[:1]
        if html2plaintext(last.body or "") != html2plaintext(Markup.escape(body)):
            self.with_context(proforma_is_answer=True)._proforma_post_customer_message(
                body, partner
            )

    # === BUSINESS METHODS - INTEREST === #

    def _can_be_renewed(self):
        """Return whether the customer may still be interested in a renewal: the pro
        forma has expired or was declined.
        """
        self.ensure_one()
        is_late = self.proforma_state == "issued" and self._is_proforma_past_deadline()
        return is_late or self.proforma_state in ("expired", "declined")

    def _proforma_show_interest(self, partner=None):
        """Ask for a renewal in the customer's name; what he declined, or what nobody
        renews by a rule, is left to the salesperson.

        Note: `self.ensure_one()`, in sudo mode.

        :param res.partner partner: Who is interested.
        :return: `renewed` if there is a new version already, else `interested`.
        :rtype: str
        :raise UserError: If there is nothing to renew.
        """
        self._proforma_lock()
        if not self._can_be_renewed():
            raise UserError(
                self._proforma_acceptance_error_message()
                or self.env._("This pro forma is still valid.")
            )
        renew = getattr(self, "_proforma_request_renewal", None)
        if renew and self.proforma_state != "declined":
            return "renewed" if renew(partner) == "renewed" else "interested"
        env = self.with_context(lang=self._get_proforma_lang()).env
        self._proforma_say(env._("I am still interested. Please renew it."), partner)
        self._proforma_schedule_activity(
            lambda order: (
                order.env._(
                    "The customer is still interested: renew %(number)s",
                    number=order.proforma_number,
                ),
                None,
            )
        )
        return "interested"
