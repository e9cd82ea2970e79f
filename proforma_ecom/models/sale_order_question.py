from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ..incoming import replied_text
from ..typed import typed_text


class SaleOrder(models.Model):
    """Questions of the customer, on the whole or on a line, and our answers."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _proforma_ask_about(self, line, question, partner=None):
        """Post a question on a line; it waits for the salesperson. A second click has
        no effect.

        Note: `self.ensure_one()`, in sudo mode.

        :param sale.order.line line: One that the current version shows.
        :param str question: Plain text.
        :param res.partner partner: Who asks.
        :raise UserError: If the question is empty or too long, or the line is gone.
        """
        self._proforma_lock()
        words = typed_text(question)
        key = self._get_proforma_request_key("question", partner, line.id, words)
        if self._get_proforma_repeated_request(key):
            return
        if message := (
            self._proforma_question_error_message(line)
            or self._proforma_words_error_message(words)
            or self._proforma_flood_error_message()
        ):
            raise UserError(message)
        if not words:
            raise UserError(self.env._("Enter your question."))
        author = partner or self.partner_id
        # The request is made here: it names the line.
        poster = self.with_context(proforma_is_answer=True)
        posted = poster._proforma_post_customer_message(
            self._get_proforma_line_question_body(line, words), author
        )
        self._proforma_create_request(
            "question",
            partner_id=author.id,
            message=words,
            message_id=posted.id,
            order_line_id=line.id,
            typed_key=key,
        )
        self._proforma_log_event("asked", partner=author)

    def _proforma_question_error_message(self, line):
        """Return why nothing can be asked about a line now, or False.

        :rtype: str|bool
        """
        self.ensure_one()
        if self.proforma_state in ("none", "cancelled", "declined"):
            return self._proforma_acceptance_error_message()
        # A line that we are still writing is nobody's business.
        if not line or line.id not in self._get_proforma_shown_line_ids():
            return self.env._(
                "This line is not on the pro forma any more. Load the page again."
            )
        return False

    def _get_proforma_shown_line_ids(self):
        """Return the lines of the order that its current version shows.

        :rtype: set[int]
        """
        self.ensure_one()
        document = self.proforma_version_id._get_document()
        shown = {line.get("key") for line in document["lines"]}
        return shown & set(self.order_line.ids)

    def _get_proforma_line_question_body(self, line, words):
        """Return a question that names its line, in the language of the document.

        :rtype: Markup
        """
        env = self.with_context(lang=self._get_proforma_lang()).env
        about = env._("About “%(line)s”:", line=line._get_proforma_title())
        return Markup("<p><strong>%s</strong></p><p>%s</p>") % (
            about,
            Markup("<br/>").join(words.splitlines()),
        )

    def _get_proforma_questions_by_line(self):
        """Return the questions on lines, the oldest first.

        :return: Id of the line -> its questions.
        :rtype: dict[int, proforma.request]
        """
        self.ensure_one()
        questions = self.proforma_request_ids.filtered(
            lambda r: r.kind == "question" and r.order_line_id
        ).sorted("id")
        return {
            line.id: found for line, found in questions.grouped("order_line_id").items()
        }

    # === OVERRIDES === #

    def _message_post_after_hook(self, message, msg_vals):
        """Override of `mail`: what we write to the customer answers his questions on
        the whole; those on a line are answered one by one. An e-mail of ours answers
        the question that it replies to, whatever that is about.
        """
        res = super()._message_post_after_hook(message, msg_vals)
        # Set by us, and never stored: our own answers, a version that is sent.
        context = self.env.context
        is_own = context.get("proforma_is_answer") or context.get("proforma_mark_sent")
        if is_own or message.is_internal or message.subtype_id.internal:
            return res
        if message.message_type == "comment":
            self._proforma_answer_questions(message)
        elif message.message_type == "email" and not context.get("proforma_is_auto"):
            self._proforma_answer_replied_question(message)
        return res

    def _proforma_answer_questions(self, message):
        """Close the questions on the whole, if it is one of us who writes.

        :param mail.message message: It reached the customer.
        """
        questions = self._get_proforma_waiting_questions().filtered(
            lambda question: not question.order_line_id
        )
        if not questions:
            return
        if user := self._get_proforma_writing_user(message):
            answer = html2plaintext(message.body or "")
            questions._close("answered", answer, user, tell=False)

    def _proforma_answer_replied_question(self, message):
        """Close the question that an e-mail of one of us replies to. The one who asked
        gets that e-mail: core notifies the author of what is replied to.

        What says nothing but what it quotes, and a reply to anything else, answers
        nothing: the question keeps its to-do.

        :param mail.message message: An e-mail that has come in.
        """
        questions = self._get_proforma_waiting_questions().filtered(
            lambda question: question.message_id == message.parent_id
        )
        if not (message.parent_id and questions):
            return
        answer = replied_text(message.body or "")
        user = self._get_proforma_writing_user(message)
        if user and answer:
            questions._close("answered", answer, user, tell=False)

    def _get_proforma_waiting_questions(self):
        """Return the questions that wait for us.

        :return: In sudo mode.
        :rtype: proforma.request
        """
        waiting = self.sudo().proforma_waiting_request_ids
        return waiting.filtered(lambda request: request.kind == "question")

    def _get_proforma_writing_user(self, message):
        """Return who of us wrote a message, empty if it was somebody else.

        :rtype: res.users
        """
        users = message.author_id.sudo().user_ids
        return users.filtered(lambda user: user._is_internal())[:1]
