from lxml import html

from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalInstalment(ProformaInstalmentCommon, PaymentHttpCommon):
    """The customer pays later instalments on the portal."""

    def setUp(self):
        super().setUp()
        self.order = self._create_accepted()
        self.second, self.third = self.order.proforma_deposit_ids[1:]
        self.token = self.order._portal_ensure_token()
        self.url = f"/my/proformas/{self.order.id}"
        self.authenticate(None, None)

    def _get(self, suffix="", query="", url=None):
        url = url or self.url
        return self.url_open(f"{url}{suffix}?access_token={self.token}{query}")

    def _start(self, amount, deposit=None, route=None, **values):
        """Start a payment as the browser does."""
        query = f"?deposit_id={deposit.id}" if deposit else ""
        return self.make_jsonrpc_request(
            route or f"{self.url}/transaction{query}",
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.payment_method_id,
                "token_id": None,
                "amount": amount,
                "flow": "direct",
                "tokenization_requested": False,
                "landing_route": self.url,
                "access_token": self.token,
                **values,
            },
        )

    def _make_due(self, deposit):
        deposit.sudo()._set_due(self.order.company_id._get_proforma_today())

    def test_payment_page_asks_for_the_chosen_instalment(self):
        page = self._get("/pay", f"&deposit_id={self.third.id}")

        self.assertIn('data-amount="360.0"', page.text)
        self.assertIn(f"deposit_id={self.third.id}", page.text)

    def test_button_of_the_payment_form_names_the_amount(self):
        page = self._get("/pay", f"&deposit_id={self.third.id}")

        [button] = html.fromstring(page.text).xpath(
            "//button[@name='o_payment_submit_button']"
        )

        self.assertRegex(button.text_content(), r"Pay\s+\S*\s?360\.00")

    def test_payment_page_says_what_to_do_without_scripts(self):
        page = self._get("/pay", f"&deposit_id={self.third.id}").text

        note = page.partition("<noscript>")[2].partition("</noscript>")[0]
        self.assertIn("Paying online needs JavaScript", note)

    def test_payment_page_asks_for_what_is_due_by_itself(self):
        self._make_due(self.second)

        self.assertIn('data-amount="480.0"', self._get("/pay").text)

    def test_nothing_is_asked_for_by_itself_while_nothing_is_due(self):
        page = self._get("/pay")

        self.assertNotIn("/pay", page.url)
        self.assertIn("There is no deposit to pay.", page.text)

    def test_payment_is_tied_to_its_instalment_and_the_accepted_version(self):
        self._start(480.0, self.second)

        self.assertRecordValues(
            self.second.sudo().transaction_ids,
            [
                {
                    "amount": 480.0,
                    "sale_order_ids": self.order.ids,
                    "proforma_version_id": self.order.proforma_version_id.id,
                }
            ],
        )

    @mute_logger("odoo.http")
    def test_forged_amount_is_refused_after_the_acceptance_too(self):
        self._make_due(self.second)
        for route in (
            f"{self.url}/transaction",
            f"{self.url}/transaction?deposit_id={self.second.id}",
            f"/my/orders/{self.order.id}/transaction",
        ):
            for amount in (0.01, 479.99, 840.0, -480.0, "nan", None):
                with (
                    self.subTest(route=route, amount=amount),
                    self.assertRaises(JsonRpcException),
                ):
                    self._start(amount, route=route)

        self.assertFalse(self.second.sudo().transaction_ids)
        self.assertEqual(len(self.order.sudo().transaction_ids), 1)

    def test_core_route_pays_what_is_due(self):
        self._make_due(self.second)

        self._start(480.0, route=f"/my/orders/{self.order.id}/transaction")

        self.assertEqual(self.second.sudo().transaction_ids.amount, 480.0)

    @mute_logger("odoo.http")
    def test_instalment_of_another_order_is_refused(self):
        other = self._create_accepted().proforma_deposit_ids[1]
        self._make_due(self.second)

        with self.assertRaises(JsonRpcException):
            self._start(480.0, other)
        page = self._get("/pay", f"&deposit_id={other.id}")

        self.assertNotIn("/pay", page.url)
        self.assertFalse((self.second | other).sudo().transaction_ids)

    @mute_logger("odoo.http")
    def test_made_up_instalment_is_refused(self):
        self._make_due(self.second)
        for made_up in ("0", "-1", "7 OR 1=1", "x", ""):
            with self.subTest(made_up):
                route = f"{self.url}/transaction?deposit_id={made_up}"
                with self.assertRaises(JsonRpcException):
                    self._start(480.0, route=route)

                page = self._get("/pay", f"&deposit_id={made_up}")
                self.assertNotIn("/pay", page.url)

    @mute_logger("odoo.http")
    def test_paid_instalment_is_refused(self):
        first = self.order.proforma_deposit_ids[0]

        with self.assertRaises(JsonRpcException):
            self._start(360.0, first)
        page = self._get("/pay", f"&deposit_id={first.id}")

        self.assertIn("paid already", page.text)

    @mute_logger("odoo.http")
    def test_second_of_two_tabs_is_told_that_the_first_one_pays(self):
        self._start(480.0, self.second)

        with self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self._start(480.0, self.second)
        page = self._get("/pay", f"&deposit_id={self.second.id}")

        self.assertIn("begun a moment ago", page.text)
        self.assertEqual(len(self.second.sudo().transaction_ids), 1)

    @mute_logger("odoo.http")
    def test_instalment_whose_invoice_is_paid_in_part_is_not_paid_whole(self):
        self._make_due(self.second)
        self.second.sudo().invoice_on = "due"
        self.second.sudo()._ask()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.second.invoice_id.ids
        )
        register.create({"amount": 120.0})._create_payments()

        with self.assertRaises(JsonRpcException):
            self._start(480.0, self.second)
        page = self._get("/pay")

        self.assertIn("Pay what is left of its invoice", page.text)

    def test_two_instalments_may_be_paid_at_once(self):
        self._start(480.0, self.second)
        self._start(360.0, self.third)

        self.assertTrue(self.third.sudo().transaction_ids)

    @mute_logger("odoo.http")
    def test_stranger_cannot_pay(self):
        new_test_user(self.env, "stranger", "base.group_portal")
        self.authenticate("stranger", "stranger")
        self.token = "wrong"

        with self.assertRaises(JsonRpcException):
            self._start(480.0, self.second)
        page = self._get("/pay", f"&deposit_id={self.second.id}")

        self.assertNotIn(self.order.proforma_number, page.text)

    def test_thanks_are_said_once_the_money_is_confirmed(self):
        tx = self._create_instalment_tx(self.second)
        landing = f"&message=paid&deposit_id={self.second.id}"
        tx._set_pending()
        waiting = self._get(query=landing).text

        self._pay(tx)
        paid = self._get(query=landing).text

        self.assertNotIn("We received your payment", waiting)
        self.assertIn("o_payment_status_alert", waiting)
        self.assertIn("We received your payment", paid)
        self.assertNotIn("o_payment_status_alert", paid)

    def test_invoice_that_took_over_is_linked_instead(self):
        self.order.order_line.filtered("product_id").qty_delivered = 10
        final = self.order._create_invoices(final=True)
        final.action_post()

        page = self._get("/pay", f"&deposit_id={self.second.id}").text

        self.assertIn("The order is invoiced already.", page)
        self.assertIn(f"/my/invoices/{final.id}", page)
        self.assertNotIn("/pay?", page)

    def test_core_page_of_an_accepted_order_offers_no_payment(self):
        page = self._get(url=f"/my/orders/{self.order.id}", query="&payment_amount=1")

        self.assertIn(self.url, page.url)
        self.assertNotIn("o_payment_form", page.text)

    def test_core_page_of_an_accepted_order_is_shown_without_an_amount(self):
        page = self._get(url=f"/my/orders/{self.order.id}")

        self.assertIn(f"/my/orders/{self.order.id}", page.url)
        self.assertNotIn("o_payment_form", page.text)

    def test_core_page_of_a_plain_order_is_paid_as_ever(self):
        plain = self._create_order()
        plain.action_confirm()
        self.token = plain._portal_ensure_token()

        page = self._get(url=f"/my/orders/{plain.id}", query="&payment_amount=100")

        self.assertIn("o_payment_form", page.text)

    def _ask_by_invoice(self):
        """Return the posted invoice of the second instalment."""
        self._make_due(self.second)
        self.second.sudo().invoice_on = "due"
        self.second.sudo()._ask()
        return self.second.invoice_id.sudo()

    def _start_on_invoice(self, invoice):
        """Start a payment on core's page of the invoice."""
        return self._start(
            480.0,
            route=f"/invoice/transaction/{invoice.id}",
            access_token=invoice._portal_ensure_token(),
        )

    def test_invoice_is_paid_on_its_own_page_while_nobody_pays_the_instalment(self):
        invoice = self._ask_by_invoice()
        self.assertTrue(invoice._has_to_be_paid())

        self._start_on_invoice(invoice)

        self.assertEqual(invoice.transaction_ids.amount, 480.0)
        self.assertTrue(invoice._has_to_be_paid())

    @mute_logger("odoo.http")
    def test_invoice_is_not_paid_on_its_own_page_while_the_instalment_is_paid(self):
        invoice = self._ask_by_invoice()
        self._start(480.0, self.second)

        with self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self._start_on_invoice(invoice)

        self.assertFalse(invoice._has_to_be_paid())
        self.assertFalse(invoice.transaction_ids)

    def test_invoice_is_paid_on_its_own_page_after_a_failed_payment(self):
        invoice = self._ask_by_invoice()
        self._start(480.0, self.second)
        self.second.sudo().transaction_ids._set_error("No funds")

        self._start_on_invoice(invoice)

        self.assertEqual(invoice.transaction_ids.amount, 480.0)
