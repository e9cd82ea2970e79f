from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPaymentRefused(ProformaPaymentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma()

    def _refuse(self, model_name, method_name):
        refusal = UserError("The journal is locked.")

        def refuse(self, *args):
            if self:  # `delivery` confirms no order at all with every payment.
                raise refusal

        return patch.object(self.env.registry[model_name], method_name, refuse)

    def _count_refused(self):
        return self.order.proforma_event_ids.mapped("kind").count("payment_refused")

    def test_money_is_recorded_whatever_the_order_lacks(self):
        self._sign(self.order)
        for model_name, method_name in (
            ("sale.order", "_action_confirm"),
            ("proforma.deposit", "_create_deposit_invoice"),
        ):
            tx = self._create_deposit_tx(self.order)
            with self.subTest(method_name), self._refuse(model_name, method_name):
                self._pay(tx)

                self.assertTrue(tx.payment_id)
                self.assertTrue(tx.is_post_processed)
                self.assertRecordValues(
                    self.order, [{"state": "sent", "proforma_state": "issued"}]
                )

    def test_refusal_of_the_order_is_told_with_its_reason(self):
        self._sign(self.order)

        with self._refuse("proforma.deposit", "_create_deposit_invoice"):
            self._pay(self._create_deposit_tx(self.order))

        self.assertEqual(self._count_refused(), 1)
        self.assertEqual(len(self.order.activity_ids), 1)
        self.assertIn("The journal is locked.", self.order.activity_ids.note)

    def test_refused_payment_confirms_once_the_order_lacks_nothing(self):
        self._sign(self.order)
        tx = self._create_deposit_tx(self.order)
        with self._refuse("proforma.deposit", "_create_deposit_invoice"):
            self._pay(tx)

        tx._post_process()

        self.assertEqual(self.order.proforma_state, "accepted")

    def test_refused_payment_that_is_processed_twice_is_told_once(self):
        tx = self._pay(self._create_deposit_tx(self.order))

        tx._post_process()

        self.assertEqual(self._count_refused(), 1)
        self.assertEqual(len(self.order.activity_ids), 1)

    def test_refused_payment_is_not_told_again_when_it_was_dealt_with(self):
        tx = self._pay(self._create_deposit_tx(self.order))
        self.order.activity_ids.action_done()

        tx._post_process()

        self.assertFalse(self.order.activity_ids)

    def test_every_refused_payment_is_told(self):
        self._pay(self._create_deposit_tx(self.order))

        self._pay(self._create_deposit_tx(self.order))

        self.assertEqual(self._count_refused(), 2)
        self.assertEqual(len(self.order.activity_ids), 2)
