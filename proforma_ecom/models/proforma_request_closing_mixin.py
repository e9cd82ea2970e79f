import logging

from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from ..const_request import (
    QUESTION_ANSWERS,
    REQUEST_ANSWERS,
    REQUEST_TRANSITIONS,
    SPOKEN_ANSWERS,
)

_logger = logging.getLogger(__name__)


class ProformaRequestClosingMixin(models.AbstractModel):
    """How a request ends: answered by a user or a rule, or withdrawn."""

    _name = "proforma.request.closing.mixin"
    _description = "Closing of Pro Forma Requests"

    # === ACTION METHODS === #

    def action_accept(self):
        """Open the form that accepts the request."""
        return self._open_answer("accepted")

    def action_adapt(self):
        """Open the form that takes the request as a start for something else."""
        return self._open_answer("adapted")

    def action_refuse(self):
        """Open the form that refuses the request."""
        return self._open_answer("refused")

    def action_answer(self):
        """Open the form that answers a question."""
        return self._open_answer("answered")

    def _open_answer(self, state):
        """Return the action that asks for the words of an answer.

        :param str state: What the request becomes.
        :raise UserError: If it may not become that now.
        """
        self.ensure_one()
        self.order_id.check_access("write")
        self._check_answer(state)
        return {
            "name": self.display_name,
            "type": "ir.actions.act_window",
            "res_model": "proforma.request.answer",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id, "default_state": state},
        }

    # === BUSINESS METHODS === #

    def _answer(self, state, message=None):
        """Answer the request in the name of the user, and do what the answer says.

        Note: `self.ensure_one()`

        :param str state: `accepted`, `adapted`, `refused` or, of questions, `answered`.
        :param str message: What the customer reads; plain text.
        :return: The action to go on with, or False.
        :rtype: dict|bool
        :raise UserError: If it is closed already, a word is missing, or the new version
            cannot be issued.
        """
        self.ensure_one()
        self.order_id.check_access("write")
        self.order_id._proforma_lock()
        self.invalidate_recordset()
        message = (message or "").strip()
        self._check_answer(state)
        if state in SPOKEN_ANSWERS and not message:
            raise UserError(self.env._("Write a few words: the customer waits."))
        return getattr(self, f"_answer_{state}")(message)

    def _answer_accepted(self, message):
        """Do what was asked and issue it as a new version, sent with the message."""
        # The issue closes what waits; this one is closed with the message.
        self.with_context(proforma_request_answering=self.ids)._apply_and_issue()
        self._close_with_version("accepted", message)
        return False

    def _answer_adapted(self, message):
        """Do what was asked on the order and leave the rest, the issue too, to the
        user; the next version is the answer.
        """
        order = self.order_id
        self.sudo().write({"is_adapting": True, "answer": message})
        order._set_proforma_revising()
        self._apply()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "view_mode": "form",
            "views": [(False, "form")],
            "res_id": order.id,
        }

    def _answer_refused(self, message):
        """Leave the pro forma as it is and tell the customer why."""
        is_revised_for_it = self.kind == "change" or self.is_adapting
        self._close("refused", message)
        if is_revised_for_it:
            self.order_id._proforma_return_to_version()
        return False

    def _answer_answered(self, message):
        """Answer a question; the pro forma stays as it is."""
        self._close("answered", message)
        return False

    def _close(self, state, answer=False, user=None, tell=True, partner=None):
        """Close the requests that still wait, and tell the customer. Once.

        :param str state: A key of `REQUEST_TRANSITIONS`.
        :param str answer: What the customer reads; plain text, may be empty.
        :param res.users user: Who answered; empty: whoever acts, or a rule.
        :param bool tell: Whether an e-mail of its own says so; not if another one does.
        :param res.partner partner: The customer's contact who withdrew it.
        :return: Those that were closed.
        :rtype: proforma.request
        """
        sources = REQUEST_TRANSITIONS[state]
        to_close = self.filtered(lambda request: request.state in sources)
        for request in self - to_close:
            _logger.info("Request %s: %s to %s refused.", *request._log_args(state))
        if not user and not self.env.su and self.env.user._is_internal():
            user = self.env.user
        for request in to_close.sudo():
            request.write(request._prepare_closing_vals(state, answer, user))
            kind = "request_withdrawn" if state == "withdrawn" else "request_answered"
            request.order_id.with_env(self.env)._proforma_log_event(
                kind, partner=partner, note=state
            )
            request._finish_activity()
            if tell and state != "withdrawn":
                request._tell()
        return to_close

    def _prepare_closing_vals(self, state, answer, user):
        """Return what closing writes on a request."""
        return {
            "state": state,
            "answer": (answer or "").strip() or False,
            "answered_on": fields.Datetime.now(),
            "answered_by_id": user.id if user else False,
            "is_adapting": False,
        }

    def _close_adapted(self):
        """Close what the user took as a start for the version that was just issued."""
        self._close_with_version("adapted", self.answer)

    def _close_with_version(self, state, answer=False, user=None):
        """Close the requests that a new version answers; its e-mail says so.

        :param str state: `accepted` or `adapted`.
        """
        for request in self:
            order = request.order_id
            if request.kind == "offer" and state == "accepted":
                outcome = order._get_proforma_outcome_text(request)
                answer = "\n".join(filter(None, (answer, outcome)))
            words = order._get_proforma_words_markup(answer)
            is_told = order.with_context(proforma_words=words)._proforma_send_mail()
            request._close(state, answer, user, tell=not is_told)

    def _tell(self):
        """Tell the customer the answer: by the status e-mail, or else, where there is
        none, in the discussion.
        """
        self.ensure_one()
        order = self.order_id
        if order._proforma_send_notice("request_answered", request=self):
            return
        if self.answer:
            body = order._get_proforma_words_markup(self.answer)
            poster = order.with_user(self.answered_by_id.id or SUPERUSER_ID).sudo()
            poster = poster.with_context(proforma_is_answer=True)
            poster.message_post(
                body=self._get_quoted_question() + body,
                # Without a version no status e-mail could be sent at all.
                partner_ids=[] if self.version_id else self.partner_id.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )

    # === HELPERS === #

    def _check_answer(self, state):
        """Check that the request may be answered like that now.

        :raise UserError: If it is closed already, or of another kind.
        """
        self.ensure_one()
        answers = QUESTION_ANSWERS if self.kind == "question" else REQUEST_ANSWERS
        if self.state != "waiting":
            raise UserError(self.env._("This request is answered already."))
        if self.is_adapting and state in ("accepted", "adapted"):
            raise UserError(
                self.env._(
                    "What was asked is written on the order already. Issue the order,"
                    " or refuse the request."
                )
            )
        if state not in answers:
            raise UserError(self.env._("This request is answered in another way."))

    def _finish_activity(self):
        """Close the to-do, unless another request still waits for the same one."""
        activity = self.activity_id
        others = self.search_count(
            [
                ("activity_id", "=", activity.id),
                ("state", "=", "waiting"),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if activity.exists() and activity.active and not others:
            activity.unlink()

    def _get_quoted_question(self):
        """Return the line and the words that an answer is about, as markup."""
        line = self.order_line_id
        about = line._get_proforma_title() if line else ""
        parts = [part for part in (about, self.message) if part]
        quoted = Markup("<br/>").join(parts)
        return Markup("<blockquote>%s</blockquote>") % quoted if parts else Markup()

    def _log_args(self, state):
        return self.id, self.state, state
