from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..turns import BATCH_ATTEMPTS
from .common_price import CHECKED_ON, ProformaPriceCommon
from .common_reminder import MONDAY, WEDNESDAY, ReminderCommon


class TurnsCase:
    @contextmanager
    def _somebody_else_writes(self, model, times=1):
        """Have PostgreSQL refuse a lock, for what was written after the search."""
        records = self.env.registry[model]
        lock, refused = records.try_lock_for_update, []

        def refuse_or_lock(self, *args, **kwargs):
            if len(refused) < times:
                refused.append(self)
                raise SerializationFailure
            return lock(self, *args, **kwargs)

        with patch.object(records, "try_lock_for_update", refuse_or_lock):
            yield

    @contextmanager
    def _somebody_else_plans(self, times=1):
        """Have PostgreSQL refuse rows, for another server wrote the same ones."""
        reminders = self.env.registry["proforma.reminder"]
        insert, refused = reminders._insert_rows, []

        def refuse_or_insert(self, *args, **kwargs):
            if len(refused) < times:
                refused.append(self)
                raise SerializationFailure
            return insert(self, *args, **kwargs)

        with patch.object(reminders, "_insert_rows", refuse_or_insert):
            yield


@tagged("post_install", "-at_install")
class TestTurnsReminders(TurnsCase, ReminderCommon):
    """Scheduled actions that meet somebody else on the same rows."""

    def test_reminders_are_sent_all_the_same(self):
        order = self._issue()

        with self._somebody_else_writes("proforma.reminder"):
            self._run(WEDNESDAY)

        self.assertEqual(order.proforma_reminder_ids.state, "sent")

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_reminders_that_are_held_are_left_to_the_next_run(self):
        order = self._issue()

        with self._somebody_else_writes("proforma.reminder", BATCH_ATTEMPTS):
            self._run(WEDNESDAY)
            self.assertEqual(order.proforma_reminder_ids.state, "planned")
            self._run(WEDNESDAY)

        self.assertEqual(order.proforma_reminder_ids.state, "sent")

    def test_missing_reminders_are_planned_all_the_same(self):
        order = self._issue()
        order.proforma_reminder_ids.sudo().unlink()

        with self._somebody_else_plans():
            self._run(MONDAY)

        self.assertEqual(order.proforma_reminder_ids.state, "planned")

    def test_what_cannot_be_planned_stops_nothing_that_is_due(self):
        due, missing = self._issue(), self._issue()
        missing.proforma_reminder_ids.sudo().unlink()

        with self._somebody_else_plans(BATCH_ATTEMPTS):
            self._run(WEDNESDAY)

        self.assertEqual(due.proforma_reminder_ids.state, "sent")

    def test_orders_expire_all_the_same(self):
        order = self._issue(validity_date="2026-11-03")

        with freeze_time(WEDNESDAY), self._somebody_else_writes("sale.order"):
            self._run_cron("ir_cron_expire")

        self.assertEqual(order.proforma_state, "expired")

    def test_expiry_is_told_all_the_same(self):
        self.env.company._get_proforma_notice("expired").active_since = MONDAY
        order = self._issue(validity_date="2026-11-03")

        with freeze_time(WEDNESDAY), self._somebody_else_writes("sale.order"):
            order._set_proforma_expired()
            self._run_cron("ir_cron_send_expiry_notices")

        mailings = order.proforma_version_id.all_mailing_ids
        self.assertEqual(mailings.mapped("kind").count("expired"), 1)


@tagged("post_install", "-at_install")
class TestTurnsPrices(TurnsCase, ProformaPriceCommon):
    def test_prices_are_checked_all_the_same(self):
        order = self._issue_metal()
        self.metal.list_price = 105.0

        with self._somebody_else_writes("sale.order"):
            self._check_prices()

        self.assertEqual(self._get_checks(order).mapped("outcome"), ["proposed"])

    def test_new_version_is_issued_all_the_same(self):
        self.plan.action = "issue"
        order = self._issue_metal()
        self.metal.list_price = 105.0

        with patch.object(
            self.env.registry["sale.order"],
            "_proforma_send_mail",
            side_effect=[SerializationFailure, True],
        ):
            self._check_prices(CHECKED_ON)

        self.assertEqual(order.proforma_version_id.version, 2)
