from odoo.tests import tagged

from .common_price import ISSUED_ON, ProformaPriceCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPriceCompany(ProformaPriceCommon):
    """Currencies, and companies that see neither cost nor rate of each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls._enable_currency("CHF")
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": cls.foreign.id}
        )

    def _issue_abroad(self, **values):
        """Return a pro forma of 10 × 200.00: two units of the currency for one of the
        company's.
        """
        self._set_rate(self.foreign, "2026-11-01", 2.0)
        return self._issue_metal(pricelist_id=self.pricelist.id, **values)

    def test_converted_prices_follow_the_rate(self):
        self.plan.action = "issue"
        order = self._issue_abroad()
        self._set_rate(self.foreign, "2026-11-19", 2.2)

        self._check_prices()

        self.assertRecordValues(
            self._get_checks(order),
            [
                {
                    "old_rate": 2.0,
                    "rate": 2.2,
                    "old_total": 2000.0,
                    "new_total": 2200.0,
                    "old_margin": 30.0,
                    "new_margin": 30.0,
                }
            ],
        )
        self.assertEqual(order.order_line.price_unit, 220.0)
        self.assertAlmostEqual(order.proforma_version_id.currency_rate, 2.2)

    def test_rate_moves_a_price_once(self):
        for watched in ("both", "rate"):
            with self.subTest(watched):
                self.env["res.currency.rate"].search([]).unlink()
                self.plan.write(
                    {"action": "issue", "watch_pricelist": watched == "both"}
                )
                order = self._issue_abroad()
                self._set_rate(self.foreign, "2026-11-19", 2.2)

                self._check_prices()
                self._check_prices("2026-11-21 10:00:00")

                self.assertEqual(order.order_line.price_unit, 220.0)
                self.assertEqual(order.proforma_version_id.version, 2)

    def test_rate_alone_moves_what_the_list_does_not(self):
        self.plan.write({"action": "issue", "watch_pricelist": False})
        order = self._issue_abroad()
        self._set_rate(self.foreign, "2026-11-19", 2.2)
        self.metal.list_price = 150.0

        self._check_prices()

        self.assertEqual(order.order_line.price_unit, 220.0)

    def test_floor_knows_the_rate_that_is_not_watched(self):
        self.plan.write({"action": "issue", "floor_margin": 20.0, "watch_rate": False})
        order = self._issue_abroad()
        self._set_rate(self.foreign, "2026-11-19", 4.0)
        self.metal.list_price = 105.0

        self._check_prices()

        self.assertEqual(order.proforma_version_id.version, 1)
        self.assertEqual(self._get_checks(order).reason, "floor")

    def test_list_alone_is_converted_at_the_rate_of_the_issue(self):
        self.plan.write({"action": "issue", "watch_rate": False})
        order = self._issue_abroad()
        self._set_rate(self.foreign, "2026-11-19", 3.0)
        self.metal.list_price = 110.0

        self._check_prices()

        self.assertEqual(order.order_line.price_unit, 220.0)

    def test_price_fixed_in_the_currency_moves_only_the_margin(self):
        self.pricelist.item_ids = [
            (0, 0, {"compute_price": "fixed", "fixed_price": 200.0})
        ]
        order = self._issue_abroad()
        self._set_rate(self.foreign, "2026-11-19", 2.5)

        self._check_prices()

        self.assertRecordValues(
            self._get_checks(order),
            [
                {
                    "reason": "no_price",
                    "new_total": 2000.0,
                    "old_margin": 30.0,
                    "new_margin": 12.5,  # 70 of 80.
                }
            ],
        )

    def test_rate_of_the_companys_day_is_used_after_midnight(self):
        order = self._issue_abroad()
        self._set_rate(self.foreign, "2026-11-20", 2.2)

        self._check_prices("2026-11-19 23:30:00")  # 0:30 on the 20th in Paris.

        self.assertEqual(self._get_checks(order).rate, 2.2)
        self.assertEqual(self._get_checks(order).new_total, 2200.0)

    def _create_second_company(self):
        second = self.env["res.company"].create(
            {"name": "Second", "currency_id": self.env.company.currency_id.id}
        )
        self.env.user.company_ids += second
        self._complete_company(second)
        return second

    def test_cost_of_another_company_moves_nothing(self):
        second = self._create_second_company()
        self.metal.with_company(second).standard_price = 70.0
        first_order = self._issue_metal()
        other_order = self._issue_metal(company_id=second.id)
        self.metal.with_company(second).standard_price = 80.0

        self._check_prices()

        self.assertFalse(self._get_checks(first_order))
        self.assertRecordValues(
            self._get_checks(other_order), [{"old_margin": 30.0, "new_margin": 20.0}]
        )

    def test_rate_of_another_company_moves_nothing(self):
        second = self._create_second_company()
        order = self._issue_abroad()
        self._set_rate(self.foreign, "2026-11-19", 4.0, company=second)

        self._check_prices()

        self.assertFalse(self._get_checks(order))

    def test_category_has_a_plan_for_each_company(self):
        second = self._create_second_company()
        self.category.with_company(second).proforma_price_plan_id = self.plan
        first_order = self._issue_metal(proforma_price_plan_id=False)
        other_order = self._issue_metal(
            proforma_price_plan_id=False, company_id=second.id
        )

        self.assertFalse(first_order.proforma_prices_checked_on)
        self.assertEqual(str(other_order.proforma_prices_checked_on), ISSUED_ON[:10])

    def test_plan_of_another_company_holds_for_nothing(self):
        second = self._create_second_company()
        template = self.env["sale.order.template"].create(
            {"name": "Metals", "proforma_price_plan_id": self.plan.id}
        )
        self.category.proforma_price_plan_id = self.plan
        self.plan.company_id = second

        order = self._create_order(
            sale_order_template_id=template.id, order_line=[self._create_metal_line()]
        )

        self.assertFalse(order.proforma_price_plan_id)
        self.assertFalse(order.order_line._get_proforma_price_plan())
