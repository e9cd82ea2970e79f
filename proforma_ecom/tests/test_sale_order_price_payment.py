from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import ProformaPaymentCommon
from .common_price import CHECKED_ON, ISSUED_ON


@tagged("post_install", "-at_install")
class TestSaleOrderPricePayment(ProformaPaymentCommon):
    """Prices stay where money came or is on its way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.price_plan = cls.env["proforma.price.plan"].create(
            {"name": "Metals", "action": "issue", "min_days": 0}
        )
        cls.product.list_price = 100.0

    def _issue(self):
        with freeze_time(ISSUED_ON):
            return self._create_deposit_proforma(
                proforma_price_plan_id=self.price_plan.id,
                validity_date="2026-12-31",
                order_line=[
                    Command.create(
                        {"product_id": self.product.id, "product_uom_qty": 10.0}
                    )
                ],
            )

    def _check(self):
        self.product.list_price = 150.0
        with freeze_time(CHECKED_ON):
            self._run_cron("ir_cron_check_prices")

    def test_deposit_asked_for_but_not_paid_lets_prices_move(self):
        order = self._issue()

        self._check()

        self.assertEqual(order.proforma_version_id.version, 2)
        self.assertEqual(order.proforma_deposit_ids[0].amount, 540.0)

    def test_payment_on_its_way_keeps_the_prices(self):
        for state in ("_set_pending", "_set_done"):
            with self.subTest(state):
                self.product.list_price = 100.0
                order = self._issue()
                getattr(self._create_deposit_tx(order), state)()

                self._check()

                self.assertEqual(order.proforma_version_id.version, 1)
                self.assertIn("payment", order._proforma_price_error_message())

    def test_payment_that_was_just_begun_keeps_the_prices(self):
        order = self._issue()
        tx = self._create_deposit_tx(order)
        self.env.cr.execute(
            "UPDATE payment_transaction SET create_date = %s WHERE id = %s",
            ["2026-11-20 09:59:00", tx.id],
        )
        tx.invalidate_recordset(["create_date"])

        self._check()

        self.assertEqual(order.proforma_version_id.version, 1)

    def test_paid_deposit_keeps_the_prices(self):
        order = self._issue()
        with freeze_time("2026-11-03 10:00:00"):
            self._sign(order)
            self._pay(self._create_deposit_tx(order))

        self._check()

        self.assertEqual(order.proforma_state, "accepted")
        self.assertEqual(order.amount_total, 1200.0)

    def test_payment_that_failed_lets_prices_move(self):
        order = self._issue()
        self._create_deposit_tx(order)._set_error("Refused")

        self._check()

        self.assertEqual(order.proforma_version_id.version, 2)
