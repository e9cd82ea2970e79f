from unittest.mock import patch

from odoo.tests import tagged

from .common import ProformaRefundCommon


class _Waits(Exception):
    """Somebody else works on the order."""


@tagged("post_install", "-at_install")
class TestProformaDepositLock(ProformaRefundCommon):
    """What moves money waits for whoever works on the same order."""

    def _assert_waits(self, order, move_money):
        deposits = order.sudo().proforma_deposit_ids
        before = deposits.mapped("state")
        model = self.env.registry["sale.order"]
        with (
            patch.object(model, "_proforma_lock", side_effect=_Waits),
            self.assertRaises(_Waits),
            self.env.cr.savepoint(),
        ):
            move_money()
        self.assertEqual(deposits.mapped("state"), before)

    def _create_signed(self):
        order = self._create_deposit_proforma()
        self._sign(order)
        return order

    def test_online_payment_waits(self):
        order = self._create_signed()
        tx = self._create_deposit_tx(order)
        tx._set_done()

        self._assert_waits(order, tx._post_process)

    def test_payment_that_is_begun_on_the_portal_waits(self):
        order = self._create_signed()

        self._assert_waits(order, lambda: order.sudo()._proforma_check_payment(360.0))

    def test_payment_by_hand_waits(self):
        order = self._create_signed()
        wizard = self.env["proforma.deposit.payment"].create(
            {"deposit_id": order.proforma_deposit_ids[0].id, "reason": "Cash"}
        )

        self._assert_waits(order, wizard.action_register)

    def test_money_that_is_received_waits(self):
        order = self._create_signed()
        deposit = order.sudo().proforma_deposit_ids[0]

        self._assert_waits(order, lambda: deposit._receive(lambda _invoice: None))

    def test_refund_waits(self):
        order = self._create_paid_order()
        wizard = self._open_refund(order.proforma_deposit_ids[0])

        self._assert_waits(order, wizard.action_settle)

    def test_payment_on_the_page_of_the_invoice_waits(self):
        order = self._create_paid_order()
        invoice = order.proforma_deposit_ids[0].invoice_id

        self._assert_waits(order, invoice._check_proforma_not_paid_elsewhere)
