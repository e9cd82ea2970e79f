from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.mail.tests.common import MailCase

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderReview(MailCase, ShopProformaCommon):
    """A cart that a salesperson looks at before it becomes a pro forma."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id = False  # Monday to Friday, 9 to 18.
        cls.env.company.partner_id.tz = "Europe/Paris"
        cls.product.write({"list_price": 20.0, "taxes_id": False})
        cls.website.write({"proforma_review": "always", "salesperson_id": cls.env.uid})
        cls.cart = cls._create_cart(cls.buyer.partner_id)

    def _hand_in(self, **words):
        self.cart.sudo()._proforma_take_cart(**words)
        return self.cart._get_proforma_first_request()

    def test_review_is_asked_for_above_the_amount_only(self):
        self.website.proforma_review = "above"
        for limit, expected in [(99.99, True), (100.0, False)]:
            self.website.proforma_review_amount = limit
            with self.subTest(limit):
                self.assertEqual(self.cart._is_proforma_review_needed(), expected)

    def test_cart_waits_with_a_promise_and_a_to_do(self):
        with freeze_time("2026-11-27 09:00:00"):
            request = self._hand_in(message="By the 5th, please")

        self.assertEqual(
            (request.kind, request.state, request.message),
            ("first", "waiting", "By the 5th, please"),
        )
        self.assertEqual(request.answer_by, datetime(2026, 11, 27, 17, 0))
        self.assertEqual(
            request.activity_id.date_deadline, datetime(2026, 11, 27).date()
        )

    def test_it_is_no_cart_and_no_pro_forma(self):
        self._hand_in()

        self.assertEqual((self.cart.state, self.cart.proforma_state), ("sent", "none"))
        self.assertFalse(self.cart.proforma_number)

    def test_second_click_hands_in_nothing_more(self):
        self._hand_in()
        self._hand_in()

        self.assertEqual(len(self.cart.proforma_request_ids), 1)

    def test_delivery_cost_is_added_where_it_is_known(self):
        self._hand_in()

        self.assertEqual(self.cart.amount_total, 115.0)

    def test_missing_delivery_method_is_the_salespersons_to_mend(self):
        self.env["delivery.carrier"].search([]).is_published = False

        request = self._hand_in()

        self.assertEqual(request.state, "waiting")

    def test_visitor_is_told_by_mail_with_the_way_to_his_page(self):
        with self.mock_mail_gateway(), self.mock_mail_app():
            self._hand_in()

        mail = self._new_mails.filtered(lambda m: "look at your cart" in m.body_html)
        self.assertIn("answer by", mail.body_html)
        self.assertIn("See your request", mail.body_html)
        self.assertIn(f"/shop/proforma/requested/{self.cart.id}", self.cart.access_url)

    def test_normal_button_closes_the_request_and_sends_the_document(self):
        request = self._hand_in()

        with self.mock_mail_gateway():
            self.cart.action_proforma_issue()

        self.assertEqual(request.state, "accepted")
        self.assertFalse(request.activity_id.exists())
        mailing = self.cart.proforma_version_id.all_mailing_ids
        self.assertEqual(mailing.mapped("kind"), ["issued"])

    def test_document_is_sent_once_when_the_inbox_accepts_it(self):
        request = self._hand_in()

        with self.mock_mail_gateway():
            request._answer("accepted", "With pleasure.")

        self.assertEqual(self.cart.proforma_state, "issued")
        mailing = self.cart.proforma_version_id.all_mailing_ids
        self.assertEqual(mailing.mapped("kind"), ["issued"])
        self.assertIn("With pleasure.", mailing.mail_message_id.body)

    def test_words_reach_the_customer_beside_a_template_without_them(self):
        template = self.env.ref("proforma_ecom.mail_template_proforma_issued")
        template.body_html = "<p>Here it is.</p>"
        request = self._hand_in()

        with self.mock_mail_gateway():
            request._answer("accepted", "With pleasure.")

        said = self.cart.message_ids.filtered(lambda m: "With pleasure" in m.body)
        self.assertIn(self.buyer.partner_id, said.notified_partner_ids)

    def test_refusal_is_told_and_leaves_nothing_to_sign_or_pay(self):
        self.cart.write({"require_payment": True, "require_signature": True})
        request = self._hand_in()

        with self.mock_mail_gateway():
            request._answer("refused", "We do not deliver there.")

        said = self.cart.message_ids.filtered(lambda m: "not deliver" in m.body)
        self.assertIn(self.buyer.partner_id, said.notified_partner_ids)
        self.assertFalse(self.cart._has_to_be_paid() or self.cart._has_to_be_signed())
        self.assertTrue(self.cart._is_proforma_under_review())

    def test_cancelled_order_waits_for_nothing(self):
        request = self._hand_in()

        self.cart.action_cancel()

        self.assertEqual(request.state, "withdrawn")

    def test_confirmed_order_waits_for_nothing(self):
        request = self._hand_in()

        self.cart.action_confirm()

        self.assertEqual(request.state, "accepted")

    def test_it_counts_as_open(self):
        self.website.proforma_open_max = 1
        self._hand_in()
        cart = self._create_cart(self.buyer.partner_id).with_user(self.buyer).sudo()

        self.assertTrue(cart._get_proforma_refusal())

    def test_reference_is_on_the_order(self):
        self._hand_in(reference="PO-118")

        self.assertEqual(self.cart.client_order_ref, "PO-118")

    @freeze_time("2026-11-27 09:00:00")
    def test_offer_says_until_when_an_answer_comes(self):
        rows = self.cart._prepare_proforma_shop_offer()["rows"]

        self.assertIn("Friday, November 27, 2026", rows[0])

    def test_nobody_makes_it_a_cart_again(self):
        self._hand_in()
        with self.assertRaisesRegex(UserError, "cart again"):
            self.cart.action_draft()

        self.cart.action_cancel()

        with self.assertRaisesRegex(UserError, "cart again"):
            self.cart.action_draft()

    def test_copy_is_no_cart_of_the_customer(self):
        self._hand_in()
        quotation = self.cart.copy()
        self.cart.action_proforma_issue()

        for order in (quotation, self.cart.copy()):
            self.assertFalse(order._is_proforma_cart())

    def test_validity_counts_from_the_issue(self):
        self.website.proforma_validity_days = 2
        for by_inbox in (False, True):
            self.cart = self._create_cart(self.buyer.partner_id)
            with freeze_time("2026-11-27 09:00:00"):
                request = self._hand_in()

            with freeze_time("2026-12-01 09:00:00"), self.mock_mail_gateway():
                if by_inbox:
                    request._answer("accepted")
                else:
                    self.cart.action_proforma_issue()

            with self.subTest(by_inbox=by_inbox):
                self.assertEqual(self.cart.validity_date, date(2026, 12, 3))

    def test_day_that_the_salesperson_chose_stays(self):
        self.website.proforma_validity_days = 2
        with freeze_time("2026-11-27 09:00:00"):
            self._hand_in()
        self.cart.validity_date = date(2026, 12, 24)

        with freeze_time("2026-12-01 09:00:00"):
            self.cart.action_proforma_issue()

        self.assertEqual(self.cart.validity_date, date(2026, 12, 24))

    def test_prices_on_request_are_asked_for_in_the_cart(self):
        self.cart.order_line.price_unit = 0.0

        self.assertTrue(self.cart._has_proforma_shop_offer())
        self.website.proforma_review = "never"
        self.assertFalse(self.cart._has_proforma_shop_offer())
