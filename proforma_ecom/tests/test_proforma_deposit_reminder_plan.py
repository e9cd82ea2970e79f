from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common_deposit_reminder import DAY_3, DUE, DepositReminderCommon

RENDER_LOGGER = "odoo.addons.mail.models.mail_render_mixin"


@tagged("post_install", "-at_install")
class TestProformaDepositReminderPlan(DepositReminderCommon):
    """Which plan reminds of a deposit, and what holds a reminder back."""

    def _create_plan(self, *delays):
        template = self.first.template_id
        return self.env["proforma.reminder.plan"].create(
            {
                "name": "Own",
                "step_ids": [
                    Command.create(
                        {
                            "name": f"Day {delay}",
                            "base": "deposit_due",
                            "delay": delay,
                            "template_id": template.id,
                        }
                    )
                    for delay in delays
                ],
            }
        )

    def _remind_of_offer(self, at):
        """Send the customer a reminder of another pro forma."""
        with freeze_time("2026-12-01 10:00:00"):
            offer = self._create_proforma_without_pdf(validity_date="2026-12-31")
        reminder = offer.sudo().proforma_reminder_ids[0]
        reminder.write({"state": "sent", "done_on": at})

    def test_plan_of_the_order_goes_first(self):
        order = self._accept(proforma_reminder_plan_id=self._create_plan(5).id)

        self.assertEqual(self._get_days_reminded(order), [5])

    def test_plan_without_steps_for_deposits_leaves_them_to_that_of_the_company(self):
        self.env.company.proforma_reminder_plan_id = self._create_plan(5)
        order = self._accept(proforma_reminder_plan_id=self._create_plan().id)

        self.assertEqual(self._get_days_reminded(order), [5])

    def test_order_without_a_plan_has_its_deposits_reminded_of(self):
        self.env.company.proforma_reminder_plan_id = False
        order = self._accept()

        self.assertFalse(order.proforma_reminder_plan_id)
        self.assertEqual(self._get_days_reminded(order), [3, 10])

    def test_plan_whose_steps_are_switched_off_reminds_of_none(self):
        plan = self._create_plan(5)
        plan.step_ids.active = False
        order = self._accept(proforma_reminder_plan_id=plan.id)

        self.assertEqual(self._get_days_reminded(order), [])

    def test_another_plan_takes_over_what_is_still_to_come(self):
        order = self._accept()
        self._get_days_reminded(order, number=5)

        order.proforma_reminder_plan_id = self._create_plan(7)

        days = self._get_days_reminded(order, first="2026-12-16", number=8)
        self.assertEqual(days, [2])

    def test_plan_of_another_company_reminds_of_none(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.company.proforma_reminder_plan_id = False
        order = self._accept()
        self.standard.company_id = other

        self.assertEqual(self._get_days_reminded(order), [])

    def test_reminder_of_an_offer_delays_that_of_a_deposit(self):
        order = self._accept()
        self._run_day(DUE)
        self._remind_of_offer("2026-12-12 09:00:00")

        days = self._get_days_reminded(order, first="2026-12-13", number=5)

        self.assertEqual(days, [3])

    def test_reminder_that_waits_says_why(self):
        order = self._accept()
        self._run_day(DUE)
        self._remind_of_offer("2026-12-12 09:00:00")

        self._run_day(DAY_3)

        reminder = order.proforma_reminder_ids.filtered(
            lambda r: r.step_id == self.first
        )
        self.assertRecordValues(reminder, [{"state": "planned", "reason": "too_soon"}])

    def test_deposit_goes_before_an_offer(self):
        order = self._accept()
        with freeze_time("2026-12-12 10:00:00"):
            offer = self._create_proforma_without_pdf(validity_date="2027-01-31")
        self._run_day(DUE)
        self._run(f"{DAY_3} 08:05:00")

        self.assertEqual(self._get_states(order)[0], "sent")
        self.assertEqual(offer.proforma_reminder_ids[0].reason, "too_soon")

    def test_deposit_whose_turn_never_comes_is_told_to_the_salesperson(self):
        self.first.tolerance_days = 0
        order = self._accept()
        self._run_day(DUE)
        self._remind_of_offer("2026-12-12 09:00:00")

        self._run_day(DAY_3)

        self.assertEqual(self._get_states(order)[0], "too_soon")
        self.assertIn("Instalment 1", order.activity_ids.summary)

    def test_deposit_whose_day_was_missed_is_told_to_the_salesperson(self):
        order = self._accept()
        self._run_day(DUE)

        self._run_day("2026-12-29")

        self.assertEqual(self._get_states(order), ["too_late", "sent"])
        self.assertEqual(len(order.activity_ids), 1)

    def test_customer_without_an_address_is_told_to_the_salesperson(self):
        order = self._accept()
        self._run_day(DUE)
        order.partner_id.email = False

        self._run_day(DAY_3)

        self.assertEqual(len(order.activity_ids), 1)
        self.assertIn("no valid e-mail address", order.activity_ids.note)

    def test_broken_template_is_told_and_stops_no_other(self):
        broken = self._accept()
        partner = self._create_customer("Garage Petit", email="garage@example.com")
        sound = self._accept(partner_id=partner.id)
        self.first.template_id.body_html = (
            f"<t t-if='object.id == {broken.id}' t-out='1 / 0'/><p>Hello</p>"
        )
        self._run_day(DUE)

        with mute_logger(RENDER_LOGGER):
            self._run_day(DAY_3)

        self.assertEqual(self._get_states(broken)[0], "error")
        self.assertEqual(len(broken.activity_ids), 1)
        self.assertEqual(self._get_states(sound)[0], "sent")

    def test_customer_in_the_group_without_reminders_owes_all_the_same(self):
        self.standard.holdout_percent = 100.0
        order = self._accept()

        self.assertEqual(self._get_days_reminded(order, number=5), [3])

    def test_shadow_plan_sends_no_reminder_of_a_deposit(self):
        self.standard.is_shadow = True
        order = self._accept()

        self.assertEqual(self._get_days_reminded(order, number=5), [])
        self.assertEqual(self._get_states(order)[0], "shadow")
