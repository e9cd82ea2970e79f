"""What the tests against a real server of several processes share."""

import json
import re
import threading
import time
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import requests

from dev import databases, live
from dev.testing import odoolog

WORKERS = 8
TABS = 4
# What the server logs before it runs a request again: (pattern searched in the record,
# why it is right). Who finds a row written meanwhile is refused by PostgreSQL.
RETRIED = r"odoo\.sql_db: bad query: b'{}.*\nERROR: could not serialize access"
EXPECTED = [
    (
        RETRIED.format("UPDATE sale_order SET proforma_state = proforma_state"),
        "Clicks on one pro forma queue at its row.",
    ),
    (
        RETRIED.format("UPDATE ir_sequence SET write_uid"),
        "Numbers are given one after the other.",
    ),
    (
        RETRIED.format(' UPDATE "payment_transaction"'),
        "Notifications of one payment queue at its row.",
    ),
    (
        r"odoo\.http: A payment of this deposit was begun a moment ago",
        "Of several tabs one pays; the others are told so.",
    ),
    (
        RETRIED.format(
            r' UPDATE "sale_order"\\n +SET "(?:partner_invoice_id|state)" ='
        ),
        "Tabs that type one address, or drop one cart that is there twice, queue.",
    ),
    (
        RETRIED.format('INSERT INTO "account_tax_sale_order_line_rel"'),
        "Tabs that type one address tax the same lines anew.",
    ),
    (
        r"odoo\.http: .* a moment ago, while you changed it\.",
        "Who edits what was accepted meanwhile is told so.",
    ),
    (
        r"odoo\.http: This request is answered already",
        "Of who answers and who withdraws the later one is told so.",
    ),
    (
        r"odoo\.http: The pro forma of S\d+ cannot be issued yet:\n- The order is conf",
        "Who issues what was accepted meanwhile is told so.",
    ),
    (
        r"odoo\.http: Exception during request handling\. (?s:.*)\nException: retry$",
        "Core's poll asks the browser to poll again, as the test does.",
    ),
    (
        r"werkzeug: 127\.0\.0\.1 .* Request timed out: TimeoutError\('timed out'\)",
        "wkhtmltopdf opens connections for fonts and asks nothing through some.",
    ),
]
# The server logs this for the reader only, yet then somebody saw an error.
GAVE_UP = "maximum number of tries reached"
# A drawing of one pixel, as the signature pad would send it.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU"
    "5ErkJggg=="
)
PREPARE = """
france = env.ref("base.fr")
env.company.write({"street": "1 rue du Test", "city": "Lyon", "zip": "69001"})
provider = env["payment.provider"].search([("code", "=", "demo")], limit=1)
provider.write({"state": "test", "is_published": True})
provider.payment_method_ids.active = True
customer = env["res.partner"].create(
    {"name": "Concurrent Customer", "is_company": True,
     "email": "customer@example.com", "phone": "+33 1 99 00 12 34",
     "street": "2 rue du Test", "city": "Lyon", "zip": "69001",
     "country_id": france.id})
env["res.users"].with_context(no_reset_password=True).create(
    {"login": "buyer", "password": "buyer", "partner_id": customer.id,
     "group_ids": [(6, 0, env.ref("base.group_portal").ids)]})
product = env["product.product"].create(
    {"name": "Deck Oven", "list_price": 100, "type": "service", "is_published": True})
env.cr.commit()
import json
print(json.dumps({"customer": customer.id, "product": product.id,
    "template": product.product_tmpl_id.id, "provider": provider.id,
    "country": france.id,
    "method": provider.payment_method_ids[:1].id}))
"""
CREATE_ORDER = """
import json
plan = env.ref("proforma_ecom.deposit_plan_" + {plan!r})
orders = env["sale.order"].create([
    {{"partner_id": {customer}, "user_id": env.ref("base.user_admin").id,
      "proforma_deposit_plan_id": plan.id,
      "order_line": [(0, 0, {{"product_id": {product}, "product_uom_qty": 3}})]}}
    for _number in range({count})])
if {issue}:
    orders.action_proforma_issue()
env.cr.commit()
print(json.dumps([[o.id, o._portal_ensure_token(), o.proforma_version_id.id]
    for o in orders]))
env.cr.commit()
"""


