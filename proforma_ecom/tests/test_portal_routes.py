from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_routes import KNOWN, STRANGERS, ProformaRoutesCommon


@tagged("post_install", "-at_install")
class TestPortalRoutes(ProformaRoutesCommon):
    """Each route of the customer's page, whoever comes and however.

    The routes are those that there are: a new one is tested without being named here.
    """

    def test_no_stranger_sees_anything(self):
        before = self._get_digest()
        for who, (login, token) in STRANGERS.items():
            for address in self._get_routes("http", "GET"):
                with self.subTest(who, address=address):
                    response = self._visit(address, login, token)

                    self.assertEqual(response.status_code, 404)
                    self.assertRefused(response, before)

    def test_no_stranger_changes_anything(self):
        before = self._get_digest()
        for who, (login, token) in STRANGERS.items():
            for address in self._get_routes("http", "POST"):
                with self.subTest(who, address=address):
                    response = self._post(address, login, token)

                    self.assertEqual(response.status_code, 404)
                    self.assertRefused(response, before)

    @mute_logger("odoo.http")
    def test_no_stranger_accepts_or_pays(self):
        before = self._get_digest()
        for who, (login, token) in STRANGERS.items():
            for address in self._get_routes("jsonrpc", "POST"):
                with self.subTest(who, address=address):
                    response = self._call(address, login, token)

                    self.assertIn("error", response.text)
                    self.assertRefused(response, before)

    def test_who_may_sees_each_page(self):
        for who, (login, token) in KNOWN.items():
            for address in self._get_routes("http", "GET"):
                if "/receipts/" in address:
                    continue  # There is none yet.
                with self.subTest(who, address=address):
                    response = self._visit(address, login, token)

                    self.assertEqual(response.status_code, 200)

    def test_names_of_arguments_are_no_parameters_of_an_address(self):
        names = ("order_sudo", "values", "document", "session_history", "deposit_id")
        query = "&".join(f"{name}=1" for name in (*names, "no_breadcrumbs", "kwargs"))
        for address in self._get_routes("http", "GET"):
            with self.subTest(address):
                self.authenticate("marie", "marie")
                response = self.url_open(f"{address}?{query}")

                self.assertLess(response.status_code, 500)

    @mute_logger("odoo.http")
    def test_looking_at_what_is_posted_changes_nothing(self):
        self._visit(f"/my/proformas/{self.order.id}", token="own")
        before = self._get_digest()
        posted = {self._get_suffix(a) for a in self._get_routes("http", "POST")}
        shown = {self._get_suffix(a) for a in self._get_routes("http", "GET")}
        for suffix in posted:
            with self.subTest(suffix):
                response = self._visit(
                    f"/my/proformas/{self.order.id}{suffix}", token="own"
                )

                if suffix not in shown:
                    self.assertIn(response.status_code, (404, 405))
                self.assertLess(response.status_code, 500)
        events = set(self.order.proforma_event_ids.mapped("kind"))
        self.assertEqual(events - {"viewed", "downloaded"}, {"issued"})
        self.assertEqual(self._get_digest()[:3], before[:3])
        self.assertEqual(self._get_digest()[4:], before[4:])

    @mute_logger("odoo.http")
    def test_forms_of_other_sites_are_refused(self):
        before = self._get_digest()
        for address in self._get_routes("http", "POST", is_only=True):
            for who in ("own", None):
                with self.subTest(who, address=address):
                    response = self._visit(
                        address,
                        "marie" if who is None else None,
                        who,
                        data={**self._prepare_form(), "csrf_token": "made up"},
                    )

                    self.assertEqual(response.status_code, 400)
                    self.assertEqual(self._get_digest(), before)

    def test_what_may_be_looked_at_changes_nothing_when_it_is_posted_to(self):
        self._visit(f"/my/proformas/{self.order.id}", token="own")
        self._visit(f"/my/proformas/{self.order.id}/pdf", token="own")
        before = self._get_digest()
        posted = self._get_routes("http", "POST", is_only=True)
        for address in set(self._get_routes("http", "POST")) - set(posted):
            with self.subTest(address):
                response = self._post(address, token="own")

                self.assertLess(response.status_code, 500)
                kinds = set(self.order.proforma_event_ids.mapped("kind"))
                self.assertEqual(kinds, {"issued", "viewed", "downloaded"})
                self.assertEqual(self._get_digest()[4:], before[4:])

    @mute_logger("odoo.http")
    def test_closed_proformas_stay_as_they_are(self):
        """Neither is there an error of the server, whatever is sent of whatever."""
        for state in ("accepted", "declined", "cancelled"):
            self.order = self._create_deposit_proforma()
            self.tokens = {"own": self.order._portal_ensure_token()}
            self.order._update_proforma_state(state)
            for address in self._get_routes("http", "POST"):
                with self.subTest(state, address=address):
                    response = self._post(address, token="own")

                    self.assertLess(response.status_code, 500)
                    self.assertEqual(self.order.proforma_state, state)
            for address in self._get_routes("jsonrpc", "POST"):
                with self.subTest(state, address=address):
                    self._call(address, token="own")

                    self.assertEqual(self.order.proforma_state, state)
                    self.assertFalse(self.order.sudo().transaction_ids)

    @mute_logger("odoo.http")
    def test_expired_proforma_is_accepted_on_no_route(self):
        self.order._set_proforma_expired()
        for address in self._get_routes("jsonrpc", "POST"):
            with self.subTest(address):
                self._call(address, token="own")

                self.assertEqual(self.order.proforma_state, "expired")
                self.assertFalse(self.order.signature)

    def test_list_is_for_who_is_signed_in(self):
        for path in ("/my/proformas", "/my/proformas/csv", "/my/proformas/page/2"):
            with self.subTest(path):
                self.authenticate(None, None)

                self.assertIn("/web/login", self.url_open(path).url)

    def test_list_holds_no_proforma_of_strangers(self):
        for login in ("stranger", "employee"):
            for path in ("/my/proformas", "/my/proformas/csv"):
                with self.subTest(login, path=path):
                    self.authenticate(login, login)

                    text = self.url_open(path).text

                    self.assertNotIn(self.order.proforma_number, text)
