from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_deduction import ProformaDeductionCommon


@tagged("post_install", "-at_install")
class TestSaleOrderDeduction(ProformaDeductionCommon):
    def test_first_deducts_as_early_as_possible(self):
        order = self._create_accepted()

        totals = [self._deliver(order, qty).amount_total for qty in (5, 10)]

        self.assertEqual(totals, [240.0, 600.0])

    def test_first_invoice_is_never_below_zero(self):
        order = self._create_accepted()

        invoices = [self._deliver(order, qty) for qty in (2, 4, 10)]

        self.assertEqual([i.move_type for i in invoices], ["out_invoice"] * 3)
        self.assertEqual([i.amount_total for i in invoices], [0.0, 120.0, 720.0])
        self.assertEqual(list(map(self._get_deducted, invoices)), [240.0, 120.0, 0.0])

    def test_proportional_deducts_what_is_invoiced(self):
        order = self._create_accepted(mode="proportional")

        invoices = [self._deliver(order, qty) for qty in (2, 5, 10)]

        self.assertEqual(list(map(self._get_deducted, invoices)), [72.0, 108.0, 180.0])

    def test_proportional_in_two_deliveries(self):
        order = self._create_accepted((33.33, 66.67), mode="proportional")

        invoices = [self._deliver(order, qty) for qty in (1, 10)]

        self.assertEqual(list(map(self._get_deducted, invoices)), [40.0, 359.96])

    def test_last_deducts_with_the_last_invoice(self):
        order = self._create_accepted(mode="last")

        invoices = [self._deliver(order, qty) for qty in (2, 5, 10)]

        self.assertEqual(list(map(self._get_deducted, invoices)), [0.0, 0.0, 360.0])

    def test_invoice_without_deduction_has_no_section_of_deposits(self):
        order = self._create_accepted(mode="last")

        invoice = self._deliver(order, 2)

        self.assertEqual(invoice.invoice_line_ids.mapped("display_type"), ["product"])

    def test_last_deducts_before_what_the_last_invoice_cannot(self):
        order = self._create_accepted((80, 20), mode="last")

        totals = [self._deliver(order, qty).amount_total for qty in (5, 10)]

        self.assertEqual(totals, [240.0, 0.0])

    def test_order_without_plan_deducts_as_early_as_possible(self):
        order = self._create_accepted(mode="last")
        order.sudo().proforma_deposit_plan_id = False

        self.assertEqual(order._get_proforma_deduction(), "first")

    def test_all_paid_in_advance_leaves_nothing_to_pay(self):
        for mode in ("first", "proportional", "last"):
            with self.subTest(mode):
                order = self._create_accepted((30, 50, 20), paid=3, mode=mode)

                totals = [self._deliver(order, qty).amount_total for qty in (3, 10)]

                self.assertEqual(totals, [0.0, 0.0])

    def test_second_deposit_is_deducted_too(self):
        order = self._create_accepted((30, 40, 30), paid=2)

        totals = [self._deliver(order, qty).amount_total for qty in (5, 10)]

        self.assertEqual(totals, [0.0, 360.0])

    def test_deposit_paid_between_deliveries_is_deducted(self):
        order = self._create_accepted((30, 20, 50), mode="proportional")
        self._deliver(order, 5)
        order.sudo().proforma_deposit_ids[1]._create_deposit_invoice(self.today)

        final = self._deliver(order, 10)

        self.assertEqual(final.amount_total, 600.0 - 180.0 - 240.0)

    def test_no_more_than_what_is_left_to_invoice_is_asked_for_in_advance(self):
        order = self._create_accepted((30, 40, 30), mode="proportional")
        self._deliver(order, 5)

        with self.assertRaisesRegex(UserError, "invoiced already"):
            order.sudo().proforma_deposit_ids[1]._create_deposit_invoice(self.today)

    def test_orders_on_one_invoice_deduct_their_own_deposits(self):
        orders = self._create_accepted() + self._create_accepted(mode="last")
        orders.order_line.filtered("product_id").qty_delivered = 2

        invoice = orders._create_invoices(final=True)

        self.assertEqual(invoice.amount_total, 240.0)
        deducted = invoice.invoice_line_ids.filtered("is_downpayment")
        self.assertEqual(deducted.sale_line_ids.order_id, orders[0])
        sections = invoice.invoice_line_ids.filtered(
            lambda line: line.display_type == "line_section"
        )
        self.assertEqual(len(sections), 1)

    def test_order_of_another_company_deducts(self):
        company = self.env["res.company"].create({"name": "Other"})
        order = self._create_accepted()
        order.order_line.filtered("product_id").qty_delivered = 5

        invoice = order.with_company(company)._create_invoices(final=True)

        self.assertEqual(invoice.amount_total, 240.0)

    # === SUMS === #

    def _create_odd_order(self, mode, tax):
        """Return an accepted order whose parts round to other sums than the whole."""
        return self._create_accepted(
            mode=mode,
            order_line=[
                Command.create(
                    {
                        "product_id": self.product.id,
                        "product_uom_qty": 7,
                        "discount": 12.5,
                        "price_unit": price,
                        "tax_ids": tax.ids,
                    }
                )
                for price in (33.335, 0.07)
            ],
        )

    def test_parts_add_up_to_the_order(self):
        included = {"amount": 8.1, "price_include_override": "tax_included"}
        for tax in (
            self.tax_20.copy({"name": "5.5", "amount": 5.5}),
            self.tax_20.copy({"name": "8.1 incl", **included}),
            self.env["account.tax"],
        ):
            for mode in ("first", "proportional", "last"):
                with self.subTest(tax.name, mode=mode):
                    order = self._create_odd_order(mode, tax)

                    for quantities in ((1, 3), (3, 3), (7, 7)):
                        self._deliver(order, *quantities)

                    self.assertEqual(
                        self._sum(order, "amount_untaxed"), order.amount_untaxed
                    )
                    self.assertEqual(
                        self._sum(order, "amount_total"), order.amount_total
                    )

    def test_credited_final_invoice_is_invoiced_anew_to_the_cent(self):
        tax = self.tax_20.copy({"name": "5.5", "amount": 5.5})
        order = self._create_odd_order("proportional", tax)
        for quantities in ((1, 3), (7, 7)):
            invoice = self._deliver(order, *quantities)
        self._credit(invoice)

        for quantities in ((3, 4), (7, 7)):
            self._deliver(order, *quantities)

        self.assertEqual(self._sum(order, "amount_untaxed"), order.amount_untaxed)
        self.assertEqual(self._sum(order, "amount_total"), order.amount_total)

    def test_another_price_on_an_invoice_is_no_rounding(self):
        order = self._create_accepted()
        order.order_line.filtered("product_id").qty_delivered = 5
        draft = order._create_invoices(final=True)
        draft.invoice_line_ids[0].price_unit = 90.0
        draft.action_post()

        self.assertEqual(self._deliver(order, 10).amount_total, 600.0)

    # === DESCRIPTION === #

    def test_deduction_names_the_deposit_invoice(self):
        order = self._create_accepted()
        invoice = order.proforma_deposit_ids[0].invoice_id

        line = self._deliver(order, 10).invoice_line_ids.filtered("is_downpayment")

        self.assertEqual(
            line.name,
            f"Deposit invoice {invoice.name} of {self.today.strftime('%m/%d/%Y')}",
        )

    def test_deduction_writes_the_date_as_the_customer_does(self):
        self._speak_french()
        self.customer.lang = "fr_FR"
        order = self._create_accepted()

        line = self._deliver(order, 10).invoice_line_ids.filtered("is_downpayment")

        self.assertIn(self.today.strftime("%d/%m/%Y"), line.name)

    # === FOREIGN CURRENCY === #

    def _create_foreign_order(self, mode):
        """Return an accepted order in a currency that was 2.0 and is 4.0 now."""
        currency = self.env["res.currency"].create(
            {
                "name": "XTS",
                "symbol": "X",
                "rate_ids": [
                    Command.create({"name": date(2026, 1, 1), "rate": 2.0}),
                    Command.create({"name": date(2026, 3, 1), "rate": 3.0}),
                ],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        with freeze_time("2026-02-01 12:00:00"):
            self.today = date(2026, 2, 1)
            return self._create_accepted(mode=mode, pricelist_id=pricelist.id)

    def test_foreign_deposit_is_deducted_at_the_rate_of_the_invoice(self):
        order = self._create_foreign_order("first")
        with freeze_time("2026-03-02 12:00:00"):
            final = self._deliver(order, 10)

        line = final.invoice_line_ids.filtered("is_downpayment")
        self.assertEqual(final.amount_total, 840.0)
        self.assertEqual(final.amount_total_signed, 280.0)
        self.assertEqual((line.amount_currency, line.balance), (300.0, 100.0))

    def test_foreign_deposits_add_up_when_deducted_in_parts(self):
        order = self._create_foreign_order("proportional")
        with freeze_time("2026-03-02 12:00:00"):
            invoices = [self._deliver(order, qty) for qty in (3, 7, 10)]

        self.assertEqual(list(map(self._get_deducted, invoices)), [108.0, 144.0, 108.0])
        for invoice in invoices:
            self.assertAlmostEqual(
                invoice.amount_total_signed, invoice.amount_total / 3, 2
            )
