from odoo.fields import Command
from odoo.tests import tagged

from .common_price import ProformaPriceCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPriceLine(ProformaPriceCommon):
    """Which lines of a document follow the market."""

    def _move(self, order, price=150.0, cost=100.0):
        """Move list price and cost by a lot, let the cron run, return the rows."""
        self.metal.write({"list_price": price, "standard_price": cost})
        self._check_prices()
        return self._get_checks(order)

    def _assert_untouched(self, order):
        self.assertFalse(self._move(order))
        self.assertEqual(order.proforma_version_id.version, 1)
        self.assertEqual(order.amount_total, 1000.0)
        self.assertFalse(order.activity_ids)

    def test_document_without_a_plan_never_moves(self):
        order = self._issue_metal(proforma_price_plan_id=False)

        self._assert_untouched(order)
        self.assertFalse(order.proforma_prices_checked_on)

    def test_plan_that_is_chosen_after_the_issue_breaks_no_promise(self):
        order = self._issue_metal(proforma_price_plan_id=False)
        order.proforma_price_plan_id = self.plan
        self.category.proforma_price_plan_id = self.plan

        self._assert_untouched(order)

    def test_plan_that_is_archived_moves_nothing_any_more(self):
        order = self._issue_metal()
        self.plan.active = False

        self._assert_untouched(order)

    def test_plan_that_becomes_a_guarantee_moves_nothing_any_more(self):
        order = self._issue_metal()
        self.plan.action = "keep"

        self._assert_untouched(order)

    def test_manual_price_stays(self):
        self.plan.action = "issue"
        order = self._issue_metal(
            [self._create_metal_line(technical_price_unit=90.0, price_unit=100.0)]
        )

        self._assert_untouched(order)

    def test_manual_price_stays_beside_one_that_moves(self):
        self.plan.action = "issue"
        order = self._issue_metal(
            [
                self._create_metal_line(technical_price_unit=90.0, price_unit=99.0),
                self._create_metal_line(),
            ]
        )

        self._move(order, price=105.0, cost=70.0)

        self.assertEqual(order.order_line.mapped("price_unit"), [99.0, 105.0])
        self.assertEqual(order.proforma_version_id.version, 2)

    def test_discount_of_the_salesperson_keeps_its_line(self):
        self.plan.action = "issue"
        order = self._issue_metal(
            [
                self._create_metal_line(discount=10.0),
                self._create_metal_line(),
            ]
        )

        self._move(order, price=110.0, cost=70.0)

        self.assertEqual(order.order_line.mapped("price_unit"), [100.0, 110.0])
        self.assertEqual(order.order_line.mapped("discount"), [10.0, 0.0])

    def test_discount_that_the_price_list_shows_moves_along(self):
        self._enable_discounts()
        self.plan.action = "issue"
        pricelist = self._create_pricelist(compute_price="percentage", percent_price=20)
        order = self._issue_metal(pricelist_id=pricelist.id)

        self._move(order, price=110.0, cost=70.0)

        self.assertRecordValues(
            order.order_line, [{"price_unit": 110.0, "discount": 20.0}]
        )

    def _create_pricelist(self, **rule):
        return self.env["product.pricelist"].create(
            {
                "name": "Metals",
                "item_ids": [Command.create({"applied_on": "3_global", **rule})],
            }
        )

    def test_rules_of_the_price_list_are_those_of_the_day(self):
        self.plan.action = "issue"
        pricelist = self._create_pricelist(compute_price="fixed", fixed_price=100.0)
        order = self._issue_metal(pricelist_id=pricelist.id)
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": pricelist.id,
                "applied_on": "0_product_variant",
                "product_id": self.metal.id,
                "compute_price": "fixed",
                "fixed_price": 112.0,
                "date_start": "2026-11-15 00:00:00",
            }
        )

        self._move(order)

        self.assertEqual(order.order_line.price_unit, 112.0)

    def test_price_that_a_rule_takes_from_the_cost_follows_the_cost(self):
        self.plan.action = "issue"
        pricelist = self._create_pricelist(
            compute_price="formula", base="standard_price", price_markup=50
        )
        order = self._issue_metal(pricelist_id=pricelist.id)

        self._move(order, cost=80.0)

        self.assertEqual(order.order_line.price_unit, 120.0)

    def _create_child_category(self):
        return self.category.create({"name": "Pipes", "parent_id": self.category.id})

    def test_category_of_the_product_decides_where_the_order_has_no_plan(self):
        self.plan.action = "issue"
        self.category.proforma_price_plan_id = self.plan
        self.metal.categ_id = self._create_child_category()
        tool = self._create_metal("Tool")
        order = self._issue_metal(
            [
                self._create_metal_line(),
                self._create_metal_line(product_id=tool.id),
            ],
            proforma_price_plan_id=False,
        )
        tool.list_price = 150.0

        self._move(order, price=110.0, cost=70.0)

        self.assertEqual(order.order_line.mapped("price_unit"), [110.0, 100.0])

    def test_guarantee_of_a_category_holds_below_it(self):
        keep = self._create_price_plan(action="keep")
        self.category.proforma_price_plan_id = self.plan
        child = self._create_child_category()
        child.proforma_price_plan_id = keep
        self.metal.categ_id = child
        order = self._issue_metal(proforma_price_plan_id=False)

        self._assert_untouched(order)

    def test_plan_of_the_order_goes_before_those_of_the_categories(self):
        keep = self._create_price_plan(action="keep")
        self.category.proforma_price_plan_id = self.plan
        order = self._issue_metal(proforma_price_plan_id=keep.id)

        self._assert_untouched(order)

    def test_template_gives_its_plan_to_the_order(self):
        template = self.env["sale.order.template"].create(
            {"name": "Metals", "proforma_price_plan_id": self.plan.id}
        )

        order = self._create_order(sale_order_template_id=template.id)

        self.assertEqual(order.proforma_price_plan_id, self.plan)

    def test_strictest_plan_decides_for_a_document_with_several(self):
        strict = self._create_price_plan(threshold=1.0, floor_margin=5.0, min_days=9)
        loose = self._create_price_plan(
            threshold=8.0, floor_margin=2.0, min_days=1, action="issue"
        )

        terms = (strict + loose)._get_terms()

        self.assertEqual(
            (terms.threshold, terms.floor, terms.min_days, terms.is_issued),
            (1.0, 5.0, 9, False),
        )

    def test_unit_of_the_line_is_that_of_price_and_cost(self):
        self.plan.action = "issue"
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._issue_metal([self._create_metal_line(product_uom_id=dozen.id)])

        check = self._move(order, price=110.0, cost=77.0)

        self.assertEqual(order.order_line.price_unit, 1320.0)
        self.assertRecordValues(check, [{"old_margin": 30.0, "new_margin": 30.0}])
        self.assertRecordValues(
            check.line_ids,
            [
                {
                    "old_price": 1200.0,
                    "new_price": 1320.0,
                    "old_cost": 840.0,
                    "new_cost": 924.0,
                }
            ],
        )

    def test_margin_is_measured_without_taxes(self):
        self.metal.taxes_id = self.env["account.tax"].create(
            {
                "name": "25% incl.",
                "amount": 25.0,
                "price_include_override": "tax_included",
            }
        )
        order = self._issue_metal()

        check = self._move(order, price=125.0, cost=70.0)

        self.assertRecordValues(
            check,
            [
                {
                    "old_total": 1000.0,
                    "new_total": 1250.0,
                    "old_margin": 12.5,  # 70 of 80.
                    "new_margin": 30.0,  # 70 of 100.
                }
            ],
        )
