from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .common import SIGNATURE, ProformaCommon

EXPIRY_LOGGER = "odoo.addons.proforma_ecom.models.sale_order_expiry"


@tagged("post_install", "-at_install")
class TestSaleOrderExpiry(MailCase, ProformaCommon):
    def test_cron_expires_at_the_deadline_and_not_before(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-30")
        for instant, state in [
            ("2026-11-30 22:59:59", "issued"),  # 23:59:59 in Paris.
            ("2026-11-30 23:00:00", "expired"),
        ]:
            with self.subTest(instant), freeze_time(instant):
                self._run_cron("ir_cron_expire")

                self.assertEqual(order.proforma_state, state)

    def test_second_run_writes_no_second_event(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")
        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron("ir_cron_expire")
            self._run_cron("ir_cron_expire")

        self.assertEqual(order.proforma_event_ids.mapped("kind").count("expired"), 1)

    def test_expiry_is_told_by_its_event_alone(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")
        self.flush_tracking()
        before = order.message_ids
        # The tests of core switch it off.
        order = order.with_context(tracking_disable=False)

        order._set_proforma_expired()
        self.flush_tracking()

        self.assertEqual(order.message_ids, before)
        self.assertEqual(order.proforma_event_ids[0].kind, "expired")

    def test_cron_expires_the_orders_of_every_company(self):
        second = self.env["res.company"].create({"name": "Second"})
        with freeze_time("2026-11-01 10:00:00"):
            first_order = self._create_proforma(validity_date="2026-11-02")
            other_order = self._create_order(company_id=second.id)
            other_order.validity_date = "2026-11-02"
            other_order.action_proforma_issue()

        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron("ir_cron_expire")

        self.assertEqual(
            set((first_order + other_order).mapped("proforma_state")), {"expired"}
        )

    def test_plain_quotation_is_left_alone(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_order(validity_date="2026-11-02")
            order.action_quotation_sent()

        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron("ir_cron_expire")

        self.assertRecordValues(order, [{"state": "sent", "proforma_state": "none"}])

    def test_back_office_cannot_confirm_after_the_deadline(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")
        order.sudo().write({"signature": SIGNATURE, "signed_by": "Marie Martin"})

        with (
            freeze_time("2026-11-05 10:00:00"),
            self.assertRaisesRegex(UserError, "has expired"),
        ):
            order.action_confirm()

    def test_back_office_cannot_accept_by_hand_after_the_deadline(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")
        wizard = self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        )

        with (
            freeze_time("2026-11-05 10:00:00"),
            self.assertRaisesRegex(UserError, "has expired"),
        ):
            wizard.action_accept()

    def _refuse_to_expire(self, bad, error=UserError):
        orders = self.env.registry["sale.order"]
        expire = orders._set_proforma_expired

        def expire_or_refuse(self):
            if bad in self:
                raise error("The order is locked.")
            return expire(self)

        return patch.object(orders, "_set_proforma_expired", expire_or_refuse)

    @mute_logger(EXPIRY_LOGGER)
    def test_one_order_that_fails_does_not_stop_the_others(self):
        for error in (UserError, ValueError):  # A refusal; a fault of another addon.
            with self.subTest(error), freeze_time("2026-11-01 10:00:00"):
                first, bad, last = (
                    self._create_proforma(validity_date="2026-11-02") for _ in range(3)
                )

            with (
                freeze_time("2026-11-05 10:00:00"),
                self._refuse_to_expire(bad, error),
            ):
                self._run_cron("ir_cron_expire")

            self.assertEqual((first + last).mapped("proforma_state"), ["expired"] * 2)
            self.assertEqual(bad.proforma_state, "issued")
            self.assertIn("The order is locked.", bad.activity_ids.note)

    def test_order_that_refuses_is_told_once(self):
        with freeze_time("2026-11-01 10:00:00"):
            bad = self._create_proforma(validity_date="2026-11-02")

        with freeze_time("2026-11-05 10:00:00"), self._refuse_to_expire(bad):
            self._run_cron("ir_cron_expire")
            self._run_cron("ir_cron_expire")

        self.assertEqual(len(bad.activity_ids), 1)
        self.assertIn("The order is locked.", bad.activity_ids.note)

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

    def test_grace_is_not_promised_to_the_customer(self):
        self.env.company.proforma_grace_hours = 12
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")
        for instant, is_last_day in [
            ("2026-11-02 22:59:59", True),  # 23:59:59 in Paris.
            ("2026-11-02 23:00:00", False),
            ("2026-11-03 10:59:59", False),
        ]:
            with self.subTest(instant), freeze_time(instant):
                order.invalidate_recordset()

                sentence = order._get_proforma_status()["sentence"]

                self.assertEqual("last day today" in sentence, is_last_day)

    def test_expired_proforma_can_be_issued_anew(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_proforma(validity_date="2026-11-02")
        with freeze_time("2026-11-05 10:00:00"):
            self._run_cron("ir_cron_expire")
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
