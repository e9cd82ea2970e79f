from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestProformaDepositInvoice(ProformaPaymentCommon):
    """Of a plan whose deposits are paid on invoice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan_30_70.invoice_on = "due"

    def _accept_by_hand(self, order):
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()
        return order.proforma_deposit_ids[0].invoice_id

    def _pay_by_hand(self, invoice):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()

    def test_deposit_invoice_carries_the_taxes_of_the_order(self):
        invoice = self._accept_by_hand(self._create_deposit_proforma())

        self.assertRecordValues(
            invoice,
            [{"amount_untaxed": 300.0, "amount_tax": 60.0, "amount_total": 360.0}],
        )

    def test_deposit_is_invoiced_once(self):
        order = self._create_deposit_proforma()
        invoice = self._accept_by_hand(order)
        deposit = order.sudo().proforma_deposit_ids[0]

        again = deposit._create_deposit_invoice(order.company_id._get_proforma_today())

        self.assertEqual(again, invoice)
        self.assertEqual(order.invoice_ids, invoice)

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

        self.assertEqual(invoice.ref, f"{order.proforma_version_id.name} / 1")
        self.assertIn("30 %", invoice.invoice_line_ids[0].name)

    def test_paid_invoice_means_a_paid_deposit(self):
        order = self._create_deposit_proforma()
        invoice = self._accept_by_hand(order)
        self.assertEqual(order.proforma_deposit_ids[0].state, "due")

        self._pay_by_hand(invoice)

        self.assertEqual(order.proforma_deposit_ids[0].state, "paid")

    def test_cancelled_invoice_means_a_deposit_that_is_due_again(self):
        order = self._create_deposit_proforma()
        invoice = self._accept_by_hand(order)
        self._pay_by_hand(invoice)

        invoice.button_draft()
        invoice.button_cancel()

        self.assertEqual(order.proforma_deposit_ids[0].state, "due")

    def test_deposit_is_invoiced_anew_when_its_invoice_was_cancelled(self):
        order = self._create_deposit_proforma()
        cancelled = self._accept_by_hand(order)
        cancelled.button_cancel()
        deposit = order.sudo().proforma_deposit_ids[0]

        invoice = deposit._create_deposit_invoice(
            order.company_id._get_proforma_today()
        )

        self.assertNotEqual(invoice, cancelled)
        self.assertRecordValues(invoice, [{"state": "posted", "amount_total": 360.0}])
        self.assertEqual(deposit.invoice_id, invoice)

    def test_new_payment_pays_the_deposit_whose_invoice_was_cancelled(self):
        order = self._create_deposit_proforma()
        self._sign(order)
        self._pay(self._create_deposit_tx(order))
        deposit = order.proforma_deposit_ids[0]
        cancelled = deposit.invoice_id
        cancelled.button_draft()
        cancelled.button_cancel()

        self._pay(self._create_deposit_tx(order))

        self.assertNotEqual(deposit.invoice_id, cancelled)
        self.assertEqual(deposit.state, "paid")
        self.assertFalse(order.activity_ids)

    def test_final_invoice_deducts_the_deposit_once(self):
        order = self._create_deposit_proforma()
        self._accept_by_hand(order)
        order.order_line.filtered("product_id").qty_delivered = 10

        final = order._create_invoices(final=True)

        self.assertEqual(final.amount_total, 840.0)

    def test_acceptance_stands_though_its_deposit_cannot_be_invoiced(self):
        order = self._create_deposit_proforma()
        deposits = self.env.registry["proforma.deposit"]
        refusal = UserError("The journal is locked.")

        with patch.object(deposits, "_create_deposit_invoice", side_effect=refusal):
            self._accept_by_hand(order)

        self.assertEqual(order.proforma_state, "accepted")
        self.assertIn("The journal is locked.", order.activity_ids.note)

    def test_balance_is_not_invoiced_as_a_deposit(self):
        order = self._create_deposit_proforma()

        self._accept_by_hand(order)

        deposit, balance = order.proforma_deposit_ids
        self.assertEqual((deposit.state, balance.state), ("due", "planned"))
        self.assertFalse(balance.invoice_id)

    def _create_line(self, price, tax, **values):
        return Command.create(
            {
                "product_id": self.product.id,
                "price_unit": price,
                "tax_ids": tax.ids,
                **values,
            }
        )

    def _get_pricelist_without_cents(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        return self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": yen.id}
        )

    def test_deposit_invoice_amounts_to_the_deposit(self):
        tax_5 = self.tax_20.copy({"name": "5.5%", "amount": 5.5})
        included = self.tax_20.copy(
            {"name": "20% incl.", "price_include_override": "tax_included"}
        )
        no_tax = self.env["account.tax"]
        line = self._create_line
        pricelist = self._get_pricelist_without_cents()
        for reason, lines, values in (
            ("two tax rates", [line(99.99, self.tax_20), line(33.33, tax_5)], {}),
            ("a line of cents", [line(0.05, self.tax_20), line(7.77, tax_5)], {}),
            ("price with tax", [line(19.99, included, product_uom_qty=7)], {}),
            ("both ways", [line(19.99, included), line(0.03, tax_5)], {}),
            ("discount", [line(33.33, self.tax_20, discount=12.5)], {}),
            ("a line without tax", [line(99.99, no_tax), line(99.99, self.tax_20)], {}),
            (
                "no cents",
                [line(1001, self.tax_20), line(333, tax_5)],
                {"pricelist_id": pricelist.id},
            ),
        ):
            with self.subTest(reason):
                order = self._create_deposit_proforma(order_line=lines, **values)

                invoice = self._accept_by_hand(order)

                self.assertEqual(
                    invoice.amount_total, order.proforma_deposit_ids[0].amount
                )

    def test_deposit_is_invoiced_where_prices_round_to_nothing(self):
        self.env.company.tax_calculation_rounding_method = "round_globally"
        taxes = self.tax_20 + self.tax_20.copy({"amount_type": "fixed", "amount": 0.37})
        line = self._create_line(0.002, taxes, discount=33.33)
        plan = self.env.ref("proforma_ecom.deposit_plan_100")
        plan.invoice_on = "due"
        order = self._create_order(
            order_line=[line, line],
            pricelist_id=self._get_pricelist_without_cents().id,
            proforma_deposit_plan_id=plan.id,
        )
        order.action_proforma_issue()

        invoice = self._accept_by_hand(order)

        self.assertEqual((order.amount_untaxed, order.amount_total), (0, 1))
        self.assertEqual(invoice.amount_total, 1)

    def test_portal_calls_the_deposit_invoice_an_invoice(self):
        reports = self.env["ir.actions.report"]
        report = self.env.ref("account.account_invoices")
        invoice = self._accept_by_hand(self._create_deposit_proforma())

        context = reports.with_context(proforma_invoice=True)._get_rendering_context(
            report, invoice.ids, {}
        )

        self.assertFalse(context["proforma"])
        self.assertNotIn(
            "proforma", invoice._get_invoice_proforma_pdf_report_filename()
        )

    def test_other_invoice_is_called_as_ever(self):
        reports = self.env["ir.actions.report"]
        report = self.env.ref("account.account_invoices")
        invoice = self._accept_by_hand(self._create_deposit_proforma()).copy()

        context = reports.with_context(proforma_invoice=True)._get_rendering_context(
            report, invoice.ids, {}
        )

        self.assertTrue(context["proforma"])
