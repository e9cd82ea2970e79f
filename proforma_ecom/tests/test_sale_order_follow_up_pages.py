from odoo import http
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import ProformaPaymentCommon

PAGES = ("/reminders", "/answer")


@tagged("post_install", "-at_install")
class TestSaleOrderFollowUpPages(ProformaPaymentCommon, PaymentHttpCommon):
    """Who may open and use the pages that a reminder links to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.price = cls.env.ref("proforma_ecom.decline_reason_price")
        cls.delay = cls.env.ref("proforma_ecom.decline_reason_delay")
        cls.order = cls._create_proforma()
        cls.other_order = cls._create_proforma()
        cls.token = cls.order._portal_ensure_token()
        cls.actions = (
            ("/reminders", {"choice": "document"}),
            ("/answer", {"reason": cls.price.id}),
            ("/interested", {}),
        )
        cls.stranger = new_test_user(cls.env, "stranger", "base.group_portal")

    def _get(self, suffix, token=None, query="", **kwargs):
        return self.url_open(
            f"/my/proformas/{self.order.id}{suffix}"
            f"?access_token={token or self.token}{query}",
            **kwargs,
        )

    def _post(self, suffix, token=None, order=None, **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        order = order or self.order
        return self.url_open(
            f"/my/proformas/{order.id}{suffix}?access_token={token or self.token}",
            data=data,
        )

    def _get_traces(self):
        """Return all that the pages may change."""
        self.env.invalidate_all()
        return (
            self.order.proforma_no_reminders,
            self.customer.proforma_no_reminders,
            self.order.proforma_decline_reason_id,
            self.order.proforma_state,
            self.order.proforma_event_ids.mapped("kind"),
            len(self.order.message_ids),
            len(self.order.activity_ids),
        )

    def test_following_a_link_changes_nothing(self):
        self.authenticate(None, None)
        before = self._get_traces()
        for suffix, query in (
            ("/reminders", ""),
            ("/reminders", "&choice=all"),
            ("/answer", f"&reason={self.price.id}"),
        ):
            for method in ("GET", "HEAD"):
                with self.subTest(suffix, query=query, method=method):
                    page = self._get(suffix, query=query, method=method)

                    self.assertEqual(page.status_code, 200)
                    self.assertEqual(self._get_traces(), before)

    def test_who_may_not_see_the_proforma_gets_nowhere(self):
        before = self._get_traces()
        stolen = self.other_order._portal_ensure_token()
        for login, token, reason in (
            (None, "wrong", "no token at all"),
            (None, stolen, "token of another order"),
            ("stranger", "wrong", "user of another customer"),
            ("stranger", stolen, "the same with a token of another order"),
        ):
            self.authenticate(login, login)
            for suffix in PAGES:
                with self.subTest(reason, suffix=suffix):
                    page = self._get(suffix, token)
                    self.assertEqual(page.status_code, 404)
                    self.assertNotIn(self.order.proforma_number, page.text)
            for suffix, values in self.actions:
                with self.subTest(reason, posted=suffix):
                    answer = self._post(suffix, token, **values)
                    self.assertEqual(answer.status_code, 404)
                    self.assertEqual(self._get_traces(), before)

    @mute_logger("odoo.http")
    def test_post_of_another_site_is_refused(self):
        self.authenticate(None, None)
        before = self._get_traces()
        for suffix, values in self.actions:
            with self.subTest(suffix):
                answer = self._post(suffix, csrf_token="forged", **values)

                self.assertEqual(answer.status_code, 400)
                self.assertEqual(self._get_traces(), before)

    @mute_logger("odoo.http")
    def test_interest_is_not_told_by_a_link(self):
        self.authenticate(None, None)

        self.assertEqual(self._get("/interested").status_code, 405)

    def test_quotation_has_no_such_pages(self):
        quotation = self._create_order()
        token = quotation._portal_ensure_token()
        self.authenticate(None, None)
        for suffix, values in self.actions:
            with self.subTest(suffix):
                answer = self._post(suffix, token, quotation, **values)

                self.assertEqual(answer.status_code, 404)
        self.assertFalse(quotation.proforma_event_ids)

    def test_links_of_the_mails_open_the_pages(self):
        self.authenticate(None, None)
        for url, expected in (
            (self.order._get_proforma_opt_out_url(), "o_proforma_reminder_choice"),
            (self.order._get_proforma_answer_url(), "o_proforma_reasons"),
            (self.order._get_proforma_answer_url(self.price), "o_proforma_reasons"),
        ):
            with self.subTest(url):
                self.assertTrue(url.startswith(self.order.get_base_url()))
                path = url.removeprefix(self.order.get_base_url())
                self.assertIn(expected, self.url_open(path).text)

    # === REMINDERS === #

    def test_customer_refuses_reminders_and_wants_them_again(self):
        self.authenticate(None, None)
        for choice, message, expected in (
            ("document", "Done.", (True, False)),
            ("document", "Nothing changed", (True, False)),
            ("all", "Done.", (True, True)),
            ("document", "Nothing changed", (True, True)),
            ("none", "Done.", (False, False)),
            ("none", "Nothing changed", (False, False)),
        ):
            with self.subTest(choice, message=message):
                page = self._post("/reminders", choice=choice)

                self.assertIn(message, page.text)
                self.assertEqual(self._get_traces()[:2], expected)

    def test_second_click_leaves_no_second_event(self):
        self.authenticate(None, None)
        for choice in ("document", "document", "none", "none"):
            self._post("/reminders", choice=choice)

        kinds = self.order.proforma_event_ids.mapped("kind")

        self.assertEqual((kinds.count("opted_out"), kinds.count("opted_in")), (1, 1))

    def test_made_up_choice_is_refused_in_words(self):
        self.authenticate(None, None)
        for choice in ("", "company", "<b>", "7 OR 1=1"):
            with self.subTest(choice):
                page = self._post("/reminders", choice=choice)

                self.assertIn("Choose one of the buttons.", page.text)
                self.assertEqual(self._get_traces()[:2], (False, False))

    def test_page_of_an_accepted_proforma_works_too(self):
        self._sign(self.order)
        self.authenticate(None, None)

        self._post("/reminders", choice="document")

        self.assertTrue(self.order.proforma_no_reminders)

    # === WHY NOT === #

    def test_reason_of_the_link_is_chosen_on_the_page(self):
        self.authenticate(None, None)

        page = self._get("/answer", query=f"&reason={self.delay.id}").text

        self.assertRegex(page, rf'value="{self.delay.id}"\s+checked')
        self.assertNotRegex(page, rf'value="{self.price.id}"\s+checked')

    def test_unknown_reason_of_a_link_chooses_none(self):
        self.authenticate(None, None)
        for reason in ("0", "-1", "7 OR 1=1", "99999999", "<b>"):
            with self.subTest(reason):
                page = self._get("/answer", query=f"&reason={reason}")

                self.assertEqual(page.status_code, 200)
                self.assertNotIn("checked", page.text)

    def test_answer_is_recorded(self):
        self.order._set_proforma_expired()
        self.authenticate(None, None)

        page = self._post("/answer", reason=self.price.id, remark="20 % too much")

        self.assertIn("o_proforma_thanks", page.text)
        self.assertEqual(self.order.proforma_state, "expired")
        self.assertEqual(self.order.proforma_decline_reason_id, self.price)
        self.assertIn("20 % too much", self.order.message_ids[0].body)

    def test_nobody_is_thanked_for_what_he_did_not_do(self):
        self.authenticate(None, None)
        for message in ("answered", "interested", "renewed"):
            with self.subTest(message):
                page = self._get("/answer", query=f"&message={message}")

                self.assertNotIn("o_proforma_thanks", page.text)
                self.assertIn("What keeps you from accepting?", page.text)

    def test_markup_in_a_remark_stays_text(self):
        self.authenticate(None, None)

        self._post("/answer", reason=self.price.id, remark="<img src=x onerror=a>\0")

        self.assertIn("&lt;img src=x onerror=a&gt;", self.order.message_ids[0].body)

    def test_what_was_written_survives_a_mistake(self):
        self.authenticate(None, None)
        for values, expected in (
            ({"remark": "No <reason>"}, ("Choose a reason.", "No &lt;reason&gt;")),
            (
                {"reason": self.price.id, "remark": "x" * 2001},
                ("2001 characters", "x" * 2001),
            ),
            ({"reason": "7 OR 1=1", "remark": "Hm"}, ("Choose a reason.", "Hm")),
        ):
            with self.subTest(expected[0]):
                page = self._post("/answer", **values)

                for text in expected:
                    self.assertIn(text, page.text)
                self.assertFalse(self.order.proforma_decline_reason_id)

    def test_answer_that_comes_too_late_is_not_stored(self):
        self.authenticate(None, None)
        accepted, revising, cancelled = (self._create_proforma() for _ in range(3))
        self._sign(accepted)
        revising.action_proforma_revise()
        cancelled._action_cancel()
        for order, text in (
            (accepted, "is accepted already"),
            (revising, "is being revised"),
            (cancelled, "was cancelled"),
        ):
            with self.subTest(order.proforma_state):
                page = self._post(
                    "/answer",
                    order._portal_ensure_token(),
                    order,
                    reason=self.price.id,
                    remark="Late",
                )

                self.assertIn(text, page.text)
                self.assertNotIn("Late", page.text)
                self.assertFalse(order.proforma_decline_reason_id)
                self.assertNotIn("answered", order.proforma_event_ids.mapped("kind"))

    def test_customer_is_still_interested(self):
        self.order._set_proforma_expired()
        self.authenticate(None, None)

        for _time in range(2):
            page = self._post("/interested")

        self.assertIn("o_proforma_thanks", page.text)

    def test_interest_in_what_is_valid_leads_to_it(self):
        self.authenticate(None, None)

        page = self._post("/interested")

        self.assertIn("This pro forma is still valid.", page.text)
        self.assertIn("open it", page.text)

    # === LIST === #

    def test_list_says_how_much_time_is_left(self):
        new_test_user(
            self.env, "marie", "base.group_portal", partner_id=self.customer.id
        )
        self.authenticate("marie", "marie")

        page = self.url_open("/my/proformas").text

        self.assertIn(self.order.proforma_time_left, page)
        self.assertIn("days left", page)
