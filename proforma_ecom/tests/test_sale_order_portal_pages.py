from odoo import http
from odoo.tests import tagged

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalPages(ProformaPaymentCommon, PaymentHttpCommon):
    """What the customer reads on the pages and does there without a script."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma()
        cls.token = cls.order._portal_ensure_token()

    def _get(self, suffix="", order=None):
        order = order or self.order
        return self.url_open(
            f"/my/proformas/{order.id}{suffix}"
            f"?access_token={order._portal_ensure_token()}"
        )

    def _post(self, suffix, token=None, **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(
            f"/my/proformas/{self.order.id}{suffix}?access_token={token or self.token}",
            data=data,
        )

    def test_customer_declines_with_a_reason_and_words(self):
        self.authenticate(None, None)
        reason = self.env.ref("proforma_ecom.decline_reason_price")

        page = self._post("/decline", reason_id=reason.id, comment="We bought another.")

        self.assertIn("You declined this pro forma.", page.text)
        self.assertEqual(self.order.proforma_state, "declined")
        self.assertEqual(self.order.proforma_decline_reason_id, reason)
        self.assertIn("We bought another.", str(self.order.message_ids.mapped("body")))

    def test_made_up_reason_declines_without_one(self):
        self.authenticate(None, None)

        self._post("/decline", reason_id="7 OR 1=1")

        self.assertEqual(self.order.proforma_state, "declined")
        self.assertFalse(self.order.proforma_decline_reason_id)

    def test_customer_asks_a_question(self):
        self.authenticate(None, None)

        page = self._post("/question", question="Is it <b>in stock</b>?")

        self.assertIn("Your question is with us.", page.text)
        question = self.order.message_ids.filtered(
            lambda message: message.message_type == "comment"
        )
        self.assertIn("Is it &lt;b&gt;in stock", question.body)
        self.assertEqual(question.author_id, self.customer)

    def test_empty_question_is_explained_on_the_page(self):
        self.authenticate(None, None)

        page = self._post("/question", question=" ")

        self.assertIn("Enter your question.", page.text)

    def test_wrong_token_neither_declines_nor_asks(self):
        self.authenticate(None, None)
        before = self.order.message_ids

        self._post("/decline", token="wrong")
        self._post("/question", token="wrong", question="Anyone?")

        self.assertEqual(self.order.proforma_state, "issued")
        self.assertEqual(self.order.message_ids, before)

    def test_company_reads_line_totals_without_taxes(self):
        self.authenticate(None, None)

        page = self._get().text

        self.assertIn("1,000.00", page.split("o_proforma_totals")[0])

    def test_consumer_reads_line_totals_with_taxes(self):
        consumer = self._create_customer("Nadia Petit", is_company=False)
        order = self._create_proforma(partner_id=consumer.id)
        self.authenticate(None, None)

        lines = self._get(order=order).text.split("o_proforma_totals")[0]

        self.assertIn("1,200.00", lines.split("o_proforma_lines")[1])

    def test_payment_that_waits_is_shown_and_not_asked_for_again(self):
        self._sign(self.order)
        self._create_deposit_tx(self.order)._set_pending()
        self.authenticate(None, None)

        page = self._get("/pay")

        self.assertNotIn("/pay", page.url)
        self.assertIn("o_payment_status_alert", page.text)
        self.assertNotIn("o_proforma_accept", page.text)

    def test_payment_that_failed_may_be_tried_again(self):
        self._sign(self.order)
        self._create_deposit_tx(self.order)._set_error("Refused by the bank.")
        self.authenticate(None, None)

        page = self._get()

        self.assertIn("Refused by the bank.", page.text)
        self.assertIn("o_proforma_accept", page.text)

    def test_pages_of_an_expired_proforma_lead_to_its_end(self):
        self._sign(self.order)
        self.order._set_proforma_expired()
        self.authenticate(None, None)
        for suffix in ("/sign", "/pay"):
            with self.subTest(suffix):
                page = self._get(suffix)

                self.assertNotIn(suffix, page.url)
                self.assertNotIn("o_proforma_accept", page.text)

    def test_signed_customer_reads_that_the_deposit_is_left(self):
        self._sign(self.order)
        self.authenticate(None, None)

        self.assertIn("Signed by", self._get().text)

    def test_waiting_payment_sends_no_quotation(self):
        self._sign(self.order)
        tx = self._create_deposit_tx(self.order)
        before = self.order.message_ids

        tx._set_pending()
        tx._post_process()

        messages = self.order.message_ids - before
        self.assertFalse(messages.attachment_ids)
        self.assertFalse(messages.filtered("subject"))

    def test_discussion_is_shown_once_something_was_said(self):
        self.authenticate(None, None)
        self.assertNotIn("proforma_discussion", self._get().text)

        page = self._post("/question", question="Is it in stock?")

        self.assertIn("proforma_discussion", page.text)
