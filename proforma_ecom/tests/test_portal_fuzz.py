"""Whatever a visitor sends to our routes: no error of the server, no harm."""

import inspect
import json
from contextlib import contextmanager
from random import Random

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SIGNATURE, ProformaCommon
from .common_random import RANDOM

REQUESTS = 1000
SEED = 20261127
TEXTS = (
    *("", "-1", "0", "1000000000", "0.1", "NaN", "Infinity", "1e5", "١٢", "2,5"),
    *("<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "{{ 7 * 7 }}"),
    *("%s%n", "\r\nSet-Cookie: a=b", "null", "[]", "\N{RIGHT-TO-LEFT OVERRIDE}x"),
)
LONG_TEXT = "é" * 300_000
JSON_VALUES = (None, True, -1, 0, 10**9, 0.1, 1e308, [], {}, [[]], {"id": 1}, ["a"])


@tagged("post_install", "-at_install", "-standard", RANDOM)
class TestPortalFuzz(HttpCase, ProformaCommon):
    """A customer with a link to his pro forma who tries everything, and a stranger's
    pro forma that nothing may happen to.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proforma()
        cls.foreign = cls._create_proforma(
            partner_id=cls._create_customer("A Stranger").id
        )
        cls.token = cls.order._portal_ensure_token()
        cls.random = Random(SEED)

    def _get_routes(self):
        """Return (path, type of request, methods, names of parameters) of our routes,
        in the same order in each run.
        """
        routes = []
        for rule in self.env["ir.http"].routing_map().iter_rules():
            endpoint = rule.endpoint
            if not endpoint.__module__.startswith("odoo.addons.proforma_ecom."):
                continue
            parameters = inspect.signature(endpoint.original_endpoint).parameters
            names = [
                name
                for name, parameter in parameters.items()
                if name != "self" and parameter.kind != parameter.VAR_KEYWORD
            ]
            methods = endpoint.routing["methods"] or ["GET", "POST"]
            methods = sorted(set(methods) & {"GET", "POST"})
            routes.append((rule.rule, endpoint.routing["type"], methods, names))
        return sorted(routes)

    def _get_value(self, name):
        """Return a value for a parameter: mostly nonsense, now and then a right one."""
        right = {
            "access_token": self.token,
            "name": "Marie Martin",
            "signature": SIGNATURE,
            "version_id": str(self.order.proforma_version_id.id),
            "reason": str(self.env["proforma.decline.reason"].search([], limit=1).id),
        }
        foreign = {
            "access_token": self.foreign._portal_ensure_token(),
            "version_id": str(self.foreign.proforma_version_id.id),
            "line_id": str(self.foreign.order_line.id),
        }
        chance = self.random.random()
        if name in right and chance < (0.9 if name == "access_token" else 0.3):
            return right[name]
        if chance > 0.99:
            return LONG_TEXT
        return self.random.choice([*TEXTS, *foreign.values()])

    def _fill_path(self, path):
        """Return a path with something in the place of its variables."""
        parts = []
        for part in path.split("/"):
            if part == "<int:order_id>":
                part = str(self.random.choice([self.order.id] * 8 + [0, 10**12]))
            elif part.startswith("<int:"):
                part = str(self.random.choice([0, 1, self.foreign.id, 10**12]))
            elif part.startswith("<"):
                part = self.random.choice(["x", "-1", "%00", "%F0%9F%92%A9", "a b"])
            parts.append(part)
        return "/".join(parts)

    def _send(self, path, kind, methods, names):
        """Send one request; return the answer."""
        values = {
            name: self._get_value(name)
            for name in [*names, "unknown"]
            if f":{name}>" not in path and self.random.random() < 0.8
        }
        if kind == "jsonrpc":
            for name in names:
                if self.random.random() < 0.3:
                    values[name] = self.random.choice(JSON_VALUES)
            body = {"jsonrpc": "2.0", "method": "call", "params": values}
            return self.url_open(
                self._fill_path(path),
                data=json.dumps(body),
                headers={"Content-Type": "application/json"},
                allow_redirects=False,
            )
        method = self.random.choice(methods)
        if method == "POST":
            values["csrf_token"] = http.Request.csrf_token(self)
            return self.url_open(
                self._fill_path(path), data=values, allow_redirects=False
            )
        values.pop("signature", None)
        short = {name: text[:500] for name, text in values.items()}
        return self.url_open(
            self._fill_path(path), params=short, method="GET", allow_redirects=False
        )

    def _assert_answer(self, answer, kind):
        self.assertLess(answer.status_code, 500)
        if kind == "jsonrpc" and answer.status_code == 200:
            error = answer.json().get("error", {}).get("data", {}).get("name", "")
            self.assertNotRegex(error, "^(builtins|psycopg2|werkzeug.*Internal)")

    @contextmanager
    def _rolled_back(self):
        """Let each request find a pro forma that is open."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _get_facts(self):
        """Return what no request may change."""
        self.env.invalidate_all()
        return (
            self.order.amount_total,
            self.foreign.amount_total,
            self.foreign.proforma_state,
            self.foreign.proforma_event_ids,
            self.foreign.message_ids,
        )

    @mute_logger("odoo.http")  # It warns of each refusal.
    def test_nothing_that_is_sent_breaks_the_server(self):
        self.authenticate(None, None)
        routes = self._get_routes()
        self.assertGreater(len(routes), 10)
        facts = self._get_facts()

        for number in range(REQUESTS):
            path, kind, methods, names = routes[number % len(routes)]
            with self.subTest(number=number, path=path), self._rolled_back():
                self._assert_answer(self._send(path, kind, methods, names), kind)
                self.assertEqual(self._get_facts(), facts)
