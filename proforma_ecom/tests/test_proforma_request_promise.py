from datetime import datetime
from unittest.mock import patch

from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common_status import ProformaStatusCommon

PROMISE_LOGGER = "odoo.addons.proforma_ecom.models.proforma_request_promise_mixin"


@tagged("post_install", "-at_install")
class TestProformaRequestPromise(ProformaStatusCommon):
    """Whether an answer comes in time, and who hears of it if it does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id = False  # Monday to Friday, 9 to 18.
        cls.env.company.partner_id.tz = "Europe/Paris"
        cls.leader = new_test_user(
            cls.env, login="leader", groups="sales_team.group_sale_salesman_all_leads"
        )
        cls.team = cls.env["crm.team"].create(
            {"name": "Ovens", "user_id": cls.leader.id}
        )
        cls.request = cls._ask()

    @classmethod
    def _ask(cls, kind="change", **values):
        """Return a request of Friday, 10:00 in Paris; its answer is due at 18:00."""
        order = cls._create_listed_order(team_id=cls.team.id, **values)
        with freeze_time("2026-11-27 09:00:00"):
            return order.sudo()._proforma_create_request(kind)

    def _escalate(self, now="2026-11-30 08:00:00"):
        with freeze_time(now):
            self._run_cron("ir_cron_escalate_requests")
        self.env.invalidate_all()

    def _get_told(self, user, request=None):
        activities = (request or self.request).order_id.activity_ids
        return activities.filtered(
            lambda a: a.user_id == user and "Late" in (a.summary or "")
        )

    def test_leader_is_told_once_when_the_promise_is_broken(self):
        self._escalate()
        self._escalate("2026-12-01 08:00:00")

        self.assertEqual(len(self._get_told(self.leader)), 1)
        self.assertEqual(self._count_events(self.request.order_id, "answer_late"), 1)

    def test_nobody_is_told_before(self):
        self._escalate("2026-11-27 16:59:59")

        self.assertFalse(self.request.late_since)
        self.assertFalse(self._get_told(self.leader))

    def test_every_kind_of_request_has_its_promise(self):
        requests = self.request
        for kind in ("first", "question", "offer", "renewal"):
            requests |= self._ask(kind)

        self._escalate()

        self.assertTrue(all(requests.mapped("late_activity_id")))

    def test_to_do_of_the_leader_says_who_waits_until_when(self):
        self._escalate()

        note = self._get_told(self.leader).note
        self.assertIn(self.request.asked_by, note)
        self.assertIn("Friday, November 27, 2026", note)

    def test_answer_that_came_late_ends_the_to_do_of_the_leader(self):
        self._escalate()

        self.request._close("accepted")

        self.assertFalse(self._get_told(self.leader))

    def test_answered_request_is_late_no_more(self):
        self.request._close("accepted")

        self._escalate()

        self.assertFalse(self.request.late_since)

    def test_leader_of_another_company_is_not_told(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.leader.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})

        self._escalate()

        self.assertTrue(self.request.late_since)
        self.assertFalse(self.request.late_activity_id)

    def test_leader_who_may_not_see_the_order_is_not_told(self):
        self.leader.group_ids = self.env.ref("base.group_user")

        self._escalate()

        self.assertTrue(self.request.late_since)
        self.assertFalse(self.request.late_activity_id)

    def test_one_that_fails_holds_up_no_other(self):
        other = self._ask()
        plan = type(other)._plan_escalation

        def fail_once(request, leader):
            if request == self.request:
                raise ValueError("No.")
            return plan(request, leader)

        with (
            patch.object(type(other), "_plan_escalation", fail_once),
            mute_logger(PROMISE_LOGGER),
        ):
            self._escalate()

        self.assertFalse(self.request.late_since)
        self.assertTrue(other.late_activity_id)

    def test_order_without_a_team_is_in_the_trail(self):
        self.request.order_id.team_id = False

        self._escalate()

        self.assertEqual(self._count_events(self.request.order_id, "answer_late"), 1)

    def test_time_to_answer_counts_working_hours_only(self):
        for answered_on, expected, reason in [
            ("2026-11-27 10:30:00", 1.5, "the same morning"),
            ("2026-11-30 09:00:00", 9.0, "over a weekend"),
            ("2026-11-28 12:00:00", 8.0, "at the weekend"),
        ]:
            request = self._ask()
            with self.subTest(reason), freeze_time(answered_on):
                request._close("accepted")

                self.assertAlmostEqual(request.answer_hours, expected)

    def test_promise_is_said_in_the_time_of_the_company(self):
        self.request.answer_by = datetime(2026, 11, 30, 13, 0)

        text = self.request._get_promise_text()

        self.assertIn("Monday, November 30, 2026", text)
        self.assertRegex(text, r"2:00\sPM")
