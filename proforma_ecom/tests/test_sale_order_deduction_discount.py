from odoo.fields import Command
from odoo.tests import tagged

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderDeductionDiscount(ProformaInstalmentCommon):
    """Of orders whose terms grant a discount of 2 % for early payment; where it is
    “mixed”, it lowers the tax of the order from the beginning.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "delivery"

    def _create_paid(self, computation="mixed", **values):
        """Return an order of which two instalments are paid."""
        term = self.env["account.payment.term"].create(
            {
                "name": f"2 % within ten days, {computation}",
                "early_discount": True,
                "discount_percentage": 2.0,
                "discount_days": 10,
                "early_pay_discount_computation": computation,
                "line_ids": [Command.create({"value_amount": 100.0, "nb_days": 30})],
            }
        )
        order = self._create_accepted(payment_term_id=term.id, **values)
        self._pay(self._create_instalment_tx(order.proforma_deposit_ids[1]))
        return order

    def _invoice(self, order, quantity):
        """Return the posted invoice of what is delivered in all."""
        line = order.order_line.filtered(lambda li: li.product_id == self.product)[:1]
        line.qty_delivered = quantity
        invoice = order._create_invoices(final=True)
        invoice.action_post()
        return invoice

    def assertInvoicesAddUp(self, order):
        invoices = order.invoice_ids
        self.assertEqual(set(invoices.mapped("move_type")), {"out_invoice"})
        for fname in ("amount_untaxed", "amount_tax", "amount_total"):
            self.assertAlmostEqual(sum(invoices.mapped(fname)), order[fname])

    def test_invoices_add_up_to_the_order_whatever_the_discount(self):
        for computation, total in (
            ("included", 1200.0),
            ("excluded", 1200.0),
            ("mixed", 1196.0),
        ):
            with self.subTest(computation):
                order = self._create_paid(computation)
                self.assertEqual(order.amount_total, total)

                final = self._invoice(order, 10)

                self.assertInvoicesAddUp(order)
                self.assertEqual(
                    final.amount_total, order.proforma_deposit_ids[2].amount
                )

    def test_discount_is_not_granted_on_the_deposits_again(self):
        order = self._create_paid()

        final = self._invoice(order, 10)

        discounts = final.line_ids.filtered(lambda li: li.display_type == "epd")
        self.assertEqual(sorted(discounts.mapped("balance")), [-20.0, 20.0])

    def test_partial_deliveries_with_a_discount_add_up(self):
        for deduction in ("first", "proportional", "last"):
            with self.subTest(deduction):
                self.plan_30_40_30.deduction = deduction
                order = self._create_paid()

                invoices = [self._invoice(order, quantity) for quantity in (4, 10)]

                self.assertInvoicesAddUp(order)
                self.assertFalse([i for i in invoices if i.amount_total < 0])

    def test_uneven_deliveries_with_a_discount_add_up(self):
        order = self._create_paid(
            order_line=[
                Command.create(
                    {
                        "product_id": self.product.id,
                        "product_uom_qty": 7.0,
                        "price_unit": 33.33,
                    }
                )
            ]
        )

        for quantity in (2, 5, 7):
            self._invoice(order, quantity)

        self.assertInvoicesAddUp(order)
