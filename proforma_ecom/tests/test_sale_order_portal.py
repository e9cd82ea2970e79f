from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import SIGNATURE, ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortal(ProformaPaymentCommon, PaymentHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma()
        cls.token = cls.order._portal_ensure_token()
        cls.url = f"/my/proformas/{cls.order.id}"
        cls.portal_user = new_test_user(
            cls.env, "marie", "base.group_portal", partner_id=cls.customer.id
        )
        cls.stranger = new_test_user(cls.env, "stranger", "base.group_portal")

    def _get(self, suffix="", token=None, **kwargs):
        params = f"?access_token={token}" if token else ""
        return self.url_open(f"{self.url}{suffix}{params}", **kwargs)

    def _accept(self, token=None, **params):
        return self.make_jsonrpc_request(
            f"{self.url}/accept",
            {
                "access_token": token or self.token,
                "name": "Marie",
                "signature": SIGNATURE,
                **params,
            },
        )

    def test_link_opens_the_page(self):
        self.authenticate(None, None)

        response = self._get(token=self.token)

        self.assertIn(self.order.proforma_number, response.text)
        self.assertIn("o_proforma_accept", response.text)

    def test_customer_opens_the_page_without_token(self):
        self.authenticate("marie", "marie")

        self.assertIn(self.order.proforma_number, self._get().text)

    def test_list_shows_the_customers_proformas(self):
        self.authenticate("marie", "marie")

        response = self.url_open("/my/proformas")

        self.assertIn(self.order.proforma_number, response.text)

    def test_other_customer_sees_nothing(self):
        self.authenticate("stranger", "stranger")

        for suffix in ("", "/pdf", "/sign", "/pay"):
            with self.subTest(suffix):
                response = self._get(suffix)
                self.assertNotIn(self.order.proforma_number, response.text)
        self.assertNotIn(
            self.order.proforma_number, self.url_open("/my/proformas").text
        )

    def test_wrong_token_sees_nothing(self):
        self.authenticate(None, None)

        for suffix in ("", "/pdf", "/sign", "/pay"):
            with self.subTest(suffix):
                response = self._get(suffix, token="wrong")
                self.assertNotIn(self.order.proforma_number, response.text)

    def test_wrong_token_cannot_accept(self):
        self.authenticate(None, None)

        self.assertIn("error", self._accept(token="wrong"))
        self.assertFalse(self.order.signature)

    def test_pdf_is_the_stored_file(self):
        self.authenticate(None, None)

        response = self._get("/pdf", token=self.token)

        self.assertEqual(
            response.content, self.order.proforma_version_id.sudo().attachment_id.raw
        )

    def test_views_and_downloads_are_counted(self):
        self.authenticate(None, None)
        self._get(token=self.token)
        self._get(token=self.token)
        self._get("/pdf", token=self.token)

        kinds = self.order.proforma_event_ids.mapped("kind")

        self.assertEqual((kinds.count("viewed"), kinds.count("downloaded")), (1, 1))

    def test_salesperson_looking_is_no_view(self):
        self.authenticate("admin", "admin")

        self._get()

        self.assertNotIn("viewed", self.order.proforma_event_ids.mapped("kind"))

    def test_core_page_leads_to_ours(self):
        self.authenticate("marie", "marie")

        response = self.url_open(f"/my/orders/{self.order.id}")

        self.assertIn(self.url, response.url)

    def test_core_accept_goes_through_our_guard(self):
        self.authenticate("marie", "marie")
        self.order.action_proforma_revise()

        result = self.make_jsonrpc_request(
            f"/my/orders/{self.order.id}/accept",
            {"name": "Marie", "signature": SIGNATURE},
        )

        self.assertIn("error", result)
        self.assertFalse(self.order.signature)

    def test_who_signs_reads_that_he_may_lose_earnest_money(self):
        for nature, is_said in (("arrhes", True), ("acompte", False)):
            order = self._create_proforma(proforma_deposit_plan_id=self.plan_30_70.id)
            order.proforma_deposit_ids[0].sudo().nature = nature

            text = order.sudo()._get_proforma_sign_text()

            with self.subTest(nature):
                self.assertIn("You then pay the deposit", text)
                self.assertEqual("you lose it" in text, is_said)

    def test_signature_leads_to_the_payment(self):
        self.authenticate(None, None)

        result = self._accept()

        self.assertIn("/pay", result["redirect_url"])
        self.assertEqual(self.order.signed_by, "Marie")

    def test_page_of_what_is_signed_says_what_is_missing(self):
        self.authenticate(None, None)
        text = "the payment confirms the order"
        before = self.order._get_proforma_status_texts()["issued"][1]

        self._accept()

        self.order.invalidate_recordset()
        after = self.order._get_proforma_status_texts()["issued"][1]
        self.assertEqual((text in before, text in after), (False, True))

    def test_who_saw_an_older_version_is_shown_the_new_one(self):
        seen = self.order.proforma_version_id
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()
        self.authenticate(None, None)

        result = self._accept(version_id=seen.id)
        page = self.url_open(result["redirect_url"])

        self.assertFalse(self.order.signature)
        self.assertIn("There is a new version", page.text)
        self.assertIn(self.order.proforma_version_id.name, page.text)

    def _pay_over_http(self, route, amount):
        values = {
            "provider_id": self.provider.id,
            "payment_method_id": self.payment_method_id,
            "token_id": None,
            "amount": amount,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": self.url,
            "access_token": self.token,
        }
        return self.make_jsonrpc_request(route, values)

    def test_payment_page_asks_for_the_deposit(self):
        self._sign(self.order)
        self.authenticate(None, None)

        response = self._get("/pay", token=self.token)

        self.assertIn('data-amount="360.0"', response.text)

    def test_payment_page_names_the_transfer_where_there_is_an_account(self):
        account = self.env["res.partner.bank"].create(
            {
                "acc_number": "FR7630006000011234567890189",
                "partner_id": self.order.company_id.partner_id.id,
            }
        )
        self.authenticate(None, None)
        for is_there in (True, False):
            if not is_there:
                account.partner_id.bank_ids.active = False
            order = self._create_proforma(proforma_deposit_plan_id=self.plan_30_70.id)
            self._sign(order)
            token = order._portal_ensure_token()

            page = self.url_open(f"/my/proformas/{order.id}/pay?access_token={token}")

            with self.subTest(is_there):
                self.assertEqual("o_proforma_transfer" in page.text, is_there)

    def test_unsigned_customer_is_led_from_the_payment_to_the_signature(self):
        self.authenticate(None, None)

        self.assertIn("/sign", self._get("/pay", token=self.token).url)

    def test_payment_is_tied_to_deposit_and_version(self):
        self._sign(self.order)
        self.authenticate(None, None)

        self._pay_over_http(f"{self.url}/transaction", 360.0)

        self.assertRecordValues(
            self.order.sudo().transaction_ids,
            [
                {
                    "amount": 360.0,
                    "proforma_deposit_id": self.order.proforma_deposit_ids[0].id,
                    "proforma_version_id": self.order.proforma_version_id.id,
                }
            ],
        )

    @mute_logger("odoo.http")
    def test_forged_amount_is_refused(self):
        self._sign(self.order)
        self.authenticate(None, None)
        for route in (
            f"{self.url}/transaction",
            f"/my/orders/{self.order.id}/transaction",
        ):
            for amount in (0.01, 359.99, 1200.0, -360.0, "nan", None):
                with (
                    self.subTest(route=route, amount=amount),
                    self.assertRaises(JsonRpcException),
                ):
                    self._pay_over_http(route, amount)

        self.assertFalse(self.order.sudo().transaction_ids)

    @mute_logger("odoo.http")
    def test_unsigned_proforma_cannot_be_paid(self):
        self.authenticate(None, None)

        with self.assertRaises(JsonRpcException):
            self._pay_over_http(f"{self.url}/transaction", 360.0)

    @mute_logger("odoo.http")
    def test_revised_proforma_cannot_be_paid(self):
        self._sign(self.order)
        self.order.action_proforma_revise()
        self.authenticate(None, None)

        with self.assertRaises(JsonRpcException):
            self._pay_over_http(f"{self.url}/transaction", 360.0)

    @mute_logger("odoo.http")
    def test_second_tab_cannot_pay_again(self):
        self._sign(self.order)
        self._create_deposit_tx(self.order)._set_pending()
        self.authenticate(None, None)

        with self.assertRaises(JsonRpcException):
            self._pay_over_http(f"{self.url}/transaction", 360.0)

    @mute_logger("odoo.http")
    def test_wrong_token_cannot_pay(self):
        self._sign(self.order)
        self.authenticate(None, None)
        self.token = "wrong"

        with self.assertRaises(JsonRpcException):
            self._pay_over_http(f"{self.url}/transaction", 360.0)
