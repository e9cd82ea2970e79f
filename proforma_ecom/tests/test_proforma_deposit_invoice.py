from odoo.tests import tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestProformaDepositInvoice(ProformaPaymentCommon):
    def _accept_by_hand(self, order):
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()
        return order.proforma_deposit_ids[0].invoice_id

    def test_deposit_invoice_carries_the_taxes_of_the_order(self):
        invoice = self._accept_by_hand(self._create_deposit_proforma())

        self.assertRecordValues(
            invoice,
            [{"amount_untaxed": 300.0, "amount_tax": 60.0, "amount_total": 360.0}],
        )

    def test_deposit_invoice_is_due_at_once(self):
        order = self._create_deposit_proforma(
            payment_term_id=self.env.ref("account.account_payment_term_30days").id
        )

        invoice = self._accept_by_hand(order)

        self.assertEqual(
            invoice.invoice_date_due, order.company_id._get_proforma_today()
        )

    def test_deposit_invoice_names_the_proforma(self):
        order = self._create_deposit_proforma()

        invoice = self._accept_by_hand(order)

        self.assertEqual(invoice.ref, order.proforma_version_id.name)
        self.assertIn("30 %", invoice.invoice_line_ids[0].name)

    def test_paid_invoice_means_a_paid_deposit(self):
        order = self._create_deposit_proforma()
        invoice = self._accept_by_hand(order)
        self.assertEqual(order.proforma_deposit_ids[0].state, "due")

        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()

        self.assertEqual(order.proforma_deposit_ids[0].state, "paid")

    def test_final_invoice_deducts_the_deposit_once(self):
        order = self._create_deposit_proforma()
        self._accept_by_hand(order)
        order.order_line.filtered("product_id").qty_delivered = 10

        final = order._create_invoices(final=True)

        self.assertEqual(final.amount_total, 840.0)

    def test_balance_is_not_invoiced_as_a_deposit(self):
        order = self._create_deposit_proforma()

        self._accept_by_hand(order)

        deposit, balance = order.proforma_deposit_ids
        self.assertEqual((deposit.state, balance.state), ("due", "planned"))
        self.assertFalse(balance.invoice_id)
