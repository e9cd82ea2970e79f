"""People who negotiate at the same time, and what their pages tell them."""

import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from lxml import html

from dev.tests.system.common import SIGNATURE, WORKERS, ConcurrencyCase

# In seconds: how much later the winner of a round begins the next one, so that rounds
# stay near the instant at which either may win.
HANDICAP = 0.02
ROUNDS = 10
# A change within the limit is made at once, any other waits, as every offer does.
# Reminders that stop would be rows that two requests write, lock or not.
PREPARE = """
import json
from odoo.fields import Command
company, portal = env.company, env.ref("base.group_portal")
company.write({{"proforma_change_rule": "automatic", "proforma_change_limit": 50,
    "proforma_offer_rule": "never", "proforma_ask_feedback": True,
    "proforma_reminder_plan_id": False}})
users = env["res.users"].with_context(no_reset_password=True)
for login, name in {colleagues!r}.items():
    contact = env["res.partner"].create({{"name": name, "parent_id": {customer},
        "type": "contact", "email": login + "@example.com"}})
    users.create({{"login": login, "password": login, "partner_id": contact.id,
        "group_ids": [(6, 0, portal.ids)]}})
seller = users.create({{"login": "seller", "password": "seller", "name": "Sam Seller",
    "email": "seller@example.com", "group_ids": [(6, 0, [
        env.ref("base.group_user").id,
        env.ref("sales_team.group_sale_salesman_all_leads").id])]}})
plan = env.ref("proforma_ecom.deposit_plan_none")
orders = env["sale.order"].create([{{
    "partner_id": {customer}, "user_id": seller.id,
    "proforma_deposit_plan_id": plan.id,
    "order_line": [Command.create({{"product_id": {product}, "product_uom_qty": 10}})]
}} for _number in range({count})])
orders.action_proforma_issue()
env.cr.commit()
print(json.dumps([[o.id, o.order_line.id, o.proforma_version_id.id, o.amount_total]
    for o in orders]))
"""


@dataclass(frozen=True)
class Paper:
    """A pro forma as it was sent first: ids, and the total that the customer saw."""

    order: int
    line: int
    version: int
    total: float


@dataclass(frozen=True)
class Story:
    """What the page of a pro forma tells: its version's name, what stands in a box, and
    (kind, who) of what happened.
    """

    version: str
    alerts: str
    timeline: list


class Person:
    """Somebody who is signed in, in one window."""

    def __init__(self, case, login, name):
        self.case, self.name = case, name
        self.session = case.log_in(login)
        self.url = case.server.url
        self.csrf = case.csrf(self.session.get(f"{self.url}/my").text)

    def read(self, paper):
        """What the page tells now."""
        answer = self.session.get(f"{self.url}/my/proformas/{paper.order}")
        self.case.assertEqual(answer.status_code, 200, answer.text[-2000:])
        page = html.fromstring(answer.text)
        rows = page.xpath("//*[contains(@class, 'o_proforma_timeline')]//li")
        who = ".//span[@class='text-muted']/text()"
        return Story(
            page.xpath("string(//*[contains(@class, 'o_proforma_reference')])"),
            " ".join(page.xpath("//div[@role]//text()")),
            [(row.get("data-kind"), "".join(row.xpath(who))) for row in rows],
        )

    def post(self, paper, suffix, **fields):
        """Send a form of the page; the message that the answer leads to, or "refused".

        A form that is shown again is an answer, too.
        """
        answer = self.session.post(
            f"{self.url}/my/proformas/{paper.order}{suffix}",
            data={"csrf_token": self.csrf, "version_id": paper.version, **fields},
            allow_redirects=False,
        )
        self.case.assertIn(answer.status_code, (200, 303), answer.text[-2000:])
        query = urlsplit(answer.headers.get("Location", "")).query
        return parse_qs(query).get("message", ["refused"])[0]

    def accept(self, paper):
        """Sign the version that was seen; "accepted" or "refused"."""
        answer = self.case.call(
            self.session, f"/my/proformas/{paper.order}/accept",
            name=self.name, signature=SIGNATURE, version_id=paper.version,
        )  # fmt: skip
        self.case.assertNotIn("debug", answer, answer)
        is_accepted = "message=accepted" in answer.get("redirect_url", "")
        return "accepted" if is_accepted else "refused"

    def change(self, paper, quantity):
        fields = {f"qty_{paper.line}": quantity, "action": "send"}
        return self.post(paper, "/change", **fields)

    def decline(self, paper):
        return self.post(paper, "/decline")

    def offer(self, paper, amount):
        return self.post(paper, "/offer", amount=amount)

    def ask_about_line(self, paper, question):
        suffix = f"/lines/{paper.line}/question"
        return self.post(paper, suffix, question=question)

    def do(self, model, method, *args):
        """Call a method as the back office does; what it returns, or why it does not
        (a text).

        An error that is not meant for users fails the test.
        """
        answer = self.case.call(
            self.session, f"/web/dataset/call_kw/{model}/{method}",
            model=model, method=method, args=args, kwargs={},
        )  # fmt: skip
        if not (isinstance(answer, dict) and "debug" in answer):
            return answer
        self.case.assertEqual(answer["name"], "odoo.exceptions.UserError", answer)
        return answer["message"]


