from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common_status import ProformaStatusCommon

TODAY = "2026-11-20"


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 10:00:00")
class TestSaleOrderRepricing(ProformaStatusCommon):
    """What an order would cost if it were written today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = date(2026, 11, 20)
        cls.price_list = cls.env["product.pricelist"].create(
            {"name": "Ours", "currency_id": cls.env.company.currency_id.id}
        )

    def _add_rule(self, **values):
        return self.env["product.pricelist.item"].create(
            {"pricelist_id": self.price_list.id, "applied_on": "3_global", **values}
        )

    def _create_old_order(self, **values):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_listed_order(
                **{"pricelist_id": self.price_list.id, **values}
            )
            order.action_proforma_issue()
        return order

    def _get_price(self, order):
        prices = order._get_proforma_new_prices(self.today)
        return prices.get(order.order_line[:1])

    def test_new_price_of_the_catalogue(self):
        order = self._create_old_order()
        self.product.list_price = 110.0

        self.assertEqual(self._get_price(order), 110.0)

    def test_nothing_is_written(self):
        order = self._create_old_order()
        self.product.list_price = 110.0
        before = order.order_line.read(["price_unit", "discount", "write_date"])

        order._get_proforma_new_prices(self.today)
        changes = order._get_proforma_price_changes(self.today)
        total = order._get_proforma_total_with(changes, self.today)
        self.env.flush_all()
        self.env.invalidate_all()

        self.assertEqual(total, 1100.0)
        self.assertEqual(order.amount_total, 1000.0)
        self.assertEqual(str(order.date_order), "2026-11-01 10:00:00")
        self.assertEqual(order.proforma_state, "issued")
        self.assertEqual(
            before, order.order_line.read(["price_unit", "discount", "write_date"])
        )

    def test_rules_hold_by_their_days(self):
        order = self._create_old_order()
        for start, end, price in (
            ("2026-11-20 08:00:00", False, 90.0),
            ("2026-11-20 12:00:00", False, 100.0),  # Two hours later.
            ("2026-11-02 00:00:00", "2026-11-19 23:00:00", 100.0),
        ):
            with self.subTest(start):
                rule = self._add_rule(
                    compute_price="fixed",
                    fixed_price=90.0,
                    date_start=start,
                    date_end=end,
                )

                self.assertEqual(self._get_price(order), price)

                rule.unlink()

    def test_tiers_hold_by_the_quantity(self):
        order = self._create_old_order()
        for quantity, price in ((10, 80.0), (11, 100.0)):
            with self.subTest(quantity):
                rule = self._add_rule(
                    compute_price="fixed", fixed_price=80.0, min_quantity=quantity
                )

                self.assertEqual(self._get_price(order), price)

                rule.unlink()

    def test_foreign_currency_is_converted_at_the_rate_of_today(self):
        currency = self.env["res.currency"].create(
            {"name": "QQQ", "symbol": "Q", "rounding": 0.01}
        )
        self.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "name": name, "rate": rate}
                for name, rate in (("2026-10-01", 2.0), (TODAY, 3.0))
            ]
        )
        self.price_list.currency_id = currency
        order = self._create_old_order()

        self.assertEqual(order.order_line.price_unit, 200.0)
        self.assertEqual(self._get_price(order), 300.0)

    def test_price_written_by_hand_is_left_out(self):
        order = self._create_old_order()
        order.order_line.price_unit = 77.0
        self.product.list_price = 110.0

        self.assertIsNone(self._get_price(order))

    def test_discount_given_by_hand_stays(self):
        order = self._create_old_order()
        order.order_line.discount = 5.0
        self.product.list_price = 110.0

        [vals] = order._get_proforma_price_changes(self.today).values()

        self.assertEqual((vals["price_unit"], vals["discount"]), (110.0, 5.0))

    def test_discount_of_the_price_list_moves_with_it(self):
        self._enable_discounts()
        self._add_rule(
            compute_price="percentage", percent_price=10, date_end="2026-11-15"
        )
        self._add_rule(
            compute_price="percentage", percent_price=20, date_start="2026-11-16"
        )
        order = self._create_old_order()
        self.assertEqual(order.order_line.discount, 10.0)

        [vals] = order._get_proforma_price_changes(self.today).values()

        self.assertEqual((vals["price_unit"], vals["discount"]), (100.0, 20.0))

    def test_archived_product_still_has_its_price(self):
        order = self._create_old_order()
        self.product.list_price = 110.0
        self.product.active = False

        self.assertEqual(self._get_price(order), 110.0)

    def test_what_the_price_list_does_not_price_is_left_out(self):
        note = Command.create({"display_type": "line_note", "name": "Note"})
        paid = Command.create(
            {"product_id": self.product.id, "is_downpayment": True, "price_unit": 5}
        )
        order = self._create_listed_order(order_line=[note, paid])

        self.assertFalse(order._get_proforma_new_prices(self.today))

    def test_price_that_stays_is_no_change(self):
        order = self._create_old_order()

        self.assertFalse(order._get_proforma_price_changes(self.today))

    def test_rule_of_today_is_forgotten_afterwards(self):
        order = self._create_old_order()
        self._add_rule(compute_price="fixed", fixed_price=90.0, date_start="2026-11-16")

        order._get_proforma_new_prices(self.today)

        self.assertFalse(order.order_line.pricelist_item_id)

    def test_reason_of_a_change(self):
        order = self._create_old_order()
        line = order.order_line
        instant = order._get_proforma_price_instant(self.today)
        rules = {
            "product": {},
            "pricelist": {"compute_price": "fixed", "fixed_price": 90.0},
            "cost": {"compute_price": "formula", "base": "standard_price"},
        }
        for reason, values in rules.items():
            with self.subTest(reason):
                rule = self._add_rule(**values) if values else None

                found = line._get_proforma_price_reason(90.0, 1.0, instant)

                self.assertEqual(found, reason)
                if rule:
                    rule.unlink()
        self.assertEqual(line._get_proforma_price_reason(110.0, 1.1, instant), "rate")
