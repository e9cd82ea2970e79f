"""Requests at random to the routes that there are: nonsense, and now and then something
right. The same ones in each run; one that fails is told, see `common_random`.
"""

import inspect
import json
import re
from contextlib import contextmanager

from hypothesis import strategies as st

from odoo import http

from .common import SIGNATURE

TEXTS = (
    *("", "-1", "0", "1000000000", "0.1", "NaN", "Infinity", "1e5", "١٢", "2,5"),
    *("<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "{{ 7 * 7 }}"),
    *("%s%n", "\r\nSet-Cookie: a=b", "null", "[]", "\N{RIGHT-TO-LEFT OVERRIDE}x"),
    *("a\0b", "\ufffe", "9" * 400),
)
LONG_TEXT = "é" * 300_000
NONSENSE = st.sampled_from(TEXTS) | st.text(max_size=40) | st.floats().map(str)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | NONSENSE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NONSENSE, inner),
    max_leaves=4,
)

# What stands in the place of a variable of an address that is no number.
ODD_PARTS = ("x", "-1", "%00", "%F0%9F%92%A9", "a b")


class FuzzCommon:
    """Sends requests; to be mixed with a test of pages that has an `order`, which the
    visitor may see, and a `foreign` one, which he may not.
    """

    # Of the modules whose routes are tried.
    fuzzed_modules = "odoo.addons.proforma_ecom."

    # === WHAT IS RIGHT === #

    def _get_right_values(self):
        """Return what the visitor's own pages would send, by the name of the field.

        Extension point.
        """
        order = self.order.sudo()
        line, reasons = order.order_line[:1], self.env["proforma.decline.reason"]
        reason = str(reasons.search([], limit=1).id)
        return {
            "access_token": order._portal_ensure_token(),
            "action": "send",
            "amount": "900",
            "code": order.proforma_version_id.name,
            "line_id": str(line.id),
            "name": "Marie Martin",
            "reason": reason,
            "reason_id": reason,
            "signature": SIGNATURE,
            "version_id": str(order.proforma_version_id.id),
            f"qty_{line.id}": "3",
            f"remove_{line.id}": "1",
        }

    def _get_foreign_values(self):
        """Return what is of the order of another, by the name of the field."""
        order = self.foreign.sudo()
        line = order.order_line[:1]
        return {
            "access_token": order._portal_ensure_token(),
            "line_id": str(line.id),
            "order_id": str(order.id),
            "version_id": str(order.proforma_version_id.id),
            f"add_{line.product_id.id}": "1",
            f"choose_{line.id}": str(line.id),
            "choose_carrier": "1",
            f"qty_{line.id}": "1",
            f"remove_{line.id}": "1",
            "qty_": "1",
            "add_-1": "1",
        }

    # === ROUTES === #

    def _get_routes(self):
        """Return (path, type of request, methods, names of fields) of our routes, each
        time in the same order.
        """
        routes = []
        for rule in self.env["ir.http"].routing_map().iter_rules():
            endpoint = rule.endpoint
            if not endpoint.__module__.startswith(self.fuzzed_modules):
                continue
            names = self._get_field_names(endpoint.original_endpoint)
            methods = endpoint.routing["methods"] or ["GET", "POST"]
            methods = sorted(set(methods) & {"GET", "POST"})
            routes.append((rule.rule, endpoint.routing["type"], methods, names))
        return sorted(routes)

    def _get_field_names(self, endpoint):
        """Return the names that a route knows: its arguments, what it reads of the
        rest, and what any of our forms holds.
        """
        parameters = inspect.signature(endpoint).parameters
        kinds = [parameter.kind for parameter in parameters.values()]
        names = set(parameters) - {"self"}
        if inspect.Parameter.VAR_KEYWORD in kinds:
            names -= {"kwargs", "typed", "post"}
            read = inspect.getsource(endpoint)
            names |= set(re.findall(r'\.get\(\s*"(\w+)"', read))
            names |= self._get_right_values().keys() | self._get_foreign_values().keys()
        return sorted(names)

    def _fill_path(self, draw, path):
        """Return a path with something in the place of its variables."""
        parts = []
        for part in path.split("/"):
            if re.match(r"<int.*:order_id>", part):
                part = str(draw(st.sampled_from([self.order.id] * 8 + [0, 10**12])))
            elif part.startswith("<int"):
                ids = [0, 1, self.order.order_line[:1].id, self.foreign.id, 10**12]
                part = str(draw(st.sampled_from(ids)))
            elif part.startswith("<"):
                part = draw(st.sampled_from(ODD_PARTS))
            parts.append(part)
        return "/".join(parts)

    # === REQUESTS === #

    def _draw_value(self, draw, name):
        right, foreign = self._get_right_values(), self._get_foreign_values()
        chance = draw(st.integers(0, 99))
        if name in right and chance < (90 if name == "access_token" else 30):
            return right[name]
        if name in foreign and chance < 95:
            return draw(st.just(foreign[name]) | NONSENSE)
        return LONG_TEXT if chance == 99 else draw(NONSENSE)

    def _draw_request(self, draw, route):
        """Return a request to a route as a dictionary, which `_send` takes.

        :return: `path`, `kind`, `method` and `values`.
        """
        path, kind, methods, names = route
        chosen = [name for name in names if f":{name}>" not in path]
        if len(chosen) > 8:  # Of many names some.
            some = draw(st.lists(st.sampled_from(chosen), max_size=8, unique=True))
            chosen = [
                "access_token",
                *(name for name in some if name != "access_token"),
            ]
        values = {name: self._draw_value(draw, name) for name in chosen}
        values["unknown"] = draw(NONSENSE)
        if kind == "jsonrpc":
            for name in chosen:
                if name != "access_token" and draw(st.integers(0, 9)) < 4:
                    values[name] = draw(JSON_VALUES)
        return {
            "path": self._fill_path(draw, path),
            "kind": kind,
            "method": draw(st.sampled_from(methods)),
            "values": values,
        }

    def _send(self, path, kind, method, values):
        """Send one request; return the answer."""
        if kind == "jsonrpc":
            body = {"jsonrpc": "2.0", "method": "call", "params": values}
            return self.url_open(
                path,
                data=json.dumps(body),
                headers={"Content-Type": "application/json"},
                allow_redirects=False,
            )
        if method == "POST":
            form = {**values, "csrf_token": http.Request.csrf_token(self)}
            return self.url_open(path, data=form, allow_redirects=False)
        short = {
            name: text[:500] for name, text in values.items() if name != "signature"
        }
        return self.url_open(path, params=short, method="GET", allow_redirects=False)

    def _assert_answer(self, answer, kind):
        self.assertLess(answer.status_code, 500)
        if kind == "http":
            self.assertNotIn("Traceback (most recent call last)", answer.text)
        elif answer.status_code == 200:  # Odoo sends a traceback with each refusal.
            error = answer.json().get("error", {}).get("data", {}).get("name", "")
            self.assertNotRegex(error, "^(builtins|psycopg2|werkzeug.*Internal)")

    @contextmanager
    def _rolled_back(self):
        """Let each request find everything as it was."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    @contextmanager
    def _telling_request(self, request):
        """Tell the request when it fails; long texts are cut."""
        try:
            yield
        except Exception as error:
            told = {
                name: text[:80] if isinstance(text, str) else text
                for name, text in request["values"].items()
            }
            told = {**request, "values": told}
            raise AssertionError(f"{error}\nTo repeat it: {told}") from error

    def _get_facts(self):
        """Return what no request may change. Extension point."""
        self.env.invalidate_all()
        foreign = self.foreign.sudo()
        return (
            self.order.amount_total,
            self.order.order_line.mapped("product_uom_qty"),
            foreign.amount_total,
            foreign.order_line.mapped("product_uom_qty"),
            foreign.state,
            foreign.proforma_state,
            foreign.proforma_event_ids.ids,
            foreign.message_ids.ids,
            foreign.proforma_request_ids.ids,
        )

    def _check_request(self, draw, routes, facts):
        """Send one request at random and check what became of it."""
        request = self._draw_request(draw, draw(st.sampled_from(routes)))
        with self._telling_request(request), self._rolled_back():
            self._assert_answer(self._send(**request), request["kind"])
            self.assertEqual(self._get_facts(), facts)
