from datetime import datetime

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .common_status import ProformaStatusCommon


@tagged("post_install", "-at_install")
class TestProformaRequest(ProformaStatusCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_listed_order()
        cls.order.action_proforma_issue()

    def _request(self, kind="change", **vals):
        return self.order.sudo()._proforma_create_request(kind, **vals)

    def _answer(self, request, state, message=None, user=None):
        with self.mock_mail_gateway():
            request.with_user(user or self.sale_user)._answer(state, message)

    # === ASKING === #

    def test_question_on_the_page_waits_in_the_inbox(self):
        self.order.sudo()._proforma_ask("When do you deliver?", self.customer)

        request = self.order.proforma_waiting_request_ids
        self.assertEqual(
            (request.kind, request.message, request.asked_by),
            ("question", "When do you deliver?", self.customer.name),
        )

    def test_answer_is_promised_in_working_hours(self):
        self.env.company.resource_calendar_id = False  # Monday to Friday, 9 to 18.

        # 17:00 in Paris on a Friday: an hour is left of the day, seven are missing.
        with freeze_time("2026-11-27 16:00:00"):
            request = self._request()

        self.assertEqual(request.answer_by, datetime(2026, 11, 30, 15, 0))

    def test_to_do_is_due_on_the_day_of_the_promise(self):
        self.env.company.resource_calendar_id = False
        self.env.company.proforma_answer_hours = 1

        with freeze_time("2026-11-27 17:30:00"):
            request = self._request()

        self.assertEqual(
            request.activity_id.date_deadline, fields.Date.to_date("2026-11-30")
        )

    def test_request_is_an_event(self):
        self._request(partner_id=self.customer.id)

        event = self.order.proforma_event_ids[0]
        self.assertEqual(
            (event.kind, event.partner_id, event.note),
            ("requested", self.customer, "change"),
        )

    def test_renewal_that_somebody_decides_on_waits_in_the_inbox(self):
        self.env.company.proforma_renewal_policy = "never"
        order = self._create_expired()

        order.sudo()._proforma_request_renewal(self.customer, "Please")

        request = order.proforma_waiting_request_ids
        self.assertEqual((request.kind, request.message), ("renewal", "Please"))

    def test_request_is_overdue_once_the_promise_is_broken(self):
        request = self._request()
        others = self.env["proforma.request"]

        with freeze_time(fields.Datetime.add(request.answer_by, seconds=1)):
            request.invalidate_recordset(["is_overdue"])
            found = others.search([("is_overdue", "=", True)])

            self.assertTrue(request.is_overdue)
        self.assertIn(request, found)
        self.assertNotIn(request, others.search([("is_overdue", "=", True)]))

    # === ANSWERS === #

    def test_answer_to_a_question_reaches_the_customer_once(self):
        request = self._request("question", message="When?")

        self._answer(request, "answered", "On Monday.")

        [mail] = self._mails
        self.assertEqual(mail["email_to"], [self.customer.email_formatted])
        self.assertIn("On Monday.", mail["body"])
        self.assertIn("When?", mail["body"])

    def test_answer_stands_in_the_discussion_where_no_mail_is_wanted(self):
        self._switch("request_answered", False)
        request = self._request("question", message="When?")

        self._answer(request, "answered", "On <b>Monday</b>.")

        self.assertIn("On &lt;b&gt;Monday&lt;/b&gt;.", self.order.message_ids[0].body)

    def test_who_answered_is_known(self):
        request = self._request("question")

        self._answer(request, "answered", "Yes")

        self.assertEqual(request.answered_by_id, self.sale_user)
        event = self.order.proforma_event_ids[0]
        self.assertEqual((event.kind, event.note), ("request_answered", "answered"))

    def test_to_do_ends_with_the_last_question_of_its_kind(self):
        first, second = self._request("question"), self._request("question")

        self._answer(first, "answered", "Yes")
        self.assertTrue(self.order.activity_ids)

        self._answer(second, "answered", "No")
        self.assertFalse(self.order.activity_ids)

    def test_request_is_answered_only_once(self):
        request = self._request("question")
        self._answer(request, "answered", "Yes")

        with self.assertRaisesRegex(UserError, "answered already"):
            self._answer(request, "answered", "No")

        self.assertEqual(request.answer, "Yes")

    def test_refusal_needs_words(self):
        request = self._request()

        with self.assertRaisesRegex(UserError, "Write a few words"):
            self._answer(request, "refused", "  ")

        self.assertEqual(request.state, "waiting")

    def test_accepted_request_issues_a_version_that_brings_the_words(self):
        request = self._request()

        self._answer(request, "accepted", "With pleasure.")

        self.assertEqual(self.order.proforma_version_id.version, 2)
        self.assertEqual(request.state, "accepted")
        [mail] = self._mails
        self.assertIn("With pleasure.", mail["body"])

    def test_accepted_renewal_has_the_prices_of_today(self):
        self.env.company.proforma_renewal_policy = "never"
        self.order = self._create_expired()
        self.order.sudo()._proforma_request_renewal(self.customer)
        self.product.list_price = 110.0

        self._answer(self.order.proforma_waiting_request_ids, "accepted")

        self.assertEqual(self.order.proforma_state, "issued")
        self.assertEqual(self.order.amount_total, 1100.0)
        self.assertGreaterEqual(
            self.order.validity_date, self.env.company._get_proforma_today()
        )

    def test_adapted_request_is_answered_by_the_next_version(self):
        request = self._request()

        self._answer(request, "adapted", "Ten are a box.")
        self.assertEqual(
            (self.order.proforma_state, request.state), ("revising", "waiting")
        )

        with self.mock_mail_gateway():
            self.order.action_proforma_issue()
        self.assertEqual(request.state, "adapted")
        self.assertIn("Ten are a box.", self._mails[0]["body"])

    def test_request_that_is_adapted_is_not_done_twice(self):
        request = self._request()
        self._answer(request, "adapted")

        for state in ("accepted", "adapted"):
            with (
                self.subTest(state),
                self.assertRaisesRegex(UserError, "on the order already"),
            ):
                self._answer(request, state)

    def test_refusal_of_what_was_no_pro_forma_yet_reaches_the_customer(self):
        self.order = self._create_listed_order()
        request = self._request("first")

        self._answer(request, "refused", "Sold out.")

        self.assertIn("Sold out.", self._mails[0]["body"])
        self.assertEqual(self.order.proforma_state, "none")

    def test_first_pro_forma_is_issued_and_sent(self):
        self.order = self._create_listed_order()
        request = self._request("first")

        self._answer(request, "accepted", "Here it is.")

        self.assertEqual(self.order.proforma_state, "issued")
        self.assertEqual(request.state, "accepted")
        self.assertEqual(len(self._mails), 1)

    # === WHAT ENDS IT OTHERWISE === #

    def test_refusal_of_the_pro_forma_ends_all_that_waits(self):
        requests = self._request() | self._request("question")

        self.order.sudo()._proforma_decline(partner=self.customer)

        self.assertEqual(requests.mapped("state"), ["withdrawn"] * 2)

    def test_question_outlives_the_acceptance(self):
        change, question = self._request(), self._request("question")

        self._sign(self.order)

        self.assertEqual((change.state, question.state), ("withdrawn", "waiting"))

    def test_counter_offer_outlives_an_extension(self):
        offer = self._request("offer", amount_asked=900.0)

        self.order._proforma_extend(fields.Date.add(self.order.validity_date, days=10))

        self.assertEqual(offer.state, "waiting")

    def test_refused_change_leaves_the_version_to_be_accepted(self):
        request = self._request()
        self.order.sudo()._set_proforma_revising()

        self._answer(request, "refused", "Sold out.")

        self.assertFalse(self.order._proforma_acceptance_error_message())
        self.assertEqual(self.order.proforma_version_id.version, 1)

    def test_version_waits_for_the_last_change_and_for_no_offer(self):
        self._request("offer", amount_asked=900.0)
        first, second = self._request(), self._request()
        self.order.sudo()._set_proforma_revising()

        self._answer(first, "refused", "Sold out.")
        self.assertEqual(self.order.proforma_state, "revising")

        self._answer(second, "refused", "Sold out.")
        self.assertEqual(self.order.proforma_state, "issued")

    def test_refused_change_does_not_undo_a_revision_of_ours(self):
        request = self._request()
        self.order.order_line.price_unit = 90.0

        self._answer(request, "refused", "See the new price.")

        self.assertEqual(self.order.proforma_state, "revising")

    # === ACCESS === #

    def test_salesperson_answers_only_for_orders_of_his_own(self):
        request = self._request("question")
        self.order.user_id = self.sale_manager

        with self.assertRaises(AccessError):
            self._answer(request, "answered", "Yes")

    def test_salesperson_of_another_company_finds_nothing(self):
        request = self._request()
        company = self.env["res.company"].create({"name": "Second"})
        user = new_test_user(
            self.env,
            "second_manager",
            "sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

        self.assertFalse(request.with_user(user).search([("id", "=", request.id)]))

    def test_portal_user_reads_no_request_directly(self):
        request = self._request()
        user = new_test_user(
            self.env, "marie", "base.group_portal", partner_id=self.customer.id
        )

        with self.assertRaises(AccessError):
            request.with_user(user).read(["message"])

    def test_salesperson_writes_no_request_directly(self):
        request = self._request()

        with self.assertRaises(AccessError):
            request.with_user(self.sale_user).state = "accepted"
