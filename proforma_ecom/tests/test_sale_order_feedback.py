from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderFeedback(ProformaCommon, HttpCase):
    """What the customer says of us once a pro forma came to its end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "seller", "sales_team.group_sale_salesman", name="Sam Seller"
        )
        cls.order = cls._create_proforma(user_id=cls.seller.id)
        cls.order._proforma_decline()

    def _rate(self, rate=4, remark="", order=None):
        order = order or self.order
        order.sudo()._proforma_rate(rate, remark, self.customer)

    def _post(self, token=None, **values):
        self.authenticate(None, None)
        token = token or self.order._portal_ensure_token()
        return self.url_open(
            f"/my/proformas/{self.order.id}/feedback?access_token={token}",
            data={"csrf_token": http.Request.csrf_token(self), **values},
        )

    def _get_rating(self):
        return self.order.rating_ids.filtered("consumed")

    def test_customer_answers_without_a_login(self):
        page = self._post(rate="4", remark="Quick & <b>kind</b>")

        self.assertIn("Your feedback is with us", page.text)
        self.assertEqual(self.order.proforma_rating, 4)
        self.assertEqual(self._get_rating().feedback, "Quick & <b>kind</b>")

    def test_answer_is_a_rating_of_the_salesperson_by_the_customer(self):
        self._rate(5)

        rating = self._get_rating()

        self.assertEqual(rating.partner_id, self.customer)
        self.assertEqual(rating.rated_partner_id, self.seller.partner_id)

    def test_second_click_gives_no_second_rating_and_no_error(self):
        for _click in range(2):
            page = self._post(rate="4", remark="Quick")

        self.assertIn("Your feedback is with us", page.text)
        self.assertEqual(len(self._get_rating()), 1)

    def test_question_is_asked_once(self):
        self.assertIn("o_proforma_feedback", self._post(rate="").text)
        self._rate(4)

        page = self._post(rate="1")

        self.assertEqual(self.order.proforma_rating, 4)
        self.assertNotIn("o_proforma_feedback", page.text)
        self.assertIn("You have told us already", page.text)

    def test_numbers_that_are_none_change_nothing(self):
        for rate in ("0", "6", "-1", "1e1", "NaN", "4.5", "", None):
            with self.subTest(rate):
                page = self._post(rate=rate)

                self.assertEqual(page.status_code, 200)
                self.assertIn("Choose a number from 1 to 5", page.text)
        self.assertFalse(self.order.proforma_rating)

    def test_file_in_the_place_of_a_remark_is_no_remark(self):
        self.authenticate(None, None)
        token = self.order._portal_ensure_token()

        page = self.url_open(
            f"/my/proformas/{self.order.id}/feedback?access_token={token}",
            data={"csrf_token": http.Request.csrf_token(self), "rate": "3"},
            files={"remark": ("a.txt", b"Hello")},
        )

        self.assertEqual(page.status_code, 200)
        self.assertFalse(self._get_rating().feedback)

    def test_wrong_link_rates_nothing(self):
        self.assertEqual(self._post(token="wrong", rate="5").status_code, 404)
        self.assertFalse(self.order.proforma_rating)

    def test_open_proforma_is_not_asked_about(self):
        order = self._create_proforma()

        self.assertFalse(order._is_proforma_feedback_wanted())
        with self.assertRaises(UserError):
            self._rate(order=order)

    def test_ends_are_asked_about(self):
        expired = self._create_proforma()
        expired._set_proforma_expired()
        accepted = self._create_proforma()
        self._sign(accepted)

        for order in (expired, accepted, self.order):
            with self.subTest(order.proforma_state):
                self.assertTrue(order._is_proforma_feedback_wanted())

    def test_company_that_does_not_ask_gets_no_answer(self):
        self.env.company.proforma_ask_feedback = False

        self.assertNotIn("o_proforma_feedback", self._post(rate="5").text)
        self.assertFalse(self.order.proforma_rating)

    def test_unhappy_customer_is_called_back(self):
        self._rate(2)

        activity = self.order.activity_ids.filtered(lambda a: "satisfied" in a.summary)
        self.assertEqual(activity.user_id, self.seller)

    def test_happy_customer_is_no_to_do(self):
        before = self.order.activity_ids

        self._rate(5, "Is it in stock?")

        self.assertEqual(self.order.activity_ids, before)

    def test_remark_that_is_too_long_is_refused_whole(self):
        with self.assertRaisesRegex(UserError, "characters"):
            self._rate(5, "x" * 2001)

    def test_user_cannot_write_feedback(self):
        with self.assertRaises(UserError):
            self.order.with_user(self.seller).write({"proforma_rating": 5})

    def test_customer_shows_the_average_of_his_orders(self):
        self._rate(4)
        other = self._create_proforma(user_id=self.seller.id)
        other._proforma_decline()
        self._rate(1, order=other)

        partner = self.customer.with_user(self.seller)

        self.assertEqual(partner.proforma_rating_avg, 2.5)
        domain = partner.action_view_proforma_ratings()["domain"]
        self.assertEqual(self.env["rating.rating"].search_count(domain), 2)

    def test_customer_without_feedback_has_no_average(self):
        self.assertEqual(self.customer.proforma_rating_avg, 0.0)

    def test_colleagues_read_that_feedback_was_given(self):
        self._rate(3)

        [row] = [
            row
            for row in self.order._prepare_proforma_timeline()
            if row["kind"] == "rated"
        ]

        self.assertEqual(row["who"], self.customer.name)

    def test_average_counts_who_has_answered_only(self):
        self._rate(4)
        orders = self.order | self._create_proforma()

        [(average,)] = orders._read_group(
            [("id", "in", orders.ids)], [], ["proforma_rating:avg"]
        )

        self.assertEqual(average, 4.0)
