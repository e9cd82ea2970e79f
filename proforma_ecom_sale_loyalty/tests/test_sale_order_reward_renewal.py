from datetime import date

from odoo.tests import tagged

from .common import ProformaLoyaltyCommon


@tagged("post_install", "-at_install")
class TestSaleOrderRewardRenewal(ProformaLoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.proforma_renewal_policy = "automatic"
        cls.env.company.proforma_renewal_limit = 50.0
        cls.product.list_price = 100.0
        cls.program = cls._create_program()
        cls.order = cls._create_rewarded(
            user_id=cls.sale_user.id,
            order_line=[(0, 0, {"product_id": cls.product.id, "product_uom_qty": 10})],
        )
        cls.order._set_proforma_expired()

    def _ask(self):
        with self.mock_mail_gateway():
            return self.order.sudo()._proforma_request_renewal(self.customer)

    def test_renewal_waits_for_the_salesperson(self):
        self.assertEqual(self._ask(), "renewal_asked")

        self.assertEqual(self.order.proforma_state, "expired")
        self.assertIn("coupon or a reward", self.order.activity_ids.note)

    def test_order_without_rewards_is_renewed_at_once(self):
        self._get_reward_lines(self.order).unlink()
        self.order.coupon_point_ids.unlink()
        self.order._set_proforma_expired()

        self.assertEqual(self._ask(), "renewed")

    def test_total_of_the_renewal_is_that_with_the_reward(self):
        self.product.list_price = 110.0

        self._ask()

        self.assertAlmostEqual(self.order.proforma_request_ids.amount_preview, 1188.0)
        self.assertAlmostEqual(self.order.amount_total, 1080.0)

    def test_accepted_renewal_has_the_reward_of_the_new_prices(self):
        self.product.list_price = 110.0
        self._ask()

        with self.mock_mail_gateway():
            self.order.proforma_request_ids._answer("accepted")

        self.assertEqual(self._get_printed(self.order), ["1100.00", "-110.00"])

    def test_promotion_that_ended_is_not_renewed(self):
        self.program.date_to = date(2020, 1, 1)
        self._ask()

        with self.mock_mail_gateway():
            self.order.proforma_request_ids._answer("accepted")

        self.assertEqual(self._get_printed(self.order), ["1000.00"])

    def test_new_prices_leave_the_lines_of_rewards(self):
        self.program.reward_ids = [(5,), self._prepare_free_product()]
        order = self._create_rewarded()
        self.service_product.list_price += 10.0

        prices = order._get_proforma_new_prices(date.today())

        self.assertTrue(self._get_reward_lines(order))
        self.assertEqual(list(prices), list(order.order_line[0]))
