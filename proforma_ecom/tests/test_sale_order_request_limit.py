from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from ..const_request import MAX_REQUESTS_A_DAY
from .common_negotiation import ProformaNegotiationCommon


@tagged("post_install", "-at_install")
class TestSaleOrderRequestLimit(ProformaNegotiationCommon):
    """A click that comes twice asks once, and nobody asks without end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.order.proforma_version_id
        cls.colleague = cls._create_customer(
            "Paul", parent_id=cls.customer.id, is_company=False
        )

    def _ask(self, question="When?", **values):
        with self.mock_mail_gateway():
            self.order.sudo()._proforma_ask(question, self.customer, **values)

    def _get_requests(self):
        self.order.invalidate_recordset()
        return self.order.proforma_request_ids

    # === SECOND CLICKS === #

    def test_second_click_on_a_change_makes_no_second_version(self):
        typed = {f"qty_{self.tray_line.id}": "4"}

        answers = [self._change(typed, version=self.first) for _click in range(2)]

        self.assertEqual(answers, ["change_accepted"] * 2)
        self.assertEqual(len(self._get_requests()), 1)
        self.assertEqual(self.order.proforma_version_id.version, 2)

    def test_second_click_on_a_change_that_waits_asks_once(self):
        typed = {f"qty_{self.oven_line.id}": "900"}

        answers = [self._change(typed, version=self.first) for _click in range(2)]

        self.assertEqual(answers, ["change_asked"] * 2)
        self.assertEqual(len(self._get_requests()), 1)

    def test_same_change_by_a_colleague_is_told_of_the_new_version(self):
        typed = {f"qty_{self.tray_line.id}": "4"}
        self._change(typed)

        with self.assertRaisesRegex(UserError, "has changed meanwhile"):
            self._change(typed, version=self.first, partner=self.colleague)

    def test_another_quantity_is_no_second_click(self):
        self._change({f"qty_{self.tray_line.id}": "4"})

        with self.assertRaisesRegex(UserError, "has changed meanwhile"):
            self._change({f"qty_{self.tray_line.id}": "5"}, version=self.first)

    def test_second_click_on_an_offer_gets_the_same_answer(self):
        company = self.env.company
        company.write({"proforma_offer_rule": "automatic", "proforma_offer_floor": 20})
        for amount, answer in (("1", "offer_refused"), ("1300", "offer_accepted")):
            with self.subTest(amount):
                version = self.order.proforma_version_id
                answers = [self._offer(amount, version=version) for _click in range(2)]
                self.assertEqual(answers, [answer] * 2)
        self.assertEqual(len(self._get_requests()), 2)

    def test_same_offer_for_a_line_and_for_the_whole_are_two(self):
        self.assertEqual(self._offer("90", line=self.oven_line), "offer_asked")

        with self.assertRaisesRegex(UserError, "waits for our answer"):
            self._offer("90")

    def test_second_click_on_a_question_is_one_message(self):
        before = self.order.message_ids

        self._ask()
        self._ask()

        self.assertEqual(len(self._get_requests()), 1)
        messages = self.order.message_ids - before
        self.assertEqual(len(messages.filtered("author_id.partner_share")), 1)

    def test_second_click_on_a_question_about_a_line_asks_once(self):
        with self.mock_mail_gateway():
            for line in (self.oven_line, self.oven_line, self.tray_line):
                self.order.sudo()._proforma_ask_about(line, "When?", self.customer)

        self.assertEqual(
            self._get_requests().order_line_id, self.oven_line | self.tray_line
        )
        self.assertEqual(len(self._get_requests()), 2)

    def test_same_question_minutes_later_is_asked_again(self):
        with freeze_time(Datetime.subtract(Datetime.now(), minutes=2)):
            self._ask()

        self._ask()

        self.assertEqual(len(self._get_requests()), 2)

    def test_question_after_a_refusal_is_told_once_and_waits_for_nobody(self):
        self.order._proforma_decline()
        before = self.order.message_ids

        self._ask()
        self._ask()

        self.assertFalse(self._get_requests())
        self.assertEqual(len(self.order.message_ids - before), 1)

    def test_what_was_withdrawn_may_be_asked_for_again(self):
        self._offer("1200")
        self.order._proforma_withdraw_request(self._get_requests(), self.customer)

        self.assertEqual(self._offer("1200"), "offer_asked")

    # === LIMIT === #

    def _ask_and_withdraw(self, times):
        for number in range(times):
            self._ask(f"Question {number}")
            request = self.order.proforma_waiting_request_ids
            self.order._proforma_withdraw_request(request, self.customer)

    def test_asking_and_withdrawing_ends(self):
        self._ask_and_withdraw(MAX_REQUESTS_A_DAY)

        with self.assertRaisesRegex(UserError, "50 requests came for PF.* tomorrow"):
            self._ask("One more")
        with self.assertRaisesRegex(UserError, "50 requests came for PF.* tomorrow"):
            self._offer("1200")
        self.assertEqual(len(self._get_requests()), MAX_REQUESTS_A_DAY)

    def test_what_was_asked_a_day_ago_does_not_count(self):
        with freeze_time(Datetime.subtract(Datetime.now(), days=1)):
            self._ask_and_withdraw(MAX_REQUESTS_A_DAY)

        self._ask("One more")

        self.assertEqual(len(self._get_requests()), MAX_REQUESTS_A_DAY + 1)

    def test_another_pro_forma_is_not_limited(self):
        self._ask_and_withdraw(MAX_REQUESTS_A_DAY)
        other = self._create_two_lines()
        other.action_proforma_issue()

        self.assertEqual(self._offer("1200", order=other), "offer_asked")
