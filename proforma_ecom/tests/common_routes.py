"""Visitors of the customer's page, and what each of them brings along."""

import inspect
import json
import re
from contextlib import contextmanager

from odoo import http
from odoo.tests import HttpCase, new_test_user

from .common import SIGNATURE, ProformaPaymentCommon

PAGE = "/my/proformas/<int:order_id>"

# What each visitor brings: login, and whose token. None of them may see the pro forma.
STRANGERS = {
    "nobody": (None, None),
    "a wrong token": (None, "wrong"),
    "an empty token": (None, ""),
    "a token that is no token": (None, "é\N{SNOWMAN}"),
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

# The events of who only looks.
READING = ("viewed", "downloaded")


class ProformaRoutesCommon(ProformaPaymentCommon, HttpCase):
    """A pro forma with a deposit, who may open it and who may not, and our routes as
    there are: a new one is tested without being named.
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

    def _iter_rules(self, kind, method, is_only=False, page=PAGE):
        """Yield the rules of the routes of a page that take a method.

        :param bool is_only: Whether they may take no other one.
        """
        for rule in self.env["ir.http"].routing_map().iter_rules():
            is_there = rule.rule == page or rule.rule.startswith(f"{page}/")
            methods = rule.endpoint.routing.get("methods") or ("GET", "POST")
            is_wanted = method in methods and not (is_only and len(methods) > 1)
            if is_there and is_wanted and rule.endpoint.routing["type"] == kind:
                yield rule

    def _get_routes(self, *args, **kwargs):
        """Return the addresses of routes, see `_iter_rules`."""
        rules = self._iter_rules(*args, **kwargs)
        return sorted({self._fill_in(rule.rule) for rule in rules})

    def _get_version_routes(self, kind):
        """Return the addresses of our routes that ask which version was seen."""
        return sorted(
            self._fill_in(rule.rule)
            for rule in self._iter_rules(kind, "POST")
            if re.search(
                r"\bversion_id", inspect.getsource(rule.endpoint.original_endpoint)
            )
        )

    def _fill_in(self, rule):
        ids = {
            "order_id": self.order.id,
            "deposit_id": self._get_deposit().id,
            "line_id": self.order.order_line[:1].id,
            "request_id": self.order.sudo().proforma_request_ids[:1].id,
        }
        return re.sub(r"<int:(\w+)>", lambda match: str(ids.get(match[1]) or 1), rule)

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
            "amount": "1100",
            "action": "send",
            f"qty_{self.order.order_line[:1].id}": "9",
            "version_id": self.order.sudo().proforma_version_id.id,
        }

    def _get_csrf_token(self):
        return http.Request.csrf_token(self)

    def _post(self, address, login=None, token=None, **fields):
        self.authenticate(login, login)
        form = {
            "csrf_token": self._get_csrf_token(),
            **self._prepare_form(),
            **fields,
        }
        token = self.tokens.get(token, token)
        query = "" if token is None else f"?access_token={token}"
        return self.url_open(f"{address}{query}", data=form)

    def _call(self, address, login=None, token=None, version=None, **params):
        """Send what a script of the page sends.

        :param proforma.version version: The one that was seen, if it names one.
        """
        params = {
            "name": "Mallory",
            "signature": SIGNATURE,
            "amount": 360.0,
            "access_token": self.tokens.get(token, token),
            **params,
        }
        self.authenticate(login, login)
        query = f"?version_id={version.id}" if version else ""
        return self.url_open(
            f"{address}{query}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )

    def _get_digest(self, is_read=False):
        """Return all that a visitor could have changed.

        :param bool is_read: Whether he may have looked at the page.
        """
        self.env.invalidate_all()
        order = self.order.sudo()
        events = order.proforma_event_ids
        if is_read:
            events = events.filtered(lambda event: event.kind not in READING)
        return (
            order.proforma_state,
            order.proforma_rating,
            order.signed_by,
            events.ids,
            order.message_ids.ids,
            order.activity_ids.ids,
            order.transaction_ids.ids,
            order.proforma_version_ids.ids,
            order.proforma_request_ids.mapped("state"),
            order.proforma_decline_reason_id.id,
            order.order_line.mapped("product_uom_qty"),
            order._get_proforma_reminder_choice(),
        )

    @contextmanager
    def _rolled_back(self):
        """Let each request find the pro forma as it was before."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def assertRefused(self, response, before):
        self.assertNotIn(self.order.proforma_number, response.text)
        self.assertLess(response.status_code, 500)
        self.assertEqual(self._get_digest(), before)
