from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .common_schedule_change import ProformaScheduleChangeCommon


@tagged("post_install", "-at_install")
class TestSaleOrderScheduleChanges(ProformaScheduleChangeCommon):
    def test_overpayment_is_told_once(self):
        order = self._create_three()
        self._do(order, "pay")
        self._do(order, "quantity 1")
        order.activity_ids.action_feedback(feedback="Noted")

        order.client_order_ref = "4711"
        order.order_line.filtered("product_id").name = "Other words"
        order.note = "Thank you"

        self.assertFalse(order.activity_ids)

    def test_another_overpayment_takes_the_place_of_the_first(self):
        order = self._create_three()
        self._do(order, "pay")

        self._do(order, "quantity 1")
        self._do(order, "quantity 2")

        self.assertEqual(len(order.activity_ids), 1)
        self.assertIn("120.00", order.activity_ids.summary)

    def test_overpayment_that_is_gone_leaves_no_activity(self):
        order = self._create_three()
        self._do(order, "pay")

        self._do(order, "quantity 1")
        self._do(order, "quantity 10")

        self.assertFalse(order.activity_ids)

    def test_invoiced_instalment_stays_as_it_is(self):
        self.plan.invoice_on = "due"
        order = self._create_proforma(proforma_deposit_plan_id=self.plan.id)
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()

        self._do(order, "quantity 20")

        self.assertEqual(
            self._get_rows(order), ["due 360", "planned 1165.71", "planned 874.29"]
        )
        self.assertCents(order)

    def test_instalment_that_is_being_paid_stays_as_it_is(self):
        order = self._create_three()
        self._do(order, "pay")
        deposit = order.sudo().proforma_deposit_ids[1]
        tx = self._create_deposit_tx(
            order, proforma_deposit_id=deposit.id, amount=deposit.amount
        )
        tx._set_pending()

        self._do(order, "quantity 15")
        self._pay(tx)

        self.assertEqual(self._get_rows(order), ["paid 360", "paid 480", "planned 960"])
        self.assertCents(order)

    def test_cancelled_invoice_of_an_overpaid_order_asks_for_what_it_costs(self):
        order = self._create_three()
        self._do(order, "pay")
        self._do(order, "pay")
        self._do(order, "quantity 5")
        invoice = order.proforma_deposit_ids[1].invoice_id

        invoice.button_draft()
        invoice.button_cancel()

        self.assertEqual(self._get_rows(order), ["paid 360", "due 240"])
        self.assertFalse(order.proforma_overpayment)

    def test_currency_without_cents_keeps_every_unit(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": yen.id}
        )
        order = self._create_three(pricelist_id=pricelist.id)
        self._do(order, "pay")

        order.order_line.filtered("product_id").price_unit = 33

        self.assertEqual(
            self._get_rows(order), ["paid 360", "planned 21", "planned 15"]
        )
        self.assertCents(order)

    def test_plain_order_is_left_alone(self):
        order = self._create_order()
        order.action_confirm()

        order.order_line.product_uom_qty = 3

        self.assertFalse(order.proforma_deposit_ids)
        self.assertFalse(order.activity_ids)

    def test_issued_proforma_is_left_to_its_next_version(self):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan.id)

        order.order_line.product_uom_qty = 5

        self.assertEqual(order.proforma_state, "revising")
        self.assertFalse(order.proforma_overpayment)

    def test_saving_many_lines_spreads_the_balance_once(self):
        order = self._create_three(
            order_line=[
                Command.create(
                    {"product_id": self.product.id, "price_unit": 10.0 + number}
                )
                for number in range(200)
            ]
        )
        self._do(order, "pay")
        spread = type(order)._proforma_spread_balance
        commands = [
            Command.update(line.id, {"product_uom_qty": 2})
            for line in order.order_line.filtered("product_id")
        ]

        with patch.object(
            type(order), "_proforma_spread_balance", autospec=True, side_effect=spread
        ) as spreading:
            order.write({"order_line": commands})

        self.assertEqual(spreading.call_count, 1)
        self.assertCents(order)
