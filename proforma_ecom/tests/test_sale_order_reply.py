from uuid import uuid4

from odoo.tests import BaseCase, new_test_user, tagged

from ..incoming import replied_text
from .common_negotiation import ProformaNegotiationCommon

# What the reply says of the question, and what is left of it.
REPLIES = [
    ("<p>On Monday.</p>", "On Monday."),
    (
        '<p>On Monday.</p><blockquote data-o-mail-quote="1">When?</blockquote>',
        "On Monday.",
    ),
    (
        "<pre>On Monday.\n\nOn Nov 27, 2026, Marie\n&lt;marie@example.com&gt; wrote:"
        '<span data-o-mail-quote="1">\n&gt; When?</span></pre>',
        "On Monday.",
    ),
    (
        "<pre>It takes 3 weeks.\nLe 27/11/2026, Marie a écrit :"
        '<span data-o-mail-quote="1">\n&gt; When?</span></pre>',
        "It takes 3 weeks.",
    ),
    # Nothing was quoted: the colon is his own.
    ("<p>Of three things 2 are ready:</p>", "Of three things 2 are ready:"),
    ('<div data-o-mail-quote="1">When?</div>', ""),
    ("", ""),
]


@tagged("post_install", "-at_install")
class TestRepliedText(BaseCase):
    def test_reply_is_read_without_what_it_quotes(self):
        for body, words in REPLIES:
            with self.subTest(body):
                self.assertEqual(replied_text(body), words)


@tagged("post_install", "-at_install")
class TestSaleOrderReply(ProformaNegotiationCommon):
    """An e-mail of ours that replies to a question of the customer answers it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sale_user.notification_type = "email"
        cls.order.message_subscribe(cls.sale_user.partner_id.ids)

    def _ask(self, question="When?", line=None):
        with self.mock_mail_gateway():
            if line:
                self.order.sudo()._proforma_ask_about(line, question, self.customer)
            else:
                self.order.sudo()._proforma_ask(question, self.customer)
        return self.order.proforma_request_ids.sorted("id")[-1:]

    def _reply(self, message, body="On Monday.\n\n> When?", author=None, headers=""):
        """Receive an e-mail that replies to a message, as a mail server hands it in."""
        author = author or self.sale_user.partner_id
        mail = (
            f"From: {author.email_formatted}\nTo: catchall@example.com\n"
            f"Subject: Re: question\nMessage-Id: <{uuid4()}@example.com>\n"
            f"In-Reply-To: {message.message_id}\nReferences: {message.message_id}\n"
            f"{headers}Content-Type: text/plain; charset=utf-8\n\n{body}\n"
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process("sale.order", mail)
        return self.order.message_ids[0]

    def test_reply_by_email_answers_the_question(self):
        question = self._ask()

        self._reply(question.message_id)

        self.assertRecordValues(
            question,
            [
                {
                    "state": "answered",
                    "answer": "On Monday.",
                    "answered_by_id": self.sale_user.id,
                }
            ],
        )

    def test_who_asked_gets_the_reply_and_no_second_email(self):
        question = self._ask()

        reply = self._reply(question.message_id)

        self.assertIn(self.customer, reply.notified_partner_ids)
        self.assertFalse(self._get_mailings(self.order, "request_answered"))

    def test_reply_by_email_answers_a_question_about_a_line(self):
        question = self._ask(line=self.tray_line)

        self._reply(question.message_id)

        self.assertEqual(question.state, "answered")

    def test_reply_answers_only_the_question_that_it_replies_to(self):
        first, second = self._ask("When?"), self._ask("Which colour?")

        self._reply(second.message_id, "Grey.")

        self.assertEqual((first.state, second.state), ("waiting", "answered"))

    def test_reply_to_something_else_answers_nothing(self):
        with self.mock_mail_gateway():
            sent = self.order.with_user(self.sale_user).message_post(
                body="Hello.", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
        question = self._ask()

        self._reply(sent)

        self.assertEqual(question.state, "waiting")
        self.assertTrue(question.activity_id)

    def test_reply_that_only_quotes_answers_nothing(self):
        question = self._ask()

        self._reply(question.message_id, "\n> When?")

        self.assertEqual(question.state, "waiting")

    def test_vacation_notice_of_ours_answers_nothing(self):
        question = self._ask()

        self._reply(
            question.message_id, "I am away.", headers="Auto-Submitted: auto-replied\n"
        )

        self.assertEqual(question.state, "waiting")

    def test_customer_who_replies_to_himself_answers_nothing(self):
        question = self._ask()

        self._reply(question.message_id, "Please hurry.", author=self.customer)

        self.assertEqual(question.state, "waiting")

    def test_portal_user_of_the_customer_answers_nothing(self):
        user = new_test_user(self.env, "paul", "base.group_portal", email="p@x.example")
        question = self._ask()

        self._reply(question.message_id, "On Monday?", author=user.partner_id)

        self.assertEqual(question.state, "waiting")

    def test_second_reply_changes_no_answer(self):
        question = self._ask()
        self._reply(question.message_id)

        self._reply(question.message_id, "On Tuesday.")

        self.assertEqual(question.answer, "On Monday.")
