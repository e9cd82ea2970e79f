from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderScheduleDates(ProformaPaymentCommon):
    """Accepted on the 1st of December: 400 due after 10 days, 500 before delivery."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["proforma.deposit.plan"].create(
            {
                "name": "By dates",
                "line_ids": [
                    Command.create(
                        {
                            "sequence": position,
                            "name": f"Instalment {position}",
                            "percent": percent,
                            "nature": "acompte",
                            "needed_to_confirm": False,
                            **values,
                        }
                    )
                    for position, percent, values in (
                        (1, 40.0, {"trigger": "after_acceptance", "days": 10}),
                        (2, 50.0, {"trigger": "before_delivery", "days": 7}),
                        (3, 10.0, {"trigger": "final_invoice"}),
                    )
                ],
            }
        )

    def _accept(self, at="2026-12-01 10:00:00", **values):
        with freeze_time(at):
            order = self._create_proforma(
                **{"proforma_deposit_plan_id": self.plan.id, **values}
            )
            self.env["proforma.acceptance"].create(
                {"order_id": order.id, "reason": "By phone"}
            ).action_accept()
        return order

    def _follow_up(self, at):
        with freeze_time(at):
            self._run_cron("ir_cron_follow_up_deposits")

    def _get_days_with(self, order, words, first, days):
        """Return the days, counted from the first, on which the customer was written
        to; every day the scheduled action runs twice.
        """
        found, known = [], order.message_ids
        for number in range(days):
            day = fields.Date.to_date(first) + timedelta(days=number)
            self._follow_up(f"{day} 06:00:00")
            self._follow_up(f"{day} 16:00:00")
            order.invalidate_recordset(["message_ids"])
            new = (order.message_ids - known).filtered(
                lambda message: words in (message.subject or "")
            )
            found += [number] * len(new)
            known = order.message_ids
        return found

    def _get_due_dates(self, order):
        return [
            deposit.due_date and str(deposit.due_date)
            for deposit in order.proforma_deposit_ids
        ]

    def test_acceptance_late_at_night_is_on_the_company_day(self):
        order = self._accept(at="2026-11-30 23:30:00")

        self.assertEqual(self._get_due_dates(order), ["2026-12-11", False, False])

    def test_delivery_that_is_promised_later_dates_what_comes_before_it(self):
        order = self._accept()

        with freeze_time("2026-12-02 10:00:00"):
            order.commitment_date = "2026-12-20 23:30:00"

        self.assertEqual(
            self._get_due_dates(order), ["2026-12-11", "2026-12-14", False]
        )

    def test_near_delivery_makes_its_instalment_due_today(self):
        order = self._accept()

        with freeze_time("2026-12-02 10:00:00"):
            order.commitment_date = "2026-12-03 10:00:00"

        deposit = order.proforma_deposit_ids[1]
        self.assertEqual((deposit.state, str(deposit.due_date)), ("due", "2026-12-01"))

    def test_delivery_that_moves_away_is_asked_for_anew_on_its_day(self):
        order = self._accept(commitment_date="2026-12-09 10:00:00")
        self._follow_up("2026-12-02 10:00:00")
        deposit = order.proforma_deposit_ids[1]
        self.assertTrue(deposit.asked_on)

        with freeze_time("2026-12-03 10:00:00"):
            order.commitment_date = "2026-12-16 10:00:00"

        self.assertEqual((deposit.state, deposit.asked_on), ("planned", False))
        days = self._get_days_with(order, "payment is due", "2026-12-03", 8)
        self.assertEqual(days, [6])

    def test_invoiced_instalment_keeps_its_day(self):
        self.plan.invoice_on = "due"
        order = self._accept(commitment_date="2026-12-08 10:00:00")
        deposit = order.proforma_deposit_ids[1]
        self.assertEqual(deposit.invoice_id.state, "posted")

        with freeze_time("2026-12-02 10:00:00"):
            order.commitment_date = "2026-12-31 10:00:00"

        self.assertEqual((deposit.state, str(deposit.due_date)), ("due", "2026-12-01"))

    def test_due_instalment_is_asked_for_on_its_day_once(self):
        order = self._accept()

        days = self._get_days_with(order, "payment is due", "2026-12-08", 7)

        self.assertEqual(days, [3])
        self.assertEqual(order.proforma_deposit_ids[0].state, "due")

    def test_day_begins_at_midnight_of_the_company(self):
        order = self._accept()

        self._follow_up("2026-12-10 22:59:00")
        self.assertEqual(order.proforma_deposit_ids[0].state, "planned")
        self._follow_up("2026-12-10 23:01:00")

        self.assertEqual(order.proforma_deposit_ids[0].state, "due")

    def test_due_instalment_is_invoiced_once_on_its_day(self):
        self.plan.invoice_on = "due"
        order = self._accept()

        self._follow_up("2026-12-11 06:00:00")
        self._follow_up("2026-12-11 07:00:00")

        self.assertRecordValues(
            order.invoice_ids, [{"state": "posted", "amount_total": 480.0}]
        )

    def test_cancelled_order_is_not_asked_for(self):
        order = self._accept()
        order.action_cancel()

        self.assertEqual(
            self._get_days_with(order, "payment is due", "2026-12-11", 2), []
        )

    def test_instalment_that_cannot_be_invoiced_stops_no_other(self):
        self.plan.invoice_on = "due"
        broken, sound = self._accept(), self._accept()
        broken.order_line.filtered("product_id").qty_delivered = 10
        broken._create_invoices(final=True).action_post()

        self._follow_up("2026-12-11 06:00:00")
        self._follow_up("2026-12-11 07:00:00")

        self.assertEqual(sound.proforma_deposit_ids[0].invoice_id.state, "posted")
        self.assertFalse(broken.proforma_deposit_ids[0].invoice_id)
        self.assertEqual(broken.proforma_deposit_ids[0].state, "due")
        self.assertEqual(len(broken.activity_ids), 1)

    def test_each_company_has_its_own_day(self):
        other = self.env["res.company"].create({"name": "New York"})
        other.partner_id.tz = "America/New_York"
        self._complete_company(other)
        orders = [
            self._accept(company_id=company.id) for company in (self.env.company, other)
        ]
        states = []

        for at in ("2026-12-10 23:30:00", "2026-12-11 05:30:00"):
            self._follow_up(at)
            states.append([o.proforma_deposit_ids[0].state for o in orders])

        self.assertEqual(states, [["due", "planned"], ["due", "due"]])