class NegotiationCase(ConcurrencyCase):
    """Pro formas, two colleagues of one customer, and a salesperson."""

    papers_needed = 0
    colleagues = {"anna": "Anna Buyer", "paul": "Paul Cook"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        script = PREPARE.format(
            colleagues=cls.colleagues, count=cls.papers_needed, **cls.ids
        )
        rows = json.loads(cls.server.script(script).splitlines()[-1])
        cls.papers = [Paper(*row) for row in rows]
        case = cls()  # No test: it lends its assertions to the persons.
        cls.anna, cls.paul = (Person(case, *item) for item in cls.colleagues.items())
        cls.seller = Person(case, "seller", "Sam Seller")
        cls.admin = Person(case, "admin", "Administrator")
        for _round in range(2):  # The first request of a process is its slowest.
            case.at_once(lambda _n: cls.anna.read(cls.papers[0]), range(WORKERS))

    def take(self):
        """A pro forma that nobody has used yet."""
        return self.papers.pop()

    def race(self, first, second, is_contest=True, rounds=ROUNDS):
        """Let two functions be called with the same pro forma at the same instant, and
        yield what they return; whoever wins begins a little later in the next round.

        :param first: returns a text; "refused" is that of who loses
        :param is_contest: each of them has to win once
        :yield: (paper, what the first one returned, what the second one did)
        """
        lead, won = 0.0, set()
        for _round in range(rounds):
            paper = self.take()
            barrier = threading.Barrier(2)

            def call(function, delay, paper=paper, barrier=barrier):
                barrier.wait()
                time.sleep(max(delay, 0))
                return function(paper)

            with ThreadPoolExecutor(2) as pool:
                futures = [
                    pool.submit(call, first, lead), pool.submit(call, second, -lead)
                ]  # fmt: skip
                one, other = (future.result() for future in futures)
            yield paper, one, other
            winner = "second" if one == "refused" else "first"
            won.add(winner)
            lead += HANDICAP if winner == "first" else -HANDICAP
        if is_contest:
            self.assertEqual(won, {"first", "second"}, "one of them never won")

    def facts(self, paper):
        """(core's state, our state, signatures, quantity, version) of an order."""
        [row] = self.ask(
            "SELECT o.state, o.proforma_state, (SELECT count(*) FROM proforma_event e"
            " WHERE e.order_id = o.id AND e.kind = 'signed'), l.product_uom_qty::int,"
            " v.version FROM sale_order o JOIN sale_order_line l ON l.id ="
            f" {paper.line} JOIN proforma_version v ON v.id = o.proforma_version_id"
            f" WHERE o.id = {paper.order}"
        )
        state, proforma_state, signed, quantity, version = row.split("|")
        return state, proforma_state, int(signed), int(quantity), int(version)

    def versions(self, paper):
        """Number, whether it is signed, and total of each version, in their order."""
        rows = self.ask(
            "SELECT version, signature_sha256 IS NOT NULL, amount_total FROM"
            f" proforma_version WHERE order_id = {paper.order} ORDER BY version"
        )
        parts = [row.split("|") for row in rows]
        return [(int(n), signed == "t", float(total)) for n, signed, total in parts]

    def requests(self, paper):
        """Kind, state and whose each request is, in their order."""
        return self.ask(
            "SELECT kind, state, asked_by FROM proforma_request"
            f" WHERE order_id = {paper.order} ORDER BY id"
        )

    def assert_told(self, paper, *happened):
        """Check that both colleagues see who did what; return Anna's page, then Paul's.

        :param happened: (kind, who) that each timeline has to have
        """
        stories = [person.read(paper) for person in (self.anna, self.paul)]
        for story in stories:
            for row in happened:
                self.assertIn(row, story.timeline)
        return stories

    def name_of(self, paper, version):
        """The printed name of a version."""
        [name] = self.ask(
            "SELECT name FROM proforma_version"
            f" WHERE order_id = {paper.order} AND version = {version}"
        )
        return re.sub(r"\s+", " ", name)
