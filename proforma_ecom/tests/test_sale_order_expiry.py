from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderExpiry(ProformaCommon):
    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("proforma_ecom.ir_cron_expire").method_direct_trigger()

    def test_cron_expires_at_the_deadline_and_not_before(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-30")
        for instant, state in [
            ("2026-11-30 22:59:59", "issued"),  # 23:59:59 in Paris.
            ("2026-11-30 23:00:00", "expired"),
        ]:
            with self.subTest(instant), freeze_time(instant):
                self._run_cron()

                self.assertEqual(order.proforma_state, state)

    def test_second_run_writes_no_second_event(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")
        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron()
            self._run_cron()

        self.assertEqual(order.proforma_event_ids.mapped("kind").count("expired"), 1)

    def test_cron_expires_the_orders_of_every_company(self):
        second = self.env["res.company"].create({"name": "Second"})
        with freeze_time("2026-11-01 10:00:00"):
            first_order = self._create_proforma(validity_date="2026-11-02")
            other_order = self._create_order(company_id=second.id)
            other_order.validity_date = "2026-11-02"
            other_order.action_proforma_issue()

        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron()

        self.assertEqual(
            set((first_order + other_order).mapped("proforma_state")), {"expired"}
        )

    def test_plain_quotation_is_left_alone(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_order(validity_date="2026-11-02")
            order.action_quotation_sent()

        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron()

        self.assertRecordValues(order, [{"state": "sent", "proforma_state": "none"}])

    def test_back_office_cannot_confirm_after_the_deadline(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")

        with freeze_time("2026-11-05 10:00:00"), self.assertRaises(UserError):
            order.action_confirm()

    def test_customer_cannot_sign_after_the_deadline_before_the_cron(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")

        with freeze_time("2026-11-02 23:00:01"), self.assertRaises(UserError):
            self._sign(order)

        self.assertFalse(order.signature)

    def test_customer_can_sign_in_the_grace(self):
        self.env.company.proforma_grace_hours = 2
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")

        with freeze_time("2026-11-03 00:59:00"):
            self._sign(order)

        self.assertEqual(order.proforma_state, "accepted")

    def test_expired_proforma_can_be_issued_anew(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")
        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron()
            order.validity_date = "2026-12-01"
            order.action_proforma_issue()

        self.assertEqual(order.proforma_state, "issued")
        self.assertEqual(order.proforma_version_id.version, 2)

    def test_expiring_is_found_by_its_filter(self):
        with freeze_time("2026-11-01 10:00:00"):
            soon = self._create_proforma(validity_date="2026-11-03")
            later = self._create_proforma(validity_date="2026-12-03")

            found = self.env["sale.order"].search(
                [("proforma_expiring", "=", True), ("id", "in", (soon + later).ids)]
            )

            self.assertEqual(found, soon)
            self.assertEqual((soon + later).mapped("proforma_expiring"), [True, False])
