from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common_purchase import PurchaseCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPurchaseLate(PurchaseCommon):
    """Money for a cart with a pro forma that comes late."""

    def setUp(self):
        super().setUp()
        self.order = self._issue_from_shop()
        self.cart = self._turn_into_cart(self.order)
        self.late = self.order.proforma_deadline + timedelta(days=1)

    def _pay(self, tx):
        tx._set_done()
        self.env.invalidate_all()  # Core does not know that more is paid by now.
        tx._post_process()

    def _get_expiring(self):
        with freeze_time(self.late):
            now = fields.Datetime.now()
            return self.order.search(self.order._get_proforma_expiry_domain(now))

    def _assert_unused(self):
        self.assertIn("could not be used", self.order.activity_ids.summary)
        self.assertIn(self.cart.name, self.order.activity_ids.note)

    def test_payment_that_was_begun_before_the_deadline_is_too_late_after_it(self):
        tx = self._start_paying(self.cart, "draft")

        with freeze_time(self.late):
            self.order._set_proforma_expired()
            self._pay(tx)

        self.assertEqual(self.cart.state, "cancel")
        self._assert_unused()

    def test_payment_in_time_that_is_processed_late_confirms(self):
        tx = self._start_paying(self.cart, "draft")
        tx._set_done()

        with freeze_time(self.late):
            self.order._set_proforma_expired()
            tx._post_process()

        self.assertEqual(self.cart.state, "sale")
        self.assertEqual(self.order.proforma_state, "cancelled")

    def test_payment_after_a_refusal_confirms_nothing(self):
        tx = self._start_paying(self.cart, "draft")
        self.order.sudo()._proforma_decline(partner=self.order.partner_id)

        self._pay(tx)

        self.assertEqual(self.cart.state, "cancel")
        self._assert_unused()

    def test_payment_of_a_cart_that_was_put_back_is_told(self):
        tx = self._start_paying(self.cart, "draft")
        self.cart._proforma_discard_cart()

        self._pay(tx)

        self.assertEqual(self.cart.state, "cancel")
        self.assertEqual(self.order.proforma_state, "issued")
        self._assert_unused()

    def test_transfer_that_was_ordered_in_time_may_come_later(self):
        tx = self._start_paying(self.cart)
        tx._post_process()

        with freeze_time(self.late):
            self._pay(tx)

        self.assertEqual(self.cart.state, "sale")

    def test_payment_after_a_transfer_that_was_given_up_is_too_late(self):
        transfer = self._start_paying(self.cart)
        transfer._post_process()
        transfer._set_canceled()
        tx = self._start_paying(self.cart, "draft")

        with freeze_time(self.late):
            self.order._set_proforma_expired()
            self._pay(tx)

        self.assertEqual(self.cart.state, "sent")
        self._assert_unused()

    def test_pro_forma_that_was_ordered_by_transfer_does_not_expire(self):
        self.assertIn(self.order, self._get_expiring())

        self._start_paying(self.cart)

        self.assertNotIn(self.order, self._get_expiring())

    def test_pro_forma_whose_transfer_was_given_up_expires(self):
        self._start_paying(self.cart)._set_canceled()

        self.assertIn(self.order, self._get_expiring())

    def test_nobody_is_reminded_of_what_he_ordered_by_transfer(self):
        self.assertFalse(self.order.sudo()._has_proforma_deposit_money())

        self._start_paying(self.cart)

        self.assertTrue(self.order.sudo()._has_proforma_deposit_money())

    def test_payment_of_what_was_replaced_or_accepted_confirms_nothing(self):
        self.order.sudo().proforma_accepted_by_hand = "By telephone"
        for end in ("action_proforma_revise", "_proforma_accept"):
            with self.subTest(end), self.env.cr.savepoint() as savepoint:
                tx = self._start_paying(self.cart, "draft")
                getattr(self.order.sudo(), end)()

                self._pay(tx)

                self.assertEqual(self.cart.state, "cancel")
                self._assert_unused()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_transfer_keeps_what_was_promised(self):
        tx = self._start_paying(self.cart)
        tx._post_process()
        total = self.cart.amount_total
        self.product.list_price *= 2

        self.cart._recompute_prices()
        self._pay(tx)

        self.assertEqual((self.cart.state, self.cart.amount_total), ("sale", total))
