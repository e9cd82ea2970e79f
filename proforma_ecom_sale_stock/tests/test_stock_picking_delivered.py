from odoo import fields
from odoo.tests import tagged

from .common import ProformaStockCommon


@tagged("post_install", "-at_install")
class TestStockPickingDelivered(ProformaStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_signed()

    def setUp(self):
        super().setUp()
        self._pay_deposit(self.order)
        self._pay_deposit(self.order, 1)
        self.picking = self.order.picking_ids
        self.deposit = self.order.proforma_deposit_ids[2]

    def _invoice_all(self, order):
        """Make the final invoice, after which no deposit can be invoiced."""
        order.proforma_deposit_ids[2].sudo().invoice_on = "due"
        order._create_invoices(final=True).action_post()

    def _get_requests(self):
        """Return the e-mails that ask for the deposit at the delivery."""
        return self.order.message_ids.filtered(
            lambda message: self.deposit.name in (message.body or "")
        )

    def test_delivery_makes_the_deposit_due(self):
        today = self.order.company_id._get_proforma_today()
        self.assertEqual(self.deposit.state, "planned")

        self.picking.button_validate()

        self.assertRecordValues(
            self.deposit, [{"state": "due", "due_date": today, "asked_on": today}]
        )

    def test_delivery_asks_the_customer_to_pay(self):
        before = self._get_requests()

        self.picking.button_validate()

        self.assertEqual(len(self._get_requests() - before), 1)

    def test_delivery_of_a_part_makes_the_deposit_due(self):
        self._deliver_some(self.picking, 4.0)

        self.assertEqual(self.deposit.state, "due")

    def test_second_delivery_asks_no_second_time(self):
        backorder = self._deliver_some(self.picking, 4.0)
        requests = self._get_requests()

        backorder.button_validate()

        self.assertEqual(backorder.state, "done")
        self.assertEqual(self._get_requests(), requests)

    def test_first_step_makes_nothing_due(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self._create_deliverable()

        order.picking_ids.button_validate()

        self.assertEqual(order.proforma_deposit_ids[2].state, "planned")

    def test_warehouse_delivers_and_the_deposit_is_due(self):
        self.picking.with_user(self.stock_user).button_validate()

        self.assertEqual(self.deposit.state, "due")

    def test_later_promise_does_not_plan_the_deposit_again(self):
        self.picking.button_validate()

        self.order.commitment_date = fields.Datetime.add(fields.Datetime.now(), days=30)

        self.assertEqual(self.deposit.state, "due")

    def test_delivery_goes_when_the_deposit_cannot_be_invoiced(self):
        self._invoice_all(self.order)

        self.picking.button_validate()

        self.assertEqual(self.picking.state, "done")
        self.assertRecordValues(self.deposit, [{"state": "due", "asked_on": False}])
        self.assertIn(
            f"{self.order.name} is delivered, but the customer was not asked to pay",
            self.order.activity_ids.mapped("summary"),
        )

    def test_order_that_fails_does_not_keep_the_others(self):
        self._invoice_all(self.order)
        second = self._create_deliverable()

        (self.picking | second.picking_ids).button_validate()

        self.assertTrue(second.proforma_deposit_ids[2].asked_on)
        self.assertFalse(second.activity_ids)

    def test_delivery_of_a_plain_order_asks_nothing(self):
        order = self._create_order()
        order.action_confirm()

        order.picking_ids.button_validate()

        self.assertFalse(order.proforma_deposit_ids)
        self.assertFalse(order.activity_ids)
