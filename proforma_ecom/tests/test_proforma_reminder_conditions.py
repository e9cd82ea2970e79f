from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common_reminder import WEDNESDAY, ReminderCommon


@tagged("post_install", "-at_install")
class TestProformaReminderConditions(ReminderCommon):
    """The order is one of 1,000.00 in the company's currency."""

    def assertOutcome(self, order, state, reason=False):
        self._run(WEDNESDAY)
        self.assertRecordValues(
            order.proforma_reminder_ids, [{"state": state, "reason": reason}]
        )

    def test_step_for_those_who_have_not_looked_passes_over_a_viewer(self):
        self.step.viewed = "no"
        order = self._issue()
        with freeze_time("2026-11-03 09:00:00"):
            order._proforma_log_event("viewed", partner=self.customer)

        self.assertOutcome(order, "skipped", "condition")

    def test_step_for_viewers_passes_over_who_has_not_looked(self):
        self.step.viewed = "yes"

        self.assertOutcome(self._issue(), "skipped", "condition")

    def test_view_of_an_earlier_version_does_not_count(self):
        self.step.viewed = "no"
        order = self._issue("2026-11-01 09:00:00")
        with freeze_time("2026-11-02 09:00:00"):
            order._proforma_log_event("viewed", partner=self.customer)
            order.action_proforma_revise()
            self._issue_again(order)

        self._run(WEDNESDAY)

        self.assertEqual(
            order.proforma_reminder_ids.mapped("state"), ["skipped", "sent"]
        )

    def test_amounts_are_limits_inclusive(self):
        for low, high, state in [
            (1000.0, 0.0, "sent"),
            (1000.01, 0.0, "skipped"),
            (0.0, 1000.0, "sent"),
            (0.0, 999.99, "skipped"),
        ]:
            with self.subTest(low=low, high=high):
                self.step.write({"amount_min": low, "amount_max": high})
                contact = self._other_contact(email=f"{low}.{high}@example.com")
                order = self._issue(partner_id=contact.id)

                self._run(WEDNESDAY)

                self.assertEqual(order.proforma_reminder_ids.state, state)

    def test_amount_is_that_in_the_currency_of_the_company(self):
        currency = self.env["res.currency"].create(
            {
                "name": "XTS",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2026-01-01", "rate": 2.0})],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Tests", "currency_id": currency.id}
        )
        self.step.amount_min = 501.0

        order = self._issue(pricelist_id=pricelist.id)

        self.assertOutcome(order, "skipped", "condition")

    def test_tag_of_the_company_counts_for_its_contact(self):
        tag = self.env["res.partner.category"].create({"name": "Dealer"})
        self.step.partner_tag_ids = tag
        self.customer.category_id = tag
        contact = self._create_customer(
            "Marie", parent_id=self.customer.id, is_company=False
        )

        self.assertOutcome(self._issue(partner_id=contact.id), "sent")

    def test_customer_without_the_tag_is_passed_over(self):
        tag = self.env["res.partner.category"].create({"name": "Dealer"})
        self.step.partner_tag_ids = tag

        self.assertOutcome(self._issue(), "skipped", "condition")

    def test_document_in_another_language_is_passed_over(self):
        self._speak_french()
        self.step.lang_ids = self.env["res.lang"]._lang_get("fr_FR")

        self.assertOutcome(self._issue(), "skipped", "condition")

    def test_later_version_is_passed_over_by_a_step_for_the_first(self):
        self.step.version_kind = "first"
        order = self._issue("2026-11-01 09:00:00")
        with freeze_time("2026-11-02 09:00:00"):
            order.action_proforma_revise()
            self._issue_again(order)

        self._run(WEDNESDAY)

        self.assertEqual(
            order.proforma_reminder_ids.mapped("reason"), ["revising", "condition"]
        )
