from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderDeduction(ProformaPaymentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "delivery"
        cls.today = cls.env.company._get_proforma_today()

    def _create_accepted(self, percents=(30, 70), paid=1, mode="first", **values):
        """Return an accepted order of 1,200.00 whose first deposits are invoiced."""
        plan = self.env["proforma.deposit.plan"].create(
            {
                "name": "Plan",
                "deduction": mode,
                "line_ids": [
                    Command.create({"name": str(percent), "percent": percent})
                    for percent in percents
                ],
            }
        )
        order = self._create_proforma(proforma_deposit_plan_id=plan.id, **values)
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()
        for deposit in order.sudo().proforma_deposit_ids[:paid]:
            deposit._create_deposit_invoice(self.today)
        return order

    def _deliver(self, order, *quantities):
        """Deliver as much of each line, in all, and invoice it."""
        lines = order.order_line.filtered("product_id")
        for line, quantity in zip(lines, quantities, strict=True):
            line.qty_delivered = quantity
        invoice = order._create_invoices(final=True)
        invoice.action_post()
        return invoice

    def _sum(self, order, fname):
        """Return what the invoices of an order amount to, less its credit notes."""
        amounts = [-move.direction_sign * move[fname] for move in order.invoice_ids]
        return order.currency_id.round(sum(amounts))

    def _credit(self, invoice):
        self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": invoice.journal_id.id}).refund_moves()
        refund = invoice.reversal_move_ids[-1]
        refund.action_post()
        return refund

    def _get_deducted(self, invoice):
        return -sum(
            invoice.invoice_line_ids.filtered("is_downpayment").mapped("price_total")
        )

    # === MODES === #

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

    # === CREDIT NOTES, DRAFTS === #

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
