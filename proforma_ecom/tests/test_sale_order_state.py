from odoo.exceptions import UserError
from odoo.tests import tagged

from ..const import PROFORMA_STATES, PROFORMA_TRANSITIONS
from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderState(ProformaCommon):
    def test_every_move_outside_the_table_is_refused(self):
        order = self._create_proforma()
        states = [state for state, _label in PROFORMA_STATES]
        for source in states:
            for target, sources in PROFORMA_TRANSITIONS.items():
                order.sudo().proforma_state = source
                moved = order._update_proforma_state(target)
                with self.subTest(source=source, target=target):
                    self.assertEqual(bool(moved), source in sources)
                    self.assertEqual(
                        order.proforma_state, target if source in sources else source
                    )

    def test_refused_move_writes_no_event(self):
        order = self._create_proforma()
        order.action_cancel()
        count = len(order.proforma_event_ids)

        order._set_proforma_expired()

        self.assertEqual(len(order.proforma_event_ids), count)

    def test_one_order_that_may_not_move_does_not_stop_the_others(self):
        cancelled, issued = self._create_proforma(), self._create_proforma()
        cancelled.action_cancel()

        moved = (cancelled + issued)._set_proforma_expired()

        self.assertEqual(moved, issued)

    def test_user_cannot_write_the_state(self):
        order = self._create_proforma(user_id=self.sale_user.id)

        with self.assertRaises(UserError):
            order.with_user(self.sale_user).proforma_state = "accepted"

    def test_user_cannot_create_a_made_up_proforma(self):
        with self.assertRaises(UserError):
            self.env["sale.order"].with_user(self.sale_user).create(
                {"partner_id": self.customer.id, "proforma_number": "PF/2026/00001"}
            )

    def test_cancelling_the_order_cancels_the_proforma(self):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan_30_70.id)

        order.action_cancel()

        self.assertEqual(order.proforma_state, "cancelled")
        self.assertEqual(set(order.proforma_deposit_ids.mapped("state")), {"cancelled"})

    def test_back_to_draft_means_revision(self):
        order = self._create_proforma()

        order.action_draft()

        self.assertRecordValues(
            order, [{"state": "sent", "proforma_state": "revising"}]
        )

    def test_cancelled_proforma_stays_closed(self):
        order = self._create_proforma()
        order.action_cancel()

        with self.assertRaises(UserError):
            order.action_draft()

    def test_cancelled_proforma_cannot_be_deleted(self):
        order = self._create_proforma()
        order.action_cancel()

        with self.assertRaises(UserError):
            order.unlink()

    def test_plain_quotation_goes_back_to_draft_as_ever(self):
        order = self._create_order()
        order.action_quotation_sent()

        order.action_draft()

        self.assertEqual(order.state, "draft")