@contextmanager
def clean_server(**options):
    """A server whose log is judged when it has ended: it failed, or it is clean."""
    with live.running_server(**options) as server:
        yield server
    problems = [
        text
        for text in odoolog.read(server.log).problems
        if not any(re.search(pattern, text) for pattern, _reason in EXPECTED)
    ]
    with open(server.log, encoding="utf-8") as log:
        problems += [line.rstrip() for line in log if GAVE_UP in line]
    if problems:
        raise AssertionError(f"Odoo's log is not clean:\n{odoolog.digest(problems)}")


class ConcurrencyCase(unittest.TestCase):
    """A server of several processes, orders and customers that pay."""

    @classmethod
    def setUpClass(cls):
        # Processes, not threads only: as in a shop that has outgrown one.
        cls.server = cls.enterClassContext(clean_server(workers=WORKERS))
        cls.ids = json.loads(cls.server.script(PREPARE).splitlines()[-1])

    def at_once(self, function, arguments):
        """Call the function with each of the arguments at the same instant."""
        arguments = list(arguments)
        barrier = threading.Barrier(len(arguments))

        def call(argument):
            barrier.wait()
            return function(argument)

        with ThreadPoolExecutor(len(arguments)) as pool:
            return list(pool.map(call, arguments))

    def ask(self, query):
        """The first column of a query on the server's database, as texts."""
        return databases.sql(query, self.server.database)

    def kinds(self, order):
        """How often each event happened to an order."""
        return Counter(
            self.ask(f"SELECT kind FROM proforma_event WHERE order_id = {order}")
        )

    def create_orders(self, count=1, plan="30_70", issue=True):
        """[id, token, version] of new orders."""
        script = CREATE_ORDER.format(count=count, plan=plan, issue=issue, **self.ids)
        return json.loads(self.server.script(script).splitlines()[-1])

    def log_in(self, login):
        session = requests.Session()
        page = session.get(f"{self.server.url}/web/login").text
        data = {"login": login, "password": login, "csrf_token": self.csrf(page)}
        answer = session.post(f"{self.server.url}/web/login", data=data)
        self.assertNotIn("/web/login", answer.url)
        return session

    @staticmethod
    def csrf(page):
        return re.search(r'csrf_token"?:? (?:value=)?"(\w+)"', page)[1]

    def call(self, session, path, **params):
        """The result of a JSON-RPC route, or what it says of its error."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = session.post(f"{self.server.url}{path}", json=body).json()
        return answer["error"]["data"] if "error" in answer else answer.get("result")

    def poll(self, session, patience=60):
        """The state of the session's payment; like the browser, ask until it is told.

        The answer to the payment itself says nothing yet: what it pays is done here.
        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            answer = self.call(session, "/payment/status/poll")
            if answer.get("message") != "retry":
                return answer.get("state", answer)
            time.sleep(0.2)
        raise AssertionError(f"The payment was not settled within {patience} s.")

    def pay(self, reference, session):
        """Let the provider confirm a payment."""
        answer = self.call(
            session, "/payment/demo/simulate_payment", reference=reference,
            payment_details="4242424242424242", simulated_state="done",
        )  # fmt: skip
        self.assertIsNone(answer)

    def assert_paid_once(self, order):
        """Check the one deposit invoice and the one acceptance."""
        invoices = self.ask(
            "SELECT m.state, m.amount_total = d.amount FROM account_move m"
            " JOIN sale_order o ON o.name = m.invoice_origin"
            " JOIN proforma_deposit d ON d.order_id = o.id AND d.needed_to_confirm"
            f" WHERE o.id = {order}"
        )
        self.assertEqual(invoices, ["posted|t"])
        kinds = self.kinds(order)
        self.assertEqual((kinds["deposit_paid"], kinds["accepted"]), (1, 1))

    def sign(self, order):
        self.server.script(
            f"order = env['sale.order'].browse({order})\n"
            f"order._proforma_sign('Marie', {SIGNATURE!r})\n"
            "env.cr.commit()"
        )

    def prepare_payment(self, order, token, sequence=1):
        """What the browser sends to start the payment of an instalment."""
        [amount] = self.ask(
            "SELECT amount FROM proforma_deposit"
            f" WHERE order_id = {order} AND sequence = {sequence}"
        )
        return {
            "access_token": token,
            "provider_id": self.ids["provider"],
            "payment_method_id": self.ids["method"],
            "token_id": None,
            "amount": float(amount),
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": f"/my/proformas/{order}",
        }
