from odoo.tests import freeze_time, tagged

from .common import ProformaPaymentCommon
from .common_reminder import MONDAY, WEDNESDAY, ReminderCommon

TUESDAY = "2026-11-03 09:00:00"


@tagged("post_install", "-at_install")
class TestProformaReminderPayment(ReminderCommon, ProformaPaymentCommon):
    """Who has signed, or whose money is on its way, is not asked what he thinks."""

    def _issue_with_deposit(self):
        with freeze_time(MONDAY):
            return self._create_deposit_proforma(validity_date="2026-11-04")

    def assertReminder(self, order, state, reason):
        self.assertRecordValues(
            order.proforma_reminder_ids, [{"state": state, "reason": reason}]
        )

    def test_who_has_signed_is_not_asked_whether_he_got_it(self):
        order = self._issue_with_deposit()
        with freeze_time(TUESDAY):
            self._sign(order)

        self._run(WEDNESDAY)

        self.assertEqual(order.proforma_state, "issued")
        self.assertReminder(order, "skipped", "signed")

    def test_who_has_signed_and_not_paid_is_told_of_the_deadline(self):
        self.step.write({"base": "deadline", "delay": 0})
        order = self._issue_with_deposit()
        with freeze_time(TUESDAY):
            self._sign(order)

        self._run(WEDNESDAY)

        self.assertReminder(order, "sent", False)

    def test_payment_under_way_is_waited_for(self):
        self.step.write({"base": "deadline", "delay": 0, "tolerance_days": 0})
        order = self._issue_with_deposit()
        tx = self._create_deposit_tx(order)
        tx._set_pending()

        self._run(WEDNESDAY)
        self.assertReminder(order, "planned", False)

        tx._set_error("Refused")
        self._run("2026-11-04 10:00:00")
        self.assertReminder(order, "sent", False)

    def test_payment_that_stays_under_way_ends_the_reminder(self):
        self.step.write({"base": "deadline", "delay": 5, "tolerance_days": 2})
        order = self._issue_with_deposit()
        self._create_deposit_tx(order)._set_pending()
        with freeze_time("2026-11-05 09:00:00"):
            order.sudo()._set_proforma_expired()

        self._run("2026-11-09 08:05:00")
        self._run("2026-11-12 08:05:00")

        self.assertReminder(order, "skipped", "settled")
