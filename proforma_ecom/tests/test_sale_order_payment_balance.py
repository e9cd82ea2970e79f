from odoo.tests import tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPaymentBalance(ProformaPaymentCommon):
    """Payments of an order whose pro forma is accepted, as core's link makes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma()

    def _accept_and_pay_the_deposit(self):
        self._sign(self.order)
        self._pay(self._create_deposit_tx(self.order))

    def _create_balance_tx(self, amount=840.0):
        return self._create_deposit_tx(
            self.order,
            amount=amount,
            proforma_deposit_id=False,
            proforma_version_id=False,
            reference=f"balance-{amount}",
        )

    def _switch_on_automatic_invoices(self):
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")

    def test_payment_of_the_balance_is_no_refused_payment(self):
        self._accept_and_pay_the_deposit()

        self._pay(self._create_balance_tx())

        self.assertFalse(self.order.activity_ids)
        self.assertNotIn(
            "payment_refused", self.order.proforma_event_ids.mapped("kind")
        )

    def test_whole_payment_makes_the_final_invoice_less_the_deposit(self):
        self._switch_on_automatic_invoices()
        self._accept_and_pay_the_deposit()
        deposit_invoice = self.order.invoice_ids

        self._pay(self._create_balance_tx())

        self.assertRecordValues(
            self.order.invoice_ids - deposit_invoice,
            [{"state": "posted", "amount_total": 840.0}],
        )

    def test_second_notification_of_the_balance_makes_no_second_invoice(self):
        self._switch_on_automatic_invoices()
        self._accept_and_pay_the_deposit()
        tx = self._pay(self._create_balance_tx())

        tx._post_process()

        self.assertEqual(len(self.order.invoice_ids), 2)

    def test_part_of_the_balance_is_not_invoiced_by_itself(self):
        self._switch_on_automatic_invoices()
        self._accept_and_pay_the_deposit()

        self._pay(self._create_balance_tx(amount=400.0))

        self.assertEqual(len(self.order.invoice_ids), 1)
