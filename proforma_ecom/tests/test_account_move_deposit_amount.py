from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestAccountMoveDepositAmount(ProformaInstalmentCommon):
    """A deposit invoice that the accountant sets to draft and posts again."""

    def setUp(self):
        super().setUp()
        self.order = self._create_accepted()
        self.deposit = self.order.proforma_deposit_ids[0]
        self.invoice = self.deposit.invoice_id
        self.invoice.button_draft()

    def _set_price(self, price):
        lines = self.invoice.invoice_line_ids
        lines.filtered(lambda li: li.display_type == "product").price_unit = price

    def test_deposit_invoice_over_another_amount_is_not_posted(self):
        for price in (100.0, 299.99, 300.01, 500.0):
            with self.subTest(price):
                self._set_price(price)

                with self.assertRaises(UserError) as refusal:
                    self.invoice.action_post()

                for part in (self.order.proforma_number, "360.00", "With the order"):
                    self.assertIn(part, str(refusal.exception))
        self.assertEqual(self.invoice.state, "draft")

    def test_deposit_invoice_in_another_currency_is_not_posted(self):
        self.invoice.currency_id = self.env["res.currency"].search(
            [("id", "!=", self.order.currency_id.id)], limit=1
        )
        self._set_price(300.0)
        self.assertEqual(self.invoice.amount_total, 360.0)

        with self.assertRaises(UserError):
            self.invoice.action_post()

    def test_deposit_invoice_with_other_words_is_posted(self):
        self.invoice.narration = "With thanks"

        self.invoice.action_post()

        self.assertEqual(self.invoice.state, "posted")
        self.assertEqual(self.deposit.amount, 360.0)

    def test_other_invoices_of_the_order_have_the_amount_that_they_have(self):
        self.invoice.action_post()
        self.order.order_line.filtered("product_id").qty_delivered = 10
        final = self.order._create_invoices(final=True)
        lines = final.invoice_line_ids.filtered("product_id")
        lines.filtered(lambda li: not li.is_downpayment).price_unit = 50.0

        final.action_post()

        self.assertEqual(final.state, "posted")
