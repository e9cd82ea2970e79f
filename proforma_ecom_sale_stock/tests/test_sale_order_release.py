from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaStockCommon


@tagged("post_install", "-at_install")
class TestSaleOrderRelease(ProformaStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_signed(user_id=cls.sale_user.id)

    def setUp(self):
        super().setUp()
        self._pay_deposit(self.order)

    def _release(self, user=None):
        user = user or self.sale_manager
        self.order.with_user(user).action_proforma_release_delivery()

    def _get_events(self):
        return self.order.proforma_event_ids.filtered(
            lambda event: event.kind == "delivery_released"
        )

    def test_release_lifts_the_hold(self):
        self.assertTrue(self.order.proforma_delivery_held)

        self._release()

        self.assertTrue(self.order.proforma_delivery_released)
        self.assertFalse(self.order.proforma_delivery_held)

    def test_release_is_an_event_of_who_did_it(self):
        self._release()

        self.assertRecordValues(
            self._get_events(),
            [
                {
                    "user_id": self.sale_manager.id,
                    "note": "Before delivery ($\N{NO-BREAK SPACE}480.00)",
                }
            ],
        )

    def test_release_is_noted_in_the_discussion(self):
        self.flush_tracking()

        self._release()

        self.flush_tracking()
        message = self.order.message_ids[0]
        self.assertIn("480.00", message.body)
        self.assertEqual(message.author_id, self.sale_manager.partner_id)

    def test_second_release_changes_nothing(self):
        self._release()

        self._release()

        self.assertEqual(len(self._get_events()), 1)

    def test_release_of_what_is_paid_changes_nothing(self):
        self._pay_deposit(self.order, 1)

        self._release()

        self.assertFalse(self.order.proforma_delivery_released)
        self.assertFalse(self._get_events())

    def test_salesperson_cannot_release(self):
        with self.assertRaises(AccessError):
            self._release(self.sale_user)

    def test_warehouse_cannot_release(self):
        with self.assertRaises(AccessError):
            self._release(self.stock_user)

    def test_nobody_writes_the_release(self):
        for user in (self.sale_user, self.sale_manager, self.stock_user):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.order.with_user(user).proforma_delivery_released = True

    def test_default_of_a_context_releases_nothing(self):
        order = self._create_order().with_context(
            default_proforma_delivery_released=True
        )

        created = order.create({"partner_id": self.customer.id})

        self.assertFalse(created.proforma_delivery_released)

    def test_duplicate_is_not_released(self):
        self._release()

        self.assertFalse(self.order.copy().proforma_delivery_released)

    def test_order_without_goods_is_not_held(self):
        order = self._create_accepted(
            order_line=[
                Command.create(
                    {
                        "product_id": self.service_product.id,
                        "product_uom_qty": 12.0,
                        "price_unit": 100.0,
                        "tax_ids": False,
                    }
                )
            ]
        )

        self.assertFalse(order.proforma_delivery_held)

    def test_filter_finds_what_is_held(self):
        free = self._create_deliverable()
        orders = (self.order | free).with_user(self.sale_manager)
        domain = [("id", "in", orders.ids)]

        held = orders.search([*domain, ("proforma_delivery_held", "=", True)])
        others = orders.search([*domain, ("proforma_delivery_held", "=", False)])

        self.assertEqual(held, self.order)
        self.assertEqual(others, free)
