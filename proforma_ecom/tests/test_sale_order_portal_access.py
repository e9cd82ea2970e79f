from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import SIGNATURE, ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalAccess(ProformaPaymentCommon, PaymentHttpCommon):
    """Visitors without a link, and programs that only follow it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma()
        cls.url = f"/my/proformas/{cls.order.id}"
        cls.link = f"access_token={cls.order._portal_ensure_token()}"

    def _get_kinds(self):
        return self.order.proforma_event_ids.mapped("kind")

    def test_visitor_without_link_reads_nothing(self):
        self.authenticate(None, None)
        for suffix in ("", "/pdf", "/signed", "/sign", "/pay"):
            with self.subTest(suffix):
                response = self.url_open(f"{self.url}{suffix}")

                self.assertEqual(response.status_code, 404)
                self.assertIn("This link opens no pro forma", response.text)
                self.assertNotIn(self.order.proforma_number, response.text)

    def test_visitor_without_link_cannot_accept(self):
        self.authenticate(None, None)

        answer = self.make_jsonrpc_request(
            f"{self.url}/accept", {"name": "Marie", "signature": SIGNATURE}
        )

        self.assertEqual(answer, {"error": "This link is not valid."})
        self.assertFalse(self.order.signature)

    @mute_logger("odoo.http")
    def test_visitor_without_link_cannot_pay(self):
        self._sign(self.order)
        self.authenticate(None, None)

        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(
                f"{self.url}/transaction",
                {
                    "provider_id": self.provider.id,
                    "payment_method_id": self.payment_method_id,
                    "token_id": None,
                    "amount": 360.0,
                    "flow": "direct",
                    "tokenization_requested": False,
                    "landing_route": self.url,
                },
            )

        self.assertFalse(self.order.sudo().transaction_ids)

    def test_list_leads_a_visitor_to_the_login(self):
        self.authenticate(None, None)

        self.assertIn("/web/login", self.url_open("/my/proformas").url)

    def test_program_that_follows_the_link_is_nobodys_reading(self):
        self.authenticate(None, None)
        for values in (
            {"method": "HEAD"},
            {"headers": {"Range": "bytes=0-99"}},
            {"headers": {"Odoo-Link-Preview": "True"}},
        ):
            for suffix in ("", "/pdf"):
                with self.subTest(suffix, **values):
                    response = self.url_open(
                        f"{self.url}{suffix}?{self.link}", **values
                    )

                    self.assertTrue(response.ok)
                    self.assertEqual(self._get_kinds(), ["issued"])

    def test_second_download_of_the_day_is_not_counted(self):
        self.authenticate(None, None)

        for _time in range(2):
            self.url_open(f"{self.url}/pdf?{self.link}")

        self.assertEqual(self._get_kinds().count("downloaded"), 1)
