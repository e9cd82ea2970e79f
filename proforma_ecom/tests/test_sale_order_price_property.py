import random

from odoo.tests import freeze_time, tagged

from .common_price import ISSUED_ON, ProformaPriceCommon
from .common_random import RANDOM

PRODUCTS = 6
ORDERS = 12
DAYS = 6


@tagged("post_install", "-at_install", "-standard", RANDOM)
class TestSaleOrderPriceProperty(ProformaPriceCommon):
    """Random documents in a random market."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(20261127)
        cls.foreign = cls._enable_currency("CHF")
        cls.abroad = cls.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": cls.foreign.id}
        )
        cls.products = cls.env["product.product"].union(
            *(cls._create_metal(f"Metal {i}") for i in range(PRODUCTS))
        )

    def _create_random_order(self, plan):
        lines = []
        for product in self.random.sample(list(self.products), 3):
            values = {"product_id": product.id}
            values["product_uom_qty"] = self.random.choice([1.0, 3.0, 12.0])
            if self.random.random() < 0.3:
                values.update(price_unit=90.0, technical_price_unit=80.0)
            elif self.random.random() < 0.3:
                values.update(discount=5.0)
            lines.append(self._create_metal_line(**values))
        pricelist = self.random.choice([False, self.abroad.id])
        return self._issue_metal(
            lines, proforma_price_plan_id=plan.id, pricelist_id=pricelist
        )

    def _live_a_day(self, day):
        """Move prices, costs and the rate at random, then let the cron run."""
        self._set_rate(self.foreign, f"2026-11-{day:02}", self.random.uniform(0.5, 2.0))
        for product in self.products:
            product.list_price *= self.random.uniform(0.8, 1.25)
            product.standard_price *= self.random.uniform(0.9, 1.1)
        self._check_prices(f"2026-11-{day:02} 10:00:00")

    def test_without_a_plan_nothing_ever_changes(self):
        nothing = self.plan.browse()
        self._set_rate(self.foreign, "2026-11-01", 1.5)
        orders = [self._create_random_order(nothing) for _ in range(ORDERS)]
        before = [(o.amount_total, o.order_line.mapped("price_unit")) for o in orders]

        for day in range(3, 3 + DAYS):
            self._live_a_day(day)

        for order, (total, prices) in zip(orders, before, strict=True):
            self.assertEqual(order.amount_total, total)
            self.assertEqual(order.order_line.mapped("price_unit"), prices)
            self.assertEqual(order.proforma_version_id.version, 1)
            self.assertFalse(order.proforma_price_check_ids)
            self.assertFalse(order.activity_ids)

    def test_what_was_entered_by_hand_and_the_floor_always_hold(self):
        self.plan.write({"action": "issue", "floor_margin": 15.0, "min_days": 2})
        self._set_rate(self.foreign, "2026-11-01", 1.5)
        orders = [self._create_random_order(self.plan) for _ in range(ORDERS)]

        for day in range(3, 3 + DAYS):
            self._live_a_day(day)

        issued = 0
        for order in orders:
            for line in order.order_line:
                if line.technical_price_unit == 80.0:
                    self.assertEqual(line.price_unit, 90.0)
            days = order.proforma_version_ids.sorted("version").mapped("issued_on")
            for first, second in zip(days, days[1:], strict=False):
                self.assertGreaterEqual((second.date() - first.date()).days, 2)
            for check in order.proforma_price_check_ids:
                if check.outcome == "issued":
                    issued += 1
                    self.assertGreaterEqual(check.new_margin, 15.0)
        self.assertTrue(issued)

    def test_documents_of_a_proposing_plan_change_by_no_cron(self):
        with freeze_time(ISSUED_ON):
            self._set_rate(self.foreign, "2026-11-01", 1.5)
        orders = [self._create_random_order(self.plan) for _ in range(4)]
        before = [order.amount_total for order in orders]

        for day in range(3, 3 + DAYS):
            self._live_a_day(day)

        self.assertEqual([order.amount_total for order in orders], before)
        for order in orders:
            self.assertLessEqual(len(order.activity_ids), 1)
