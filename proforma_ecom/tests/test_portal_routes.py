import json
import re

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SIGNATURE, ProformaPaymentCommon

PAGE = "/my/proformas/<int:order_id>"

# What each visitor brings: login, and whose token. None of them may see the pro forma.
STRANGERS = {
    "nobody": (None, None),
    "a wrong token": (None, "wrong"),
    "an empty token": (None, ""),
    "the token of another order": (None, "other"),
    "a customer of another company": ("stranger", None),
    "that customer with the token of his own": ("stranger", "other"),
    "a salesperson of another company": ("elsewhere", None),
    "an employee who sells nothing": ("employee", None),
}

# Those who may, each on his way.
KNOWN = {
    "who has the link": (None, "own"),
    "the customer": ("marie", None),
    "a colleague of his": ("paul", None),
    "a stranger with the link": ("stranger", "own"),
}


@tagged("post_install", "-at_install")
class TestPortalRoutes(ProformaPaymentCommon, HttpCase):
    """Each route of the customer's page, whoever comes and however.

    The routes are those that there are: a new one is tested without being named here.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma()
        elsewhere = cls._create_customer("Elsewhere SARL")
        cls.other = cls._create_proforma(partner_id=elsewhere.id)
        company = cls.env["res.company"].create({"name": "Another Seller"})
        for login, values in {
            "marie": {"parent_id": cls.customer.id},
            "paul": {"parent_id": cls.customer.id},
            "stranger": {"parent_id": elsewhere.id},
        }.items():
            partner = cls._create_customer(login, is_company=False, **values)
            new_test_user(
                cls.env, login, "base.group_portal", partner_id=partner.id, name=login
            )
        new_test_user(
            cls.env,
            "elsewhere",
            "sales_team.group_sale_salesman_all_leads",
            company_id=company.id,
            company_ids=company.ids,
        )
        new_test_user(cls.env, "employee", "base.group_user")
        cls.tokens = {
            "own": cls.order._portal_ensure_token(),
            "other": cls.other._portal_ensure_token(),
        }

    # === HELPERS === #

    def _get_routes(self, kind, method, is_only=False):
        """Return the addresses of our routes that take a method.

        :param bool is_only: Whether they may take no other one.
        """
        addresses = set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            is_ours = rule.rule == PAGE or rule.rule.startswith(f"{PAGE}/")
            methods = rule.endpoint.routing.get("methods") or ("GET", "POST")
            is_wanted = method in methods and not (is_only and len(methods) > 1)
            if is_ours and is_wanted and rule.endpoint.routing["type"] == kind:
                addresses.add(self._fill_in(rule.rule))
        return sorted(addresses)

    def _fill_in(self, rule):
        address = rule.replace("<int:order_id>", str(self.order.id))
        address = address.replace("<int:deposit_id>", str(self._get_deposit().id))
        return re.sub(r"<int:\w+>", "1", address)

    def _get_deposit(self):
        return self.order.proforma_deposit_ids[:1]

    def _get_suffix(self, address):
        return address.removeprefix(f"/my/proformas/{self.order.id}")

    def _visit(self, address, login=None, token=None, **kwargs):
        self.authenticate(login, login)
        token = self.tokens.get(token, token)
        if token is not None:
            address = f"{address}?access_token={token}"
        return self.url_open(address, **kwargs)

    def _prepare_form(self):
        """Return what any of the forms would be content with."""
        return {
            "question": "Anyone?",
            "rate": "5",
            "choice": "document",
            "reason": self.env.ref("proforma_ecom.decline_reason_price").id,
            "agreed": "1",
            "message": "Hello",
        }

    def _post(self, address, login=None, token=None):
        self.authenticate(login, login)
        form = {"csrf_token": http.Request.csrf_token(self), **self._prepare_form()}
        token = self.tokens.get(token, token)
        query = "" if token is None else f"?access_token={token}"
        return self.url_open(f"{address}{query}", data=form)

    def _call(self, address, login=None, token=None):
        params = {
            "name": "Mallory",
            "signature": SIGNATURE,
            "amount": 360.0,
            "access_token": self.tokens.get(token, token),
        }
        self.authenticate(login, login)
        return self.url_open(
            address,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )

    def _get_digest(self):
        """Return all that a visitor could have changed."""
        self.env.invalidate_all()
        order = self.order.sudo()
        return (
            order.proforma_state,
            order.proforma_rating,
            order.signed_by,
            order.proforma_event_ids.ids,
            order.message_ids.ids,
            order.activity_ids.ids,
            order.transaction_ids.ids,
            order.proforma_version_ids.ids,
        )

    def assertRefused(self, response, before):
        self.assertNotIn(self.order.proforma_number, response.text)
        self.assertLess(response.status_code, 500)
        self.assertEqual(self._get_digest(), before)

    # === TABLE === #

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
