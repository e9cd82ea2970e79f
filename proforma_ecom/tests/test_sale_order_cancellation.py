from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import ProformaRefundCommon


@tagged("post_install", "-at_install")
class TestSaleOrderCancellation(ProformaRefundCommon):
    """Accepted orders that are cancelled."""

    def _accept_by_hand(self, order):
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()
        return order

    def test_cancelling_refunds_nothing_by_itself(self):
        order = self._create_paid_order()

        order.action_cancel()

        self.assertEqual(
            order.proforma_deposit_ids.mapped("state"), ["paid", "cancelled"]
        )
        self.assertEqual(len(order.invoice_ids), 1)

    def test_cancelling_asks_to_refund_the_deposit_invoice(self):
        order = self._create_paid_order()

        order.action_cancel()

        activity = order.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertIn(order.name, activity.summary)
        self.assertIn(order.proforma_deposit_ids.invoice_id.name, activity.note)
        self.assertIn("is paid: refund it", activity.note)

    def test_cancelling_proposes_what_to_do_with_earnest_money(self):
        order = self._create_earnest_order()

        order.action_cancel()

        self.assertEqual(len(order.activity_ids), 1)
        self.assertIn("keep it if the customer withdrew", order.activity_ids.note)

    def test_unpaid_deposit_invoice_is_void_and_to_be_credited(self):
        self.plan_30_70.invoice_on = "due"
        order = self._accept_by_hand(self._create_deposit_proforma())

        order.action_cancel()

        self.assertEqual(
            order.proforma_deposit_ids.mapped("state"), ["cancelled", "cancelled"]
        )
        self.assertIn("is not paid: credit it", order.activity_ids.note)

    def test_unpaid_deposit_invoice_of_a_cancelled_order_is_credited(self):
        self.plan_30_70.invoice_on = "due"
        order = self._accept_by_hand(self._create_deposit_proforma())
        order.action_cancel()

        order.invoice_ids._reverse_moves(cancel=True)

        self.assertEqual(order.proforma_deposit_ids[0].state, "cancelled")
        self.assertFalse(order._get_proforma_deposits_to_settle())

    def test_order_without_money_leaves_nothing_to_do(self):
        order = self._accept_by_hand(self._create_deposit_proforma())

        order.action_cancel()

        self.assertFalse(order.activity_ids)

    def test_activity_is_in_the_language_of_who_gets_it(self):
        self._speak_french()
        order = self._create_paid_order()
        seller = new_test_user(
            self.env,
            "french_seller",
            groups="sales_team.group_sale_salesman",
            lang="fr_FR",
        )
        order.user_id = seller

        order.action_cancel()

        self.assertEqual(order.activity_ids.user_id, seller)
        self.assertIn("360,00", order.activity_ids.note.replace("\xa0", " "))

    def test_cancelling_twice_tells_once(self):
        order = self._create_paid_order()

        order.action_cancel()
        order.action_cancel()

        self.assertEqual(len(order.activity_ids), 1)

    def test_salesperson_cancels_an_order_with_a_posted_deposit_invoice(self):
        order = self._create_paid_order()
        seller = new_test_user(
            self.env, "cancel_seller", groups="sales_team.group_sale_salesman"
        )
        order.user_id = seller

        order.with_user(seller).action_cancel()

        self.assertEqual(order.proforma_state, "cancelled")
        self.assertEqual(len(order.activity_ids), 1)

    def test_locked_order_is_unlocked_first(self):
        order = self._create_paid_order()
        order.action_lock()

        with self.assertRaises(UserError):
            order.action_cancel()

        self.assertEqual(order.proforma_state, "accepted")

    def test_one_of_several_orders_has_money(self):
        paid, unpaid = (
            self._create_paid_order(),
            self._accept_by_hand(self._create_deposit_proforma()),
        )

        (paid | unpaid).action_cancel()

        self.assertEqual([len(order.activity_ids) for order in (paid, unpaid)], [1, 0])

    def test_later_instalment_of_a_cancelled_order_is_recorded_and_reported(self):
        order = self._create_paid_order()
        balance = order.sudo().proforma_deposit_ids[1]
        tx = self._create_deposit_tx(
            order,
            amount=balance.amount,
            proforma_deposit_id=balance.id,
            reference="late-instalment",
        )
        order.action_cancel()

        self._pay(tx)
        tx._post_process()

        self.assertTrue(tx.payment_id)
        self.assertEqual(balance.state, "cancelled")
        refused = order.proforma_event_ids.filtered(
            lambda e: e.kind == "payment_refused"
        )
        self.assertEqual(refused.mapped("note"), ["late-instalment"])
        self.assertEqual(len(order.activity_ids), 2)

    def test_deposit_of_a_cancelled_order_is_refunded(self):
        order = self._create_paid_order()
        order.action_cancel()

        self._refund(order.proforma_deposit_ids[0])

        self.assertEqual(
            order.proforma_deposit_ids.mapped("state"), ["refunded", "cancelled"]
        )
        self.assertCents(order)

    def test_cancelled_invoice_of_a_cancelled_order_is_not_asked_for(self):
        order = self._create_paid_order()
        order.action_cancel()

        order.invoice_ids.button_draft()
        order.invoice_ids.button_cancel()

        self.assertEqual(
            order.proforma_deposit_ids.mapped("state"), ["cancelled", "cancelled"]
        )
