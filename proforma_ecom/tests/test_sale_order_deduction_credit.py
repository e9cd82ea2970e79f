from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_deduction import ProformaDeductionCommon


@tagged("post_install", "-at_install")
class TestSaleOrderDeductionCredit(ProformaDeductionCommon):
    """Credit notes, drafts and invoices that are cancelled."""

    def test_refunded_deposit_is_not_deducted(self):
        order = self._create_accepted()
        self._credit(order.proforma_deposit_ids[0].invoice_id)

        final = self._deliver(order, 10)

        self.assertEqual(final.amount_total, 1200.0)
        self.assertFalse(final.invoice_line_ids.filtered("is_downpayment"))

    def test_cancelled_deposit_is_not_deducted(self):
        order = self._create_accepted((30, 40, 30), paid=2)
        invoice = order.proforma_deposit_ids[0].invoice_id
        invoice.button_draft()
        invoice.button_cancel()

        final = self._deliver(order, 10)

        self.assertEqual(final.amount_total, 720.0)

    def test_deposit_refunded_after_its_deduction_is_charged(self):
        order = self._create_accepted()
        self._deliver(order, 5)
        self._credit(order.proforma_deposit_ids[0].invoice_id)

        final = self._deliver(order, 10)

        self.assertEqual(final.amount_total, 960.0)

    def test_deleted_draft_gives_the_deduction_back(self):
        order = self._create_accepted()
        order.order_line.filtered("product_id").qty_delivered = 2
        order._create_invoices(final=True).unlink()

        self.assertEqual(self._get_deducted(self._deliver(order, 10)), 360.0)

    def test_cancelled_invoice_gives_the_deduction_back(self):
        order = self._create_accepted(mode="proportional")
        self._deliver(order, 2)
        cancelled = self._deliver(order, 5)
        cancelled.button_draft()
        cancelled.button_cancel()

        self.assertEqual(self._get_deducted(self._deliver(order, 10)), 288.0)

    def test_draft_invoice_keeps_its_deduction(self):
        order = self._create_accepted()
        order.order_line.filtered("product_id").qty_delivered = 2
        order._create_invoices(final=True)

        self.assertEqual(self._get_deducted(self._deliver(order, 10)), 120.0)

    def test_credited_final_invoice_is_invoiced_anew(self):
        order = self._create_accepted()
        final = self._deliver(order, 10)
        self._credit(final)

        again = self._deliver(order, 10)

        self.assertEqual(again.amount_total, final.amount_total)
        self.assertEqual(self._sum(order, "amount_total"), 1200.0)

    def test_deposit_alone_is_no_invoice_before_delivery(self):
        order = self._create_accepted()

        with self.assertRaisesRegex(UserError, "Cannot create an invoice"):
            order._create_invoices(final=True)

    def test_overpaid_rest_is_credited_when_all_is_invoiced(self):
        order = self._create_accepted((80, 20), paid=1)
        line = order.order_line.filtered("product_id")
        line.write({"product_uom_qty": 5, "price_unit": 100})
        self._deliver(order, 5)

        credit = order._create_invoices(final=True)

        self.assertRecordValues(
            credit, [{"move_type": "out_refund", "amount_total": 360.0}]
        )

    def test_invoice_keeps_all_deposits_when_core_does_not_deduct(self):
        order = self._create_accepted()
        order.order_line.filtered("product_id").qty_delivered = 5

        invoice = order._create_invoices(final=False)

        self.assertEqual(invoice.amount_total, 600.0)

    def test_plain_order_deducts_as_ever(self):
        order = self._create_order()
        order.action_confirm()
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": order.ids,
                "advance_payment_method": "fixed",
                "fixed_amount": 360.0,
            }
        )
        wizard._create_invoices(order).action_post()
        order.order_line.filtered("product_id").qty_delivered = 2

        invoice = order._create_invoices(final=True)

        self.assertRecordValues(
            invoice, [{"move_type": "out_refund", "amount_total": 120.0}]
        )

    def test_salesperson_invoices_with_deduction(self):
        order = self._create_accepted()
        order.order_line.filtered("product_id").qty_delivered = 2
        user = self.sale_user

        invoice = order.with_user(user)._create_invoices(final=True)

        self.assertEqual(invoice.sudo().amount_total, 0.0)
