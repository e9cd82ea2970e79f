from odoo.tests import tagged

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderInvoicedTogether(ProformaInstalmentCommon):
    """One invoice of two orders says nothing of what the other one owes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "delivery"

    def _invoice_together(self, quantities):
        """Return two accepted orders with one posted invoice."""
        orders = self.env["sale.order"]
        for quantity in quantities:
            order = self._create_accepted()
            order.order_line.filtered(
                lambda line: not (line.is_downpayment or line.display_type)
            ).qty_delivered = quantity
            orders |= order
        invoice = orders._create_invoices(final=True)
        invoice.action_post()
        return *orders, invoice

    def test_instalment_is_still_asked_for(self):
        order, other, invoice = self._invoice_together([1, 10])

        second = order.proforma_deposit_ids[1]
        self.assertEqual(len(invoice), 1)
        self.assertEqual(order._get_proforma_invoiced_amount(), 360.0)
        self.assertFalse(second._get_invoicing_error_message())
        self.assertEqual(other._get_proforma_invoiced_amount(), 1200.0)

    def test_paid_invoice_pays_no_instalment_of_another_order(self):
        order, _other, invoice = self._invoice_together([5, 20])

        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()

        self.assertEqual(
            order.proforma_deposit_ids.mapped("state"), ["paid", "planned", "planned"]
        )
