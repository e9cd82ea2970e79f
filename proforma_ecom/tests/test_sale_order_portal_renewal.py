from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalRenewal(ProformaPaymentCommon, PaymentHttpCommon):
    """Renewal as the browser asks for it, and readings that count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proforma()
        cls.order._set_proforma_expired()
        # Prices that were typed by hand are renewed as they are.
        line = cls.order.order_line.with_context(proforma_check_later=True)
        line.write({"price_unit": 100.0, "technical_price_unit": 1.0})
        cls.url = f"/my/proformas/{cls.order.id}"
        cls.token = cls.order._portal_ensure_token()

    def _post(self, token=None, order=None, **params):
        order = order or self.order
        page = self.url_open(f"/my/proformas/{order.id}?access_token={self.token}")
        csrf = page.text.partition('csrf_token" value="')[2].partition('"')[0]
        return self.url_open(
            f"/my/proformas/{order.id}/renew",
            data={
                "csrf_token": csrf or self._get_csrf(),
                "access_token": self.token if token is None else token,
                **params,
            },
        )

    def _get_csrf(self):
        page = self.url_open("/web/login").text
        return page.partition('csrf_token" value="')[2].partition('"')[0]

    def _get_page(self):
        return self.url_open(f"{self.url}?access_token={self.token}")

    def test_expired_page_offers_the_renewal(self):
        self.authenticate(None, None)

        self.assertIn("o_proforma_renewal", self._get_page().text)

    def test_customer_renews_in_one_click(self):
        self.authenticate(None, None)

        page = self._post()

        self.assertEqual(self.order.proforma_state, "issued")
        self.assertIn("Here is your new version", page.text)
        self.assertIn("o_proforma_accept", page.text)

    def test_request_that_waits_is_confirmed_and_not_offered_again(self):
        self.env.company.proforma_renewal_policy = "never"
        self.authenticate(None, None)

        page = self._post(message="Please")

        self.assertIn("o_proforma_waiting", page.text)
        self.assertNotIn("o_proforma_renewal_asked", page.text)
        self.assertNotIn("Ask us to renew it", page.text)
        self.assertNotIn("/renew", page.text)

    def test_double_click_makes_one_version(self):
        self.authenticate(None, None)
        csrf = self._get_csrf()
        data = {"csrf_token": csrf, "access_token": self.token}

        for _click in range(2):
            page = self.url_open(f"{self.url}/renew", data=data)

            self.assertIn("Here is your new version", page.text)
        self.assertEqual(len(self.order.proforma_version_ids), 2)

    def test_whom_the_route_refuses(self):
        new_test_user(self.env, "stranger", "base.group_portal")
        for reason, login, token in (
            ("no token", None, ""),
            ("wrong token", None, "wrong"),
            ("token of another order", None, "other"),
            ("other customer", "stranger", ""),
        ):
            with self.subTest(reason):
                self.authenticate(login, login)
                if token == "other":
                    token = self._create_proforma()._portal_ensure_token()

                answer = self._post(token)

                self.assertEqual(answer.status_code, 404)
                self.assertEqual(self.order.proforma_state, "expired")

    @mute_logger("odoo.http")
    def test_link_alone_renews_nothing(self):
        self.authenticate(None, None)

        answer = self.url_open(f"{self.url}/renew?access_token={self.token}")

        self.assertEqual(answer.status_code, 405)
        self.assertEqual(self.order.proforma_state, "expired")

    @mute_logger("odoo.http")
    def test_form_of_another_site_renews_nothing(self):
        self.authenticate(None, None)

        self.url_open(f"{self.url}/renew", data={"access_token": self.token})

        self.assertEqual(self.order.proforma_state, "expired")

    def test_state_that_has_nothing_to_renew_is_said_on_the_page(self):
        for state, move in (
            ("accepted", self._sign),
            ("cancelled", lambda order: order._set_proforma_cancelled()),
        ):
            with self.subTest(state):
                order = self._create_proforma()
                move(order)
                self.authenticate(None, None)

                page = self._post(order._portal_ensure_token(), order)

                self.assertIn(f"{order.proforma_number} ", page.text)
                self.assertIn("alert-danger", page.text)
                self.assertEqual(order.proforma_state, state)

    # === READINGS === #

    def _count_viewed(self, **kwargs):
        self.url_open(f"{self.url}?access_token={self.token}", **kwargs)
        return self.order.proforma_event_ids.mapped("kind").count("viewed")

    def test_programs_are_nobodys_reading(self):
        self.authenticate(None, None)
        for name, value in (
            ("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1)"),
            ("User-Agent", "Slackbot-LinkExpanding 1.0"),
            ("User-Agent", "python-requests/2.31"),
            ("User-Agent", "Barracuda Sentinel (EE)"),
            ("User-Agent", ""),
            ("Purpose", "prefetch"),
            ("Sec-Purpose", "prefetch;prerender"),
        ):
            with self.subTest(value):
                self.assertEqual(self._count_viewed(headers={name: value}), 0)

        self.assertEqual(self._count_viewed(), 1)

    def test_own_user_who_opens_the_link_is_no_reading(self):
        new_test_user(self.env, "colleague", "base.group_user")
        self.authenticate("colleague", "colleague")

        self.assertEqual(self._count_viewed(), 0)

    def test_link_checker_seconds_after_the_mail_is_no_reading(self):
        order = self._create_proforma()
        with self.mock_mail_gateway():
            order._proforma_send_mail()
        mailing = order.proforma_version_id.mailing_ids
        self.assertEqual(mailing.state, "sent")
        url = f"/my/proformas/{order.id}?access_token={order._portal_ensure_token()}"
        self.opener.cookies.clear()

        self.url_open(url, cookies={})
        early = order.proforma_event_ids.mapped("kind").count("viewed")
        mailing.sudo().sent_on = "2026-01-01"
        self.opener.cookies.clear()
        self.url_open(url)

        late = order.proforma_event_ids.mapped("kind").count("viewed")
        self.assertEqual((early, late), (0, 1))
