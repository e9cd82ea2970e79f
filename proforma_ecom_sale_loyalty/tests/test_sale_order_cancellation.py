from odoo.tests import tagged

from .common import ProformaLoyaltyCommon


@tagged("post_install", "-at_install")
class TestSaleOrderCancellation(ProformaLoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coupon = cls._create_coupon()
        cls.order = cls._create_rewarded(cls.coupon.code)

    def test_cancelled_order_gives_the_coupon_back(self):
        self._sign(self.order)
        self.assertEqual(self.coupon.points, 0.0)

        self.order._action_cancel()

        self.assertEqual(self.order.proforma_state, "cancelled")
        self.assertEqual(self.coupon.points, 1.0)
        self.assertFalse(self.coupon.history_ids)

    def test_second_cancellation_gives_nothing_back(self):
        self._sign(self.order)
        self.order._action_cancel()

        self.order._action_cancel()

        self.assertEqual(self.coupon.points, 1.0)

    def test_pro_forma_that_never_took_it_gives_nothing_back(self):
        self.order._action_cancel()

        self.assertEqual(self.coupon.points, 1.0)

    def test_what_was_sent_still_shows_the_reward(self):
        self.order._action_cancel()

        self.assertEqual(self._get_printed(self.order), ["1000.00", "-100.00"])

    def test_other_pro_forma_may_have_it_again(self):
        other = self._create_rewarded(self.coupon.code)
        self._sign(self.order)
        self.order._action_cancel()

        self.assertTrue(self._sign(other))

        self.assertEqual(self.coupon.points, 0.0)

    def test_refused_or_expired_pro_forma_leaves_the_coupon(self):
        for end in ("_proforma_decline", "_set_proforma_expired"):
            order = self._create_rewarded(self.coupon.code)
            with self.subTest(end):
                getattr(order, end)()

                self.assertEqual(self.coupon.points, 1.0)
                self.assertFalse(self.order._proforma_acceptance_error_message())
