from odoo.tests import freeze_time, tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPaymentLate(ProformaPaymentCommon):
    """Valid until the 2nd, so acceptable until the 2nd at 23:00 in UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-11-01 10:00:00"):
            cls.order = cls._create_deposit_proforma(validity_date="2026-11-02")

    def _create_signed_tx(self):
        with freeze_time("2026-11-01 11:00:00"):
            self._sign(self.order)
            return self._create_deposit_tx(self.order)

    def _renew(self):
        self._run_cron("ir_cron_expire")
        self.order.validity_date = "2026-12-01"
        self.order.action_proforma_issue()

    def test_late_money_does_not_confirm_the_next_version(self):
        tx = self._create_signed_tx()

        with freeze_time("2026-11-05 10:00:00"):
            self._pay(tx)
            self._renew()
            self.assertFalse(self._sign(self.order))

        self.assertRecordValues(
            self.order, [{"state": "sent", "proforma_state": "issued"}]
        )

    def test_next_version_is_confirmed_by_its_own_deposit(self):
        tx = self._create_signed_tx()

        with freeze_time("2026-11-05 10:00:00"):
            self._pay(tx)
            self._renew()
            self._sign(self.order)
            self._pay(self._create_deposit_tx(self.order))

        self.assertEqual(self.order.proforma_state, "accepted")

    def test_proforma_whose_money_is_not_processed_yet_does_not_expire(self):
        tx = self._create_signed_tx()
        with freeze_time("2026-11-02 22:59:59"):
            tx._set_done()

        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron("ir_cron_expire")
            self.assertEqual(self.order.proforma_state, "issued")
            tx._post_process()

        self.assertEqual(self.order.proforma_state, "accepted")

    def test_money_in_time_confirms_though_it_is_processed_late(self):
        tx = self._create_signed_tx()
        with freeze_time("2026-11-02 22:59:59"):
            tx._set_done()

        with freeze_time("2026-11-05 10:00:00"):
            tx._post_process()

        self.assertRecordValues(
            self.order, [{"state": "sale", "proforma_state": "accepted"}]
        )

    def test_proforma_expires_once_its_late_money_is_processed(self):
        tx = self._create_signed_tx()

        with freeze_time("2026-11-05 10:00:00"):
            self._pay(tx)
            self._run_cron("ir_cron_expire")

        self.assertEqual(self.order.proforma_state, "expired")

    def test_payment_that_only_waits_does_not_stop_the_expiry(self):
        self._create_signed_tx()._set_pending()

        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron("ir_cron_expire")

        self.assertEqual(self.order.proforma_state, "expired")

    def test_money_before_the_signature_pays_the_deposit_once_signed(self):
        order = self._create_deposit_proforma()
        self._pay(self._create_deposit_tx(order))

        self._sign(order)

        self.assertEqual(order.proforma_state, "accepted")
        self.assertEqual(order.proforma_deposit_ids[0].state, "paid")
        self.assertFalse(order.invoice_ids.amount_residual)
