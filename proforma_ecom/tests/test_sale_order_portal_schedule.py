import re
from datetime import timedelta

from lxml import html

from odoo.tests import new_test_user, tagged

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalSchedule(ProformaInstalmentCommon, PaymentHttpCommon):
    """What the customer reads of the instalments."""

    def setUp(self):
        super().setUp()
        self.order = self._create_accepted()
        self.second, self.third = self.order.proforma_deposit_ids[1:]
        self.today = self.order.company_id._get_proforma_today()
        self.authenticate(None, None)

    def _get_page(self, order=None):
        order = order or self.order
        token = order._portal_ensure_token()
        url = f"/my/proformas/{order.id}?access_token={token}"
        return html.fromstring(self.url_open(url).text)

    def _get_row(self, deposit, page=None):
        page = self._get_page(deposit.order_id) if page is None else page
        [row] = page.xpath(f"//tr[@data-deposit='{deposit.id}']")
        return row, re.sub(r"\s+", " ", row.text_content())

    def _make_due(self, deposit, days_ago=0):
        deposit.sudo().due_date = self.today - timedelta(days=days_ago)
        deposit.sudo()._set_due(self.today)

    def test_each_instalment_says_how_it_stands(self):
        self._make_due(self.second, days_ago=5)
        page = self._get_page()
        for deposit, status, text in (
            (self.order.proforma_deposit_ids[0], "paid", "Paid on"),
            (self.second, "overdue", "Was due on"),
            (self.third, "planned", "With the final invoice"),
        ):
            with self.subTest(status):
                row, words = self._get_row(deposit, page)

                self.assertTrue(row.xpath(f".//*[@data-status='{status}']"))
                self.assertIn(text, words)

    def test_instalments_that_were_not_sent_stay_with_us(self):
        order = self._create_deposit_proforma()
        sent = order.proforma_version_id._get_document()["deposits"]
        order.order_line[0].product_uom_qty += 1

        page = self._get_page(order)
        rows = page.xpath("//tr[contains(@class, 'o_proforma_sent')]")

        self.assertEqual(order.proforma_state, "revising")
        self.assertEqual(len(rows), len(sent))
        self.assertIn(f"{float(sent[-1]['amount']):,.2f}", rows[-1].text_content())

    def test_instalments_that_were_sent_keep_their_state(self):
        order = self._create_deposit_proforma()
        order.action_proforma_revise()

        row, words = self._get_row(order.proforma_deposit_ids[0])

        self.assertTrue(row.xpath(".//*[@data-status='planned']"))

    def test_nothing_is_to_be_paid_of_what_was_declined(self):
        order = self._create_deposit_proforma()
        order._proforma_decline(self.env["proforma.decline.reason"])

        row, words = self._get_row(order.proforma_deposit_ids[0])

        self.assertTrue(row.xpath(".//*[@data-status='cancelled']"))
        self.assertNotIn("At acceptance", words)

    def test_day_is_said_in_words(self):
        for days_ago, text in ((-5, "Due on"), (0, "Due today"), (1, "Was due on")):
            with self.subTest(text):
                self.second.sudo().write(
                    {
                        "state": "due",
                        "due_date": self.today - timedelta(days=days_ago),
                    }
                )

                self.assertIn(text, self._get_row(self.second)[1])

    def test_paid_ahead_says_so(self):
        self._pay(self._create_instalment_tx(self.second))

        self.assertIn("ahead of its day", self._get_row(self.second)[1])

    def test_only_what_is_due_next_is_the_main_action(self):
        self._make_due(self.second)
        page = self._get_page()

        [button] = page.xpath("//tr[@data-deposit]//a[contains(@class, 'btn-primary')]")

        self.assertIn(f"deposit_id={self.second.id}", button.get("href"))

    def test_button_that_pays_ahead_names_the_amount(self):
        row, _text = self._get_row(self.third)

        [button] = row.xpath(".//a[contains(@href, '/pay')]")

        self.assertRegex(button.text_content(), r"Pay\s+\S*\s?360\.00.*ahead")

    def test_card_asks_for_what_is_due(self):
        self.assertFalse(
            self._get_page().xpath("//a[contains(@class, 'o_proforma_pay')]")
        )

        self._make_due(self.second)

        buttons = self._get_page().xpath("//a[contains(@class, 'o_proforma_pay')]")
        self.assertTrue(buttons)
        self.assertIn("480.00", buttons[0].text_content())

    def test_payment_under_way_is_not_asked_for_again(self):
        self._make_due(self.second)
        self._create_instalment_tx(self.second)._set_pending()
        page = self._get_page()

        row, words = self._get_row(self.second, page)

        self.assertIn("being processed", words)
        self.assertFalse(row.xpath(".//a"))
        self.assertFalse(page.xpath("//a[contains(@class, 'o_proforma_pay')]"))

    def test_open_instalments_name_their_reference(self):
        page = self._get_page()
        first = self.order.proforma_deposit_ids[0]

        reference = self.second._get_printed_reference()

        self.assertIn(" ", reference)
        self.assertIn(reference, self._get_row(self.second, page)[1])
        self.assertNotIn("Reference", self._get_row(first, page)[1])

    def test_paid_instalment_links_its_invoice(self):
        first = self.order.proforma_deposit_ids[0]

        row, words = self._get_row(first)

        self.assertIn(first.invoice_id.name, words)
        self.assertIn(
            f"/my/invoices/{first.invoice_id.id}", row.xpath(".//a")[0].get("href")
        )

    def test_progress_is_read_out(self):
        [bar] = self._get_page().xpath("//*[@role='progressbar']")

        self.assertEqual(bar.get("aria-valuenow"), "30")
        self.assertIn("360.00", bar.get("aria-label"))
        self.assertIn("1,200.00", bar.get("aria-label"))

    def test_instalment_whose_invoice_is_paid_in_part_says_how_much(self):
        self._make_due(self.second)
        self.second.sudo().invoice_on = "due"
        self.second.sudo()._ask()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.second.invoice_id.ids
        )
        register.create({"amount": 120.0})._create_payments()

        row, words = self._get_row(self.second)

        self.assertEqual(self.second.state, "due")
        self.assertIn("Paid $ 120.00 of $ 480.00", words.replace("\xa0", " "))
        self.assertEqual(
            row.xpath(".//*[@role='progressbar']")[0].get("aria-valuenow"), "25"
        )
        self.assertIn("360.00", self.second._get_scan_text())
        [button] = row.xpath(".//a[contains(@class, 'btn')]")
        self.assertIn("360.00", button.text_content())
        self.assertIn(f"/my/invoices/{self.second.invoice_id.id}", button.get("href"))

    def test_transfer_names_the_reference_of_what_is_due(self):
        self._make_due(self.second)

        [section] = self._get_page().xpath(
            "//*[contains(@class, 'o_proforma_payment')]"
        )

        self.assertIn(self.second._get_printed_reference(), section.text_content())

    def test_what_changes_is_not_asked_for_yet(self):
        order = self._create_instalment_proforma()
        for is_asked in (True, False):
            page = self._get_page(order)
            found = page.xpath("//*[contains(@class, 'o_proforma_payment')]")

            with self.subTest(order.proforma_state):
                self.assertEqual(bool(found), is_asked)
            order.action_proforma_revise()

    def test_before_the_acceptance_no_instalment_has_a_button(self):
        order = self._create_instalment_proforma()
        page = self._get_page(order)

        self.assertTrue(page.xpath("//tr[@data-deposit]"))
        self.assertFalse(page.xpath("//tr[@data-deposit]//a"))

    def test_what_an_invoice_took_over_is_not_paid_next(self):
        self.assertEqual(self.order._get_proforma_coming_deposit(), self.second)
        self.order.order_line.filtered("product_id").qty_delivered = 10

        self.order._create_invoices(final=True).action_post()

        self.assertFalse(self.order._get_proforma_coming_deposit())

    def test_list_says_what_is_paid_next(self):
        new_test_user(
            self.env, "marie", "base.group_portal", partner_id=self.customer.id
        )
        self._make_due(self.second)
        self.authenticate("marie", "marie")

        page = self.url_open("/my/proformas").text

        self.assertIn("Next payment", page)
        self.assertIn("480.00", page)

    def test_home_counts_what_is_due_of_the_customer(self):
        new_test_user(
            self.env, "marie", "base.group_portal", partner_id=self.customer.id
        )
        new_test_user(self.env, "stranger", "base.group_portal")
        self._make_due(self.second)
        self._make_due(self.third)
        self._create_instalment_tx(self.third)._set_pending()
        self._create_instalment_proforma()
        for login, count in (("marie", 1), ("stranger", 0)):
            with self.subTest(login):
                self.authenticate(login, login)

                counters = self.make_jsonrpc_request(
                    "/my/counters", {"counters": ["proforma_due_count"]}
                )

                self.assertEqual(counters["proforma_due_count"], count)
