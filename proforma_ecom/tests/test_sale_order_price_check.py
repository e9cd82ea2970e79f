from odoo.tests import tagged

from .common_price import ProformaPriceCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPriceCheck(ProformaPriceCommon):
    def test_moved_price_list_is_proposed(self):
        order = self._issue_metal()
        self.metal.list_price = 105.0

        self._check_prices()

        self.assertRecordValues(
            self._get_checks(order),
            [
                {
                    "outcome": "proposed",
                    "old_total": 1000.0,
                    "new_total": 1050.0,
                    "total_change": 5.0,
                    "old_margin": 30.0,
                    "new_margin": 33.33,
                }
            ],
        )
        self.assertEqual(order.amount_total, 1000.0)

    def test_plan_that_issues_makes_and_sends_a_version(self):
        self.plan.action = "issue"
        order = self._issue_metal()
        self.metal.list_price = 105.0

        self._check_prices()

        self.assertEqual(order.proforma_version_id.version, 2)
        self.assertEqual(order.amount_total, 1050.0)
        self.assertEqual(order.proforma_state, "issued")
        self.assertIn("sent", order.proforma_event_ids.mapped("kind"))
        self.assertEqual(self._get_checks(order).mapped("outcome"), ["issued"])
