from odoo.tests import HttpCase, new_test_user, tagged

from .common import ProformaRefundCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalStory(ProformaRefundCommon, HttpCase):
    """What the page tells besides the document: papers, what happened, whom to ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env,
            "seller",
            "sales_team.group_sale_salesman",
            name="Sam Seller",
            email="sam@example.com",
        )
        cls.order = cls._create_deposit_proforma(user_id=cls.seller.id)

    def _get_page(self, order=None, suffix=""):
        order = order or self.order
        self.authenticate(None, None)
        token = order._portal_ensure_token()
        return self.url_open(f"/my/proformas/{order.id}{suffix}?access_token={token}")

    def _get_rows(self, kind):
        rows = self.order.sudo()._prepare_proforma_timeline()
        return [row for row in rows if row["kind"] == kind]

    def _log_reading(self, partner):
        return self.order.sudo()._proforma_log_event("viewed", partner=partner)

    # === TIMELINE === #

    def test_what_happened_names_who_did_it(self):
        self._sign(self.order)

        [row] = self._get_rows("signed")

        self.assertEqual(row["who"], "Marie Martin")
        self.assertIn("Marie Martin", self._get_page().text)

    def test_colleagues_are_told_apart(self):
        colleague = self._create_customer("Paul", parent_id=self.customer.id)
        for partner in (self.customer, colleague, self.customer):
            self._log_reading(partner)

        names = [row["who"] for row in self._get_rows("viewed")]

        self.assertEqual(names, ["Paul", self.customer.name])

    def test_new_version_leads_to_its_differences(self):
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()

        new, first = self._get_rows("issued")

        self.assertEqual(new["version"], self.order.proforma_version_id)
        self.assertFalse(first["version"])

    def test_request_is_told_in_words(self):
        self.order.sudo()._proforma_create_request("offer")

        [asked] = self._get_rows("requested")

        self.assertEqual(asked["text"], "Request sent: Counter-Offer")

    def test_question_is_told_once(self):
        self.order.sudo()._proforma_ask("In blue?", self.customer)

        self.assertEqual(len(self._get_rows("asked")), 1)
        self.assertFalse(self._get_rows("requested"))

    def test_withdrawn_change_issues_nothing(self):
        order = self.order.sudo()
        request = order._proforma_create_request("change")
        order._set_proforma_revising()

        order._proforma_withdraw_request(request, self.customer)

        self.assertEqual(order.proforma_state, "issued")
        self.assertEqual(len(self._get_rows("issued")), 1)

    def _ask_for_less(self):
        self.order.sudo()._proforma_create_request("offer", amount_asked=9.0)
        return self.order.sudo().proforma_waiting_request_ids

    def test_withdrawal_names_who_did_it(self):
        request = self._ask_for_less()

        self.order.sudo()._proforma_withdraw_request(request, self.customer)

        [row] = self._get_rows("request_withdrawn")
        self.assertEqual(
            (row["text"], row["who"]), ("Request withdrawn", self.customer.name)
        )

    def test_what_ends_with_the_acceptance_nobody_withdrew(self):
        request = self._ask_for_less()

        self.order._proforma_end_requests("accepted")

        self.assertEqual(request.state, "withdrawn")
        self.assertFalse(self._get_rows("request_withdrawn"))

    def test_inner_affairs_are_not_told(self):
        self.order.sudo()._proforma_log_event("pdf_failed")
        self.order.sudo()._proforma_log_event("reminded", note="Day 7")

        kinds = {row["kind"] for row in self.order._prepare_proforma_timeline()}

        self.assertFalse(kinds & {"pdf_failed", "reminded"})

    def test_note_of_the_customer_is_shown_as_text(self):
        self.order.sudo()._proforma_log_event("deposit_paid", note="<b>30 %</b>")

        page = self._get_page().text

        self.assertIn("Payment received: &lt;b&gt;30 %&lt;/b&gt;", page)

    # === DOCUMENTS === #

    def test_paid_deposit_has_its_invoice_among_the_documents(self):
        order = self._create_paid_order()
        invoice = order.proforma_deposit_ids.invoice_id

        documents = self._get_page(order).text.split("o_proforma_documents")[1]

        self.assertIn(f"Deposit invoice {invoice.name}", documents)

    def test_draft_of_an_invoice_is_no_document(self):
        order = self._create_paid_order()
        draft = order._create_invoices(final=True)

        self.assertNotIn(draft, order._get_proforma_invoices())

    def test_earnest_money_has_a_receipt_on_the_page(self):
        order = self._create_earnest_order()
        receipt = order._get_proforma_receipts()

        response = self._get_page(order, f"/receipts/{receipt.id}")

        self.assertEqual(response.headers["Content-Type"], "application/pdf")

    def test_receipt_of_another_order_is_refused(self):
        own, other = self._create_earnest_order(), self._create_earnest_order()
        receipt = other._get_proforma_receipts()

        response = self._get_page(own, f"/receipts/{receipt.id}")

        self.assertTrue(own._get_proforma_receipts())
        self.assertEqual(response.status_code, 404)

    def test_deposit_with_an_invoice_has_no_receipt(self):
        order = self._create_paid_order()

        deposit = order.proforma_deposit_ids[0]

        self.assertEqual(
            self._get_page(order, f"/receipts/{deposit.id}").status_code, 404
        )

    # === E-MAIL ADDRESS === #

    def _open_mail_link(self, partner, signature):
        token = self.order._portal_ensure_token()
        self.authenticate(None, None)
        self.url_open(
            f"/my/proformas/{self.order.id}?access_token={token}"
            f"&pid={partner.id}&hash={signature}"
        )
        return self.order.proforma_event_ids.filtered(
            lambda event: event.kind == "email_confirmed"
        )

    def test_link_of_an_email_confirms_its_address_once(self):
        signature = self.order._sign_token(self.customer.id)
        for _visit in range(2):
            [event] = self._open_mail_link(self.customer, signature)

        self.assertEqual(event.partner_id, self.customer)

    def test_link_that_nobody_signed_confirms_nothing(self):
        other = self._create_customer("Paul")
        for signature in ("", "wrong", "é", self.order._sign_token(other.id)):
            with self.subTest(signature):
                self.assertFalse(self._open_mail_link(self.customer, signature))

    def test_page_after_the_click_confirms_nothing(self):
        self._get_page()

        self.assertNotIn(
            "email_confirmed", self.order.proforma_event_ids.mapped("kind")
        )

    # === CONTACT === #

    def test_contact_is_the_salesperson_with_hours(self):
        contact = self._get_page().text.split("o_proforma_contact")[1]

        self.assertIn("Sam Seller", contact)
        self.assertIn("mailto:sam@example.com", contact)
        self.assertIn("Mon", contact)

    def test_every_page_of_it_says_whom_to_ask(self):
        pages = ("", "/sign", "/change", "/offer", "/reminders", "/answer")
        for suffix in pages:
            with self.subTest(suffix):
                self.assertIn(
                    "mailto:sam@example.com", self._get_page(None, suffix).text
                )

    def test_every_page_without_a_pro_forma_names_the_company(self):
        self.env["res.company"].search([]).email = "hello@example.com"
        new_test_user(self.env, "visitor", "base.group_portal", password="visitor")
        self.authenticate("visitor", "visitor")
        pages = ("/my/proformas", "/my/proformas/2147483647", "/proforma/verify")
        for page in pages:
            with self.subTest(page):
                self.assertIn("mailto:hello@example.com", self.url_open(page).text)

    def test_salesperson_who_left_is_replaced_by_the_company(self):
        self.seller.active = False

        contact = self.order._prepare_proforma_contact()

        self.assertEqual(contact["name"], self.env.company.name)
        self.assertEqual(contact["email"], self.env.company.email)
