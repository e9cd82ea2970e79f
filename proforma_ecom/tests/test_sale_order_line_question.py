from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_negotiation import ProformaNegotiationCommon


@tagged("post_install", "-at_install")
class TestSaleOrderLineQuestion(ProformaNegotiationCommon):
    def _ask(self, question="Which colour?", line=None):
        self.order.sudo()._proforma_ask_about(
            self.tray_line if line is None else line, question, self.customer
        )
        return self.order.proforma_request_ids[-1:]

    def test_question_names_its_line_in_the_discussion(self):
        self._ask("Which <b>colour</b>?")

        body = self.order.message_ids[0].body
        self.assertIn("About “Tray”", body)
        self.assertIn("Which &lt;b&gt;colour&lt;/b&gt;?", body)

    def test_question_waits_once_and_at_its_line(self):
        request = self._ask()

        self.assertEqual(self.order.proforma_waiting_request_ids, request)
        self.assertEqual(
            self.order._get_proforma_questions_by_line(), {self.tray_line.id: request}
        )
        self.assertEqual(self._count_events(self.order, "asked"), 1)

    def test_answer_has_its_date_and_name(self):
        request = self._ask()

        self._answer(request, "answered", "Grey.")

        self.assertEqual(request.answered_by_id, self.sale_user)
        self.assertTrue(request.answered_on)
        self.assertIn("Grey.", self._mails[0]["body"])
        self.assertIn("Tray", self._mails[0]["body"])

    def test_line_of_another_order_is_refused(self):
        other = self._create_two_lines()

        with self.assertRaisesRegex(UserError, "not on the pro forma any more"):
            self._ask(line=other.order_line[0])

    def test_line_that_was_not_sent_yet_is_refused(self):
        self.order.order_line = [
            Command.create({"product_id": self.product.id, "name": "Secret"})
        ]

        with self.assertRaisesRegex(UserError, "not on the pro forma any more"):
            self._ask(line=self.order.order_line[-1])

    def test_empty_and_endless_questions_are_refused(self):
        for question, sentence in (
            (" \0 ", "Enter your question"),
            (None, "Enter your question"),
            ("x" * 10_000_000, "has 10000000 characters"),
        ):
            with self.subTest(str(question)[:5]):
                with self.assertRaisesRegex(UserError, sentence):
                    self._ask(question)
                self.assertFalse(self.order.proforma_request_ids)

    def test_flood_of_questions_ends(self):
        for number in range(20):
            self._ask(f"Question {number}")

        with self.assertRaisesRegex(UserError, "20 requests of yours wait"):
            self._ask("One more")

    # === ANSWERS IN THE DISCUSSION === #

    def _write(self, **values):
        return self.order.with_user(self.sale_user).message_post(
            body="On Monday.",
            **{
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
                **values,
            },
        )

    def test_message_to_the_customer_answers_his_question(self):
        self.order.sudo()._proforma_ask("When?", self.customer)
        request = self.order.proforma_waiting_request_ids

        self._write()

        self.assertEqual((request.state, request.answer), ("answered", "On Monday."))
        self.assertEqual(request.answered_by_id, self.sale_user)

    def test_note_among_ourselves_answers_nothing(self):
        self.order.sudo()._proforma_ask("When?", self.customer)

        self._write(subtype_xmlid="mail.mt_note")

        self.assertTrue(self.order.proforma_waiting_request_ids)

    def test_message_does_not_answer_what_was_asked_about_a_line(self):
        request = self._ask()

        self._write()

        self.assertEqual(request.state, "waiting")
