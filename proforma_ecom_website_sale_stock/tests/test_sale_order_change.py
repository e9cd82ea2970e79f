from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaShopStockCommon


@tagged("post_install", "-at_install")
class TestSaleOrderChange(ProformaShopStockCommon):
    """A customer asks for no more than the shop would sell him."""

    # === WHAT IS LIMITED === #

    def test_all_that_is_free_may_be_asked_for(self):
        self._change({f"qty_{self.tray_line.id}": "8"})

        self.assertEqual(self.tray_line.product_uom_qty, 8.0)
        self.assertEqual(self.order.proforma_version_id.version, 2)

    def test_more_than_is_free_is_refused(self):
        with self.assertRaisesRegex(UserError, "offer 8 at most"):
            self._change({f"qty_{self.tray_line.id}": "9"})

        self.assertUntouched()

    def test_product_that_is_sold_beyond_its_stock_has_no_maximum(self):
        for values in (
            {"allow_out_of_stock_order": True, "is_storable": True},
            {"allow_out_of_stock_order": False, "is_storable": False},
        ):
            self.tray.product_tmpl_id.write(values)
            with self.subTest(values):
                self.assertEqual(self._ask("9"), 9.0)

    def test_open_pro_forma_reserves_nothing(self):
        self._change({f"qty_{self.tray_line.id}": "8"})

        other = self._create_two_lines(website_id=self.website.id)
        other.action_proforma_issue()

        self.assertEqual(self._ask("8", other.order_line[1]), 8.0)

    def test_what_others_have_ordered_is_not_free(self):
        self._create_two_lines().action_confirm()

        self.assertIn("offer 6 at most", self._ask("7"))

    def test_line_that_is_beyond_the_stock_may_become_less(self):
        self.tray_line.product_uom_qty = 20.0
        self.order.action_proforma_issue()

        self.assertEqual(self._ask("15"), 15.0)
        self.assertIn("offer 20 at most", self._ask("21"))

    def test_maximum_is_a_multiple_of_the_product(self):
        self.tray.product_tmpl_id.proforma_quantity_multiple = 6

        self.assertIn("offer 6 at most", self._ask("12"))
        self.assertEqual(self._ask("6"), 6.0)

    def test_stock_below_the_minimum_leaves_no_other_quantity(self):
        self.tray.product_tmpl_id.proforma_quantity_min = 12

        self.assertIn("no other quantity", self._ask("8"))
        self.assertEqual(self._ask("0"), 0.0)

    def test_stock_is_counted_in_the_unit_of_the_line(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._fill_stock(self.warehouse, self.tray, 22.0)
        order = self._create_two_lines(website_id=self.website.id)
        order.order_line[1].product_uom_id = dozen
        order.order_line[1].product_uom_qty = 1.0
        order.action_proforma_issue()

        self.assertEqual(self._ask("2", order.order_line[1]), 2.0)
        self.assertIn("offer 2 at most", self._ask("3", order.order_line[1]))

    # === WHERE === #

    def test_shop_with_a_warehouse_counts_that_one(self):
        self.website.warehouse_id = self.env["stock.warehouse"].create(
            {"name": "Second", "code": "SEC", "company_id": self.env.company.id}
        )
        self._fill_stock(self.website.warehouse_id, self.tray, 3.0)

        self.assertIn("offer 3 at most", self._ask("4"))

    def test_order_of_a_salesperson_counts_its_own_warehouse(self):
        second = self.env["stock.warehouse"].create(
            {"name": "Second", "code": "SEC", "company_id": self.env.company.id}
        )
        order = self._create_two_lines(warehouse_id=second.id)
        order.action_proforma_issue()
        self._fill_stock(second, self.tray, 3.0)

        self.assertEqual(self._ask("3", order.order_line[1]), 3.0)
        self.assertIn("more than we can offer", self._ask("4", order.order_line[1]))

    def test_stock_of_another_company_does_not_count(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids += company
        self._fill_stock(self._get_warehouse(company), self.tray, 100.0)
        order = self.order.with_context(
            allowed_company_ids=(self.env.company | company).ids
        )

        change = self._read({f"qty_{self.tray_line.id}": "9"}, order)

        self.assertIn("offer 8 at most", change.errors[f"qty_{self.tray_line.id}"])

    def test_customer_is_told_no_more_than_the_shop_tells(self):
        self.tray.product_tmpl_id.is_published = False

        message = self._ask("9")

        self.assertIn("more than we can offer here", message)
        self.assertNotIn("8", message)

    # === ADDITIONS === #

    def test_addition_is_limited_by_its_stock(self):
        self._limit_by_stock(self.cover, 3.0)

        change = self._read({f"add_{self.cover.id}": "4"})

        self.assertIn("offer 3 at most", change.errors[f"add_{self.cover.id}"])

    def test_product_that_is_sold_out_is_not_offered(self):
        self.assertIn(self.cover, self.order._get_proforma_offered_products())

        self._limit_by_stock(self.cover, 0.0)

        self.assertNotIn(self.cover, self.order._get_proforma_offered_products())

    # === SEVERAL LINES OF ONE PRODUCT === #

    def _create_twice(self):
        """Return a pro forma with two lines of 2 trays."""
        order = self._create_two_lines(website_id=self.website.id)
        order.order_line[0].product_id = self.tray
        order.order_line.product_uom_qty = 2.0
        order.action_proforma_issue()
        return order

    def test_two_lines_together_are_no_more_than_what_is_free(self):
        order = self._create_twice()
        first, second = (f"qty_{line.id}" for line in order.order_line)

        change = self._read({first: "5", second: "4"}, order)

        self.assertIn("offer 4 at most", change.errors[first])
        self.assertIn("offer 3 at most", change.errors[second])

    def test_line_may_have_what_another_one_gives_up(self):
        order = self._create_twice()
        first, second = (f"qty_{line.id}" for line in order.order_line)

        self.assertFalse(self._read({first: "8", second: "0"}, order).errors)
        self.assertIn(first, self._read({first: "8"}, order).errors)

    # === COMBOS === #

    def _create_combo_order(self):
        """Return a pro forma of 2 combos, with a tray in each, and their line."""
        combo = self.env["product.combo"].create(
            {
                "name": "Trays",
                "combo_item_ids": [Command.create({"product_id": self.tray.id})],
            }
        )
        bundle = self._create_product(
            name="Bundle", type="combo", list_price=80.0, combo_ids=combo.ids
        )
        order = self._create_listed_order(
            website_id=self.website.id,
            order_line=[Command.create({"product_id": bundle.id})],
        )
        line = order.order_line
        order.order_line = [
            Command.create(
                {
                    "product_id": self.tray.id,
                    "combo_item_id": combo.combo_item_ids.id,
                    "linked_line_id": line.id,
                }
            )
        ]
        order.order_line.product_uom_qty = 2.0
        order.action_proforma_issue()
        return order, line

    def test_combo_is_limited_by_the_stock_of_its_parts(self):
        _order, line = self._create_combo_order()

        self.assertEqual(self._ask("8", line), 8.0)
        self.assertIn("offer 8 at most", self._ask("9", line))

    def test_part_of_a_combo_and_a_line_share_the_stock(self):
        order, line = self._create_combo_order()
        order.order_line = [Command.create({"product_id": self.tray.id})]
        order.action_proforma_issue()
        single = order.order_line[-1]

        names = {f"qty_{line.id}": "5", f"qty_{single.id}": "4"}
        change = self._read(names, order)

        self.assertEqual(change.errors.keys(), names.keys())

    # === WHO IS NOT BOUND === #

    def test_salesperson_sells_what_he_will_buy_in(self):
        self.tray_line.with_user(self.sale_user).product_uom_qty = 50.0

        self.order.with_user(self.sale_user).action_proforma_issue()

        self.assertEqual(self.order.proforma_version_id.version, 2)
