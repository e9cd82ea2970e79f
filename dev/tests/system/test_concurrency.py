"""Clicks and notifications that come at the same time, against a real server."""

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


class TestConcurrency(unittest.TestCase):
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

    def test_numbers_of_eight_processes_are_unique(self):
        orders = [order for order, *_rest in self.create_orders(40, issue=False)]
        session = self.log_in("admin")

        def issue(part):
            for order in part:
                self.call(
                    session, "/web/dataset/call_button/sale.order",
                    model="sale.order", method="action_proforma_issue",
                    args=[[order]], kwargs={},
                )  # fmt: skip

        self.at_once(issue, [orders[start::WORKERS] for start in range(WORKERS)])

        ids = ",".join(map(str, orders))
        numbers = self.ask(
            "SELECT DISTINCT proforma_number FROM sale_order"
            f" WHERE id IN ({ids}) AND proforma_number IS NOT NULL"
        )
        self.assertEqual(len(numbers), len(orders))
        with open(self.server.log, encoding="utf-8") as log:
            lines = [line for line in log if "call_button/sale.order" in line]
        self.assertGreater(len({line.split()[2] for line in lines}), 1, "one process")

    def test_two_clicks_on_get_a_pro_forma_give_one(self):
        session = self.log_in("buyer")
        self.call(
            session, "/shop/cart/add", product_template_id=self.ids["template"],
            product_id=self.ids["product"], quantity=1,
        )  # fmt: skip
        page = session.get(f"{self.server.url}/shop/cart").text
        form = page[page.index('action="/shop/proforma"') :]
        names = ("csrf_token", "order_id", "access_token")
        data = {
            name: re.search(f'name="{name}" value="([^"]+)"', form)[1] for name in names
        }

        answers = self.at_once(
            lambda _n: session.post(
                f"{self.server.url}/shop/proforma", data=data, allow_redirects=False
            ),
            range(4),
        )

        targets = {answer.headers["Location"] for answer in answers}
        self.assertEqual(len(targets), 1)
        self.assertIn(f"/my/proformas/{data['order_id']}", targets.pop())
        kinds = self.kinds(data["order_id"])
        self.assertEqual((kinds["issued"], kinds["sent"]), (1, 1))
        versions = self.ask(
            f"SELECT version FROM proforma_version WHERE order_id = {data['order_id']}"
        )
        self.assertEqual(versions, ["1"])

    def test_two_clicks_on_accept_give_one_order(self):
        [[order, token, version]] = self.create_orders(plan="none")

        answers = self.at_once(
            lambda _n: self.call(
                requests, f"/my/proformas/{order}/accept", access_token=token,
                name="Marie", signature=SIGNATURE, version_id=version,
            ),
            range(4),
        )  # fmt: skip

        self.assertTrue(all("force_refresh" in answer for answer in answers), answers)
        kinds = self.kinds(order)
        self.assertEqual((kinds["signed"], kinds["accepted"]), (1, 1))
        self.assertEqual(
            self.ask(f"SELECT state FROM sale_order WHERE id = {order}"), ["sale"]
        )
        mails = self.ask(
            "SELECT subject FROM mail_message WHERE model = 'sale.order'"
            f" AND subject IS NOT NULL AND res_id = {order}"
        )
        self.assertTrue(mails)
        self.assertEqual(len(mails), len(set(mails)), "a mail was sent twice")

    def test_tabs_that_pay_at_once_start_a_payment_each(self):
        self.start_in_tabs()

    def start_in_tabs(self):
        """An order, and the tabs that pay its deposit by their payments' references."""
        [[order, token, _version]] = self.create_orders()
        self.sign(order)
        values = self.prepare_payment(order, token)

        tabs = [requests.Session() for _number in range(TABS)]

        answers = self.at_once(
            lambda tab: self.call(tab, f"/my/proformas/{order}/transaction", **values),
            tabs,
        )

        started = {
            answer["reference"]: tab
            for tab, answer in zip(tabs, answers, strict=True)
            if "reference" in answer
        }
        for answer in answers:
            if "reference" not in answer:
                self.assertEqual(answer["name"], "odoo.exceptions.ValidationError")
                self.assertNotIn("must be unique", answer["message"])
        payments = self.ask(
            "SELECT t.reference FROM payment_transaction t"
            " JOIN sale_order_transaction_rel r ON r.transaction_id = t.id"
            f" WHERE r.sale_order_id = {order}"
        )
        self.assertTrue(started)
        self.assertCountEqual(payments, started)
        self.assertEqual(self.kinds(order)["payment_started"], len(payments))
        return order, started

    def test_payments_of_all_tabs_confirm_once_and_the_rest_is_reported(self):
        order, tabs = self.start_in_tabs()

        self.at_once(lambda item: self.pay(*item), tabs.items())
        states = self.at_once(self.poll, tabs.values())

        self.assertEqual(set(states), {"done"})
        self.assert_paid_once(order)
        refused = self.ask(
            "SELECT note FROM proforma_event"
            f" WHERE kind = 'payment_refused' AND order_id = {order}"
        )
        self.assertEqual(len(refused), len(tabs) - 1, "surplus money not reported")
        used = self.ask(
            "SELECT t.reference FROM payment_transaction t"
            " JOIN account_invoice_transaction_rel r ON r.transaction_id = t.id"
            " JOIN proforma_deposit d ON d.invoice_id = r.invoice_id"
            f" WHERE d.order_id = {order}"
        )
        self.assertEqual(len(used), 1)
        self.assertCountEqual([*refused, *used], tabs)

    def test_two_notifications_of_one_payment_give_one_deposit_invoice(self):
        [[order, token, _version]] = self.create_orders()
        self.sign(order)
        session = requests.Session()
        values = self.call(
            session, f"/my/proformas/{order}/transaction",
            **self.prepare_payment(order, token),
        )  # fmt: skip

        self.at_once(lambda _n: self.pay(values["reference"], session), range(4))
        self.at_once(lambda _n: self.poll(session), range(4))

        self.assert_paid_once(order)
        self.assertEqual(self.kinds(order)["payment_refused"], 0)

    def test_five_notifications_of_a_second_instalment_pay_it_once(self):
        order, token = self.create_order_with_paid_deposit()
        session = requests.Session()
        values = self.start_instalment(session, order, token)

        self.at_once(lambda _n: self.pay(values["reference"], session), range(5))
        states = self.at_once(lambda _n: self.poll(session), range(5))

        self.assertEqual(set(states), {"done"})
        self.assert_instalments_paid_once(order)

    def test_tabs_that_pay_a_second_instalment_at_once_pay_it_once(self):
        order, token = self.create_order_with_paid_deposit()
        tabs = [requests.Session() for _number in range(TABS)]

        answers = self.at_once(
            lambda tab: self.start_instalment(tab, order, token), tabs
        )

        started = [
            (answer["reference"], tab)
            for tab, answer in zip(tabs, answers, strict=True)
            if "reference" in answer
        ]
        refused = [answer for answer in answers if "reference" not in answer]
        self.assertEqual((len(started), len(refused)), (1, TABS - 1))
        for answer in refused:
            self.assertEqual(answer["name"], "odoo.exceptions.ValidationError")
            self.assertIn("a moment ago", answer["message"])
        [(reference, tab)] = started
        self.pay(reference, tab)
        self.assertEqual(self.poll(tab), "done")
        self.assert_instalments_paid_once(order)

    def create_order_with_paid_deposit(self):
        """An accepted order whose second instalment is open: its id and its token."""
        [[order, token, _version]] = self.create_orders()
        self.sign(order)
        session = requests.Session()
        values = self.call(
            session, f"/my/proformas/{order}/transaction",
            **self.prepare_payment(order, token),
        )  # fmt: skip
        self.pay(values["reference"], session)
        self.assertEqual(self.poll(session), "done")
        self.assert_paid_once(order)
        return order, token

    def start_instalment(self, session, order, token):
        """What the server answers who starts to pay the second instalment."""
        [deposit] = self.ask(
            f"SELECT id FROM proforma_deposit WHERE order_id = {order} AND sequence = 2"
        )
        path = f"/my/proformas/{order}/transaction?deposit_id={deposit}"
        return self.call(session, path, **self.prepare_payment(order, token, 2))

    def assert_instalments_paid_once(self, order):
        """Check one payment and one invoice for each of two instalments."""
        instalments = self.ask(
            "SELECT d.state, m.state, m.amount_total = d.amount, m.amount_residual = 0,"
            " (SELECT count(*) FROM account_payment p WHERE p.proforma_deposit_id = d.id)"
            " FROM proforma_deposit d JOIN account_move m ON m.id = d.invoice_id"
            f" WHERE d.order_id = {order}"
        )
        self.assertEqual(instalments, ["paid|posted|t|t|1"] * 2)
        invoices = self.ask(
            "SELECT m.id FROM account_move m JOIN sale_order o"
            f" ON o.name = m.invoice_origin WHERE o.id = {order}"
        )
        self.assertEqual(len(invoices), 2)
        kinds = self.kinds(order)
        self.assertEqual((kinds["deposit_paid"], kinds["payment_refused"]), (2, 0))

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
