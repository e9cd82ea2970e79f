from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderAnswer(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.price = cls.env.ref("proforma_ecom.decline_reason_price")
        cls.delay = cls.env.ref("proforma_ecom.decline_reason_delay")
        cls.order = cls._create_proforma().sudo()

    def _answer(self, reason, remark=None, order=None):
        (order or self.order)._proforma_answer(reason, remark, self.customer)

    def _get_kinds(self):
        return self.order.proforma_event_ids.mapped("kind")

    def _get_answers(self):
        return self.order.message_ids.filtered(
            lambda m: m.author_id == self.customer and m.message_type == "comment"
        )

    def test_state_stays_whatever_is_answered(self):
        for state in ("issued", "expired", "declined"):
            with self.subTest(state):
                order = self._create_proforma().sudo()
                if state != "issued":
                    order._update_proforma_state(state)

                self._answer(self.price, order=order)

                self.assertEqual(order.proforma_state, state)
                self.assertEqual(order.proforma_decline_reason_id, self.price)

    def test_event_keeps_the_reason_and_who_gave_it(self):
        self._answer(self.price, "Marie's own words")

        event = self.order.proforma_event_ids.filtered(lambda e: e.kind == "answered")
        self.assertEqual(event.partner_id, self.customer)
        self.assertEqual(event.note, self.price.name)

    def test_same_answer_again_has_no_effect(self):
        for _time in range(2):
            self._answer(self.price, "Twenty percent\ntoo much")

        self.assertEqual(self._get_kinds().count("answered"), 1)
        self.assertEqual(len(self._get_answers()), 1)

    def test_second_answer_replaces_the_reason_and_counts_once(self):
        self._answer(self.price)
        self._answer(self.delay, "Rather this")

        self.assertEqual(self.order.proforma_decline_reason_id, self.delay)
        self.assertEqual(self._get_kinds().count("answered"), 1)
        self.assertEqual(len(self._get_answers()), 2)

    def test_new_version_is_asked_about_anew(self):
        self._answer(self.price)
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()

        self.assertFalse(self.order.proforma_decline_reason_id)
        self._answer(self.price)
        self.assertEqual(self._get_kinds().count("answered"), 2)

    def test_answer_is_no_question(self):
        self._answer(self.price, "Too much for us")

        self.assertNotIn("asked", self._get_kinds())
        self.assertFalse(self.order.activity_ids)

    def test_question_after_an_answer_is_one(self):
        self._answer(self.price)
        self.order._proforma_ask("Is there a rebate?", self.customer)

        self.assertIn("asked", self._get_kinds())

    def test_answer_speaks_the_language_of_the_document(self):
        self._speak_french()
        self.customer.lang = "fr_FR"
        self.price.with_context(lang="fr_FR").name = "Trop cher"

        self._answer(self.price)

        self.assertIn("Trop cher", self._get_answers().body)

    def test_acceptance_forgets_why_not(self):
        self._answer(self.price)

        self._sign(self.order)

        self.assertEqual(self.order.proforma_state, "accepted")
        self.assertFalse(self.order.proforma_decline_reason_id)

    def test_answer_after_the_deadline_is_welcome(self):
        with freeze_time("2099-01-01"):
            self._answer(self.price)

        self.assertIn("answered", self._get_kinds())

    def test_remark_has_a_limit(self):
        self._answer(self.price, " " + "x" * 2000 + "\n")

        with self.assertRaises(UserError):
            self._answer(self.delay, "x" * 2001)

        self.assertEqual(self.order.proforma_decline_reason_id, self.price)

    # === INTEREST === #

    def test_interest_in_what_was_declined_is_told_once(self):
        self.order._update_proforma_state("declined")

        for _time in range(2):
            outcome = self.order._proforma_show_interest(self.customer)

        self.assertEqual(outcome, "interested")
        self.assertEqual(len(self._get_answers()), 1)
        self.assertEqual(len(self.order.activity_ids), 1)

    def test_nothing_is_renewed_that_can_be_accepted(self):
        with self.assertRaises(UserError):
            self.order._proforma_show_interest(self.customer)

    def test_accepted_proforma_is_not_renewed(self):
        self._sign(self.order)

        with self.assertRaisesRegex(UserError, "accepted already"):
            self.order._proforma_show_interest(self.customer)
