"""Clicks and notifications that come at the same time, against a real server."""

import re

import requests

from dev.tests.system.common import SIGNATURE, TABS, WORKERS, ConcurrencyCase

# What a guest types.
ADDRESS = {
    "address_type": "billing",
    "use_delivery_as_billing": "true",
    "callback": "/shop/proforma/continue",
    "required_fields": "name,email",
    "name": "Marie Martin",
    "phone": "+33 1 99 00 12 34",
    "street": "3 place du Marché",
    "city": "Lyon",
    "zip": "69002",
}


class TestConcurrency(ConcurrencyCase):
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

    def add_to_cart(self, session):
        self.call(
            session, "/shop/cart/add", product_template_id=self.ids["template"],
            product_id=self.ids["product"], quantity=1,
        )  # fmt: skip

    def read_cart(self, session):
        """The form of the cart that asks for its pro forma."""
        page = session.get(f"{self.server.url}/shop/cart").text
        form = page[page.index('action="/shop/proforma"') :]
        names = ("csrf_token", "order_id", "access_token")
        return {
            name: re.search(f'name="{name}" value="([^"]+)"', form)[1] for name in names
        }

    def test_two_clicks_on_get_a_pro_forma_give_one(self):
        session = self.log_in("buyer")
        self.add_to_cart(session)
        data = self.read_cart(session)

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

    def ask_as_guest(self, session, email):
        """Put a product into the cart, ask for its pro forma, and type the address, all
        of it in several tabs at the same instant; the pages that they lead to.
        """
        self.at_once(lambda _n: self.add_to_cart(session), range(TABS))
        forms = [self.read_cart(session) for _tab in range(TABS)]
        go = {"allow_redirects": False}
        shop = f"{self.server.url}/shop"
        answers = self.at_once(
            lambda form: session.post(f"{shop}/proforma", data=form, **go), forms
        )
        for answer in answers:
            self.assertIn("/shop/address", answer.headers["Location"])
        address = {
            **ADDRESS, "email": email, "country_id": self.ids["country"],
            "csrf_token": forms[0]["csrf_token"],
        }  # fmt: skip
        self.at_once(
            lambda _n: session.post(f"{shop}/address/submit", data=address),
            range(TABS),
        )
        answers = self.at_once(
            lambda _n: session.get(f"{shop}/proforma/continue", **go), range(TABS)
        )
        return {answer.headers["Location"].partition("?")[0] for answer in answers}

    def test_tabs_of_one_guest_get_one_pro_forma(self):
        for number in range(2):
            session = requests.Session()
            session.get(f"{self.server.url}/shop")
            email = f"guest{number}@example.com"

            pages = self.ask_as_guest(session, email)
            again = self.ask_as_guest(session, email)

            self.assertEqual(len(pages), 1, pages)
            self.assertIn("/my/proformas/", *pages)
            self.assertEqual(again, pages, "the same cart gave a second one")
            issued = self.ask(
                "SELECT o.proforma_number FROM sale_order o JOIN res_partner p"
                " ON p.id = o.partner_id"
                f" WHERE p.email = '{email}' AND o.proforma_number > ''"
            )
            self.assertEqual(len(issued), 1)

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
