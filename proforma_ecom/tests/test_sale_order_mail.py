from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCase

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderMail(MailCase, ProformaCommon):
    @classmethod
    def default_env_context(cls):
        return {}

    def test_customer_gets_the_stored_pdf_and_the_link(self):
        order = self._create_proforma()

        with self.mock_mail_gateway():
            order._proforma_send_mail()

        [mail] = self._mails
        self.assertEqual(mail["email_to"], [self.customer.email_formatted])
        [(name, content, _mimetype)] = mail["attachments"]
        self.assertEqual(content, order.proforma_version_id.sudo().attachment_id.raw)
        self.assertIn(f"access_token={order.access_token}", mail["body"])

    def test_button_of_the_mail_speaks_of_the_pro_forma(self):
        order = self._create_proforma()

        with self.mock_mail_gateway():
            order._proforma_send_mail()

        self.assertIn("Open the pro forma", self._mails[0]["body"])
        self.assertNotIn("Quotation", self._mails[0]["body"])

    def test_deleting_the_attachment_of_the_message_keeps_the_pdf(self):
        order = self._create_proforma()
        with self.mock_mail_gateway():
            order._proforma_send_mail()

        order.message_ids.attachment_ids.unlink()

        self.assertTrue(order.proforma_version_id.sudo().attachment_id.raw)

    def test_composer_offers_template_and_pdf(self):
        order = self._create_proforma()
        action = order.action_proforma_send()

        composer = Form(
            self.env["mail.compose.message"].with_context(**action["context"])
        ).save()

        self.assertEqual(
            composer.template_id,
            self.env.ref("proforma_ecom.mail_template_proforma_issued"),
        )
        self.assertEqual(
            composer.attachment_ids.mapped("mimetype"), ["application/pdf"]
        )

    def test_customer_and_seller_are_told_of_the_acceptance(self):
        order = self._create_proforma(user_id=self.sale_user.id)

        with self.mock_mail_gateway(mail_unlink_sent=False):
            self._sign(order)
            self.env["mail.mail"].process_email_queue()

        recipients = {address for mail in self._mails for address in mail["email_to"]}
        self.assertIn(self.customer.email_formatted, recipients)
        self.assertIn(self.sale_user.email_formatted, recipients)

    def test_mail_of_the_composer_is_logged_as_sent(self):
        order = self._create_proforma()
        context = order.action_proforma_send()["context"]
        composer = Form(self.env["mail.compose.message"].with_context(**context)).save()

        with self.mock_mail_gateway():
            composer._action_send_mail()

        self.assertEqual(order.proforma_event_ids.mapped("kind").count("sent"), 1)

    def test_mail_of_the_shop_is_logged_as_sent(self):
        order = self._create_proforma()

        with self.mock_mail_gateway():
            order._proforma_send_mail()

        self.assertEqual(order.proforma_event_ids.mapped("kind").count("sent"), 1)

    def test_mail_is_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        template = self.env.ref("proforma_ecom.mail_template_proforma_issued")
        template.with_context(lang="fr_FR").subject = "Votre facture pro forma"
        order = self._create_proforma()

        with self.mock_mail_gateway():
            order._proforma_send_mail()

        self.assertEqual(self._mails[0]["subject"], "Votre facture pro forma")

    def test_answer_of_the_customer_by_mail_is_a_question(self):
        order = self._create_proforma(user_id=self.sale_user.id)

        order.message_post(
            author_id=self.customer.id,
            body="When?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )

        self.assertEqual(order.proforma_event_ids[0].kind, "asked")

    def _get_kinds_after_message(self, order, **values):
        order.message_post(body="When?", subtype_xmlid="mail.mt_comment", **values)
        return order.proforma_event_ids.mapped("kind")

    def test_answer_from_an_unknown_address_is_a_question(self):
        order = self._create_proforma(user_id=self.sale_user.id)

        kinds = self._get_kinds_after_message(
            order,
            author_id=False,
            email_from="purchasing@customer.example",
            message_type="email",
        )

        self.assertIn("asked", kinds)
        self.assertEqual(order.activity_ids.user_id, self.sale_user)

    def test_words_of_our_side_are_no_question(self):
        for reason, values in (
            ("robot", {"author_id": self.env.ref("base.partner_root").id}),
            ("seller", {"author_id": self.sale_user.partner_id.id}),
        ):
            for message_type in ("comment", "email"):
                with self.subTest(reason, message_type=message_type):
                    kinds = self._get_kinds_after_message(
                        self._create_proforma(), message_type=message_type, **values
                    )

                    self.assertNotIn("asked", kinds)
