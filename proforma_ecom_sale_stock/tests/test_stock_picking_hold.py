from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ProformaStockCommon


@tagged("post_install", "-at_install")
class TestStockPickingHold(ProformaStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_signed()
        cls.order_line = cls.order.order_line

    def setUp(self):
        super().setUp()
        self._pay_deposit(self.order)
        self.picking = self.order.picking_ids

    def _create_transfer(self, source, destination, **move_values):
        """Return a transfer of one piece that a user made by hand."""
        return self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.out_type_id.id,
                "location_id": source.id,
                "location_dest_id": destination.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 1.0,
                            "location_id": source.id,
                            "location_dest_id": destination.id,
                            **move_values,
                        }
                    )
                ],
            }
        )

    def _return(self, picking):
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 1.0
        action = wizard.action_create_returns()
        return picking.browse(action["res_id"])

    def _cancel_payment(self):
        self.order.proforma_deposit_ids[1]._set_unpaid()

    def test_delivery_before_the_payment_is_refused(self):
        with self.assertRaises(UserError) as refusal:
            self.picking.button_validate()

        message = str(refusal.exception)
        for part in (self.picking.name, self.order.name, self.order.proforma_number):
            self.assertIn(part, message)
        self.assertIn("Before delivery ($\N{NO-BREAK SPACE}480.00)", message)
        self.assertNotIn("At delivery", message)

    def test_delivery_after_the_payment_goes(self):
        self._pay_deposit(self.order, 1)

        self.picking.button_validate()

        self.assertEqual(self.picking.state, "done")

    def test_released_delivery_goes(self):
        self.order.with_user(self.sale_manager).action_proforma_release_delivery()

        self.picking.button_validate()

        self.assertEqual(self.picking.state, "done")

    def test_delivery_that_no_button_validates_is_refused(self):
        self.picking.move_ids.picked = True

        with self.assertRaisesRegex(UserError, self.order.proforma_number):
            self.picking._action_done()

    def test_delivery_of_a_part_is_refused(self):
        with self.assertRaisesRegex(UserError, self.order.proforma_number):
            self._deliver_some(self.picking, 4.0)

    def test_backorder_is_refused_when_the_payment_was_cancelled(self):
        self._pay_deposit(self.order, 1)
        backorder = self._deliver_some(self.picking, 4.0)
        self._cancel_payment()

        with self.assertRaisesRegex(UserError, self.order.proforma_number):
            backorder.button_validate()

    def test_delivery_is_refused_when_the_payment_was_refunded(self):
        self._pay_deposit(self.order, 1)
        self.env["proforma.deposit.refund"].create(
            {"deposit_id": self.order.proforma_deposit_ids[1].id, "reason": "Agreed"}
        ).action_settle()

        with self.assertRaisesRegex(UserError, "Before delivery"):
            self.picking.button_validate()

        self._pay_deposit(self.order, 3)
        self.picking.button_validate()
        self.assertEqual(self.picking.state, "done")

    def test_delivery_of_a_plain_order_goes(self):
        order = self._create_order(proforma_deposit_plan_id=self.plan.id)
        order.action_confirm()

        order.picking_ids.button_validate()

        self.assertEqual(order.picking_ids.state, "done")

    def test_order_that_is_not_accepted_is_not_held(self):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan.id)

        self.assertTrue(order._get_proforma_blocking_deposits())
        self.assertFalse(order._get_proforma_holding_deposits())

    def test_deposit_that_may_come_later_holds_nothing(self):
        order = self._create_accepted(proforma_deposit_plan_id=self.plan_30_70.id)

        order.picking_ids.button_validate()

        self.assertEqual(order.picking_ids.state, "done")

    def test_several_deliveries_are_refused_with_all_that_are_held(self):
        second = self._create_accepted()
        free = self._create_deliverable()
        pickings = self.picking | free.picking_ids | second.picking_ids

        with self.assertRaises(UserError) as refusal:
            pickings.button_validate()

        message = str(refusal.exception)
        self.assertIn(self.order.proforma_number, message)
        self.assertIn(second.proforma_number, message)
        self.assertNotIn(free.proforma_number, message)

    def test_only_the_last_step_is_held(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self._create_accepted()
        pick = order.picking_ids
        pick.button_validate()

        ship = order.picking_ids - pick

        self.assertEqual(pick.state, "done")
        with self.assertRaisesRegex(UserError, order.proforma_number):
            ship.button_validate()

    def test_return_goes(self):
        self._pay_deposit(self.order, 1)
        self.picking.button_validate()
        self._cancel_payment()
        back = self._return(self.picking)

        back.button_validate()

        self.assertEqual(back.state, "done")

    def test_dropshipment_is_refused(self):
        dropship = self._create_transfer(
            self.env.ref("stock.stock_location_suppliers"),
            self.env.ref("stock.stock_location_customers"),
            sale_line_id=self.order_line.id,
        )

        with self.assertRaisesRegex(UserError, self.order.proforma_number):
            dropship.button_validate()

    def test_product_that_was_added_to_the_delivery_is_held(self):
        extra = self._create_transfer(
            self.warehouse.lot_stock_id,
            self.env.ref("stock.stock_location_customers"),
            reference_ids=[Command.set(self.order.stock_reference_ids.ids)],
        )

        self.assertFalse(extra.move_ids.sale_line_id)
        self.assertTrue(extra.proforma_delivery_held)

    def test_receipt_for_the_order_goes(self):
        receipt = self._create_transfer(
            self.env.ref("stock.stock_location_suppliers"),
            self.warehouse.lot_stock_id,
            sale_line_id=self.order_line.id,
        )

        receipt.button_validate()

        self.assertEqual(receipt.state, "done")

    def test_amount_is_in_the_currency_of_the_order(self):
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": self.env.ref("base.EUR").id}
        )
        pricelist.currency_id.active = True
        self.plan.line_ids[0].needed_to_confirm = False
        order = self._create_signed(pricelist_id=pricelist.id)

        self.assertIn("480.00\N{NO-BREAK SPACE}€", order._get_proforma_hold_text())

    def test_warehouse_is_told_without_seeing_orders_or_deposits(self):
        picking = self.picking.with_user(self.stock_user)
        deposits = self.env["proforma.deposit"].with_user(self.stock_user)

        self.assertFalse(deposits.has_access("read"))
        with self.assertRaisesRegex(UserError, "Release Delivery"):
            picking.button_validate()

    def test_warehouse_of_another_company_is_told(self):
        company = self.env["res.company"].create({"name": "Second"})
        self._complete_company(company)
        user = new_test_user(
            self.env,
            "second_stocker",
            "stock.group_stock_user",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.plan.line_ids[0].needed_to_confirm = False
        order = (
            self.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "company_id": company.id,
                    "partner_id": self.customer.id,
                    "proforma_deposit_plan_id": self.plan.id,
                    "order_line": [Command.create({"product_id": self.product.id})],
                }
            )
        )
        order.action_proforma_issue()
        self._sign(order)

        with self.assertRaisesRegex(UserError, order.proforma_number):
            order.picking_ids.with_user(user).button_validate()

    def test_filter_finds_what_is_held(self):
        free = self._create_deliverable()
        pickings = (self.picking | free.picking_ids).with_user(self.stock_user)
        domain = [("id", "in", pickings.ids)]

        held = pickings.search([*domain, ("proforma_delivery_held", "=", True)])
        others = pickings.search([*domain, ("proforma_delivery_held", "=", False)])

        self.assertEqual(held, self.picking)
        self.assertEqual(others, free.picking_ids)
        self.assertEqual(held, pickings.filtered("proforma_delivery_held"))

    def test_delivery_that_is_paid_says_nothing(self):
        self.assertIn(self.order.name, self.picking.proforma_hold_reason)

        self._pay_deposit(self.order, 1)

        self.assertFalse(self.picking.proforma_delivery_held)
        self.assertFalse(self.picking.proforma_hold_reason)
