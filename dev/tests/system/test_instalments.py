"""Payments of a later instalment at the same time, against a real server."""

import requests

from dev.tests.system.common import TABS, ConcurrencyCase


class TestInstalments(ConcurrencyCase):
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
            " (SELECT count(*) FROM account_payment p"
            " WHERE p.proforma_deposit_id = d.id)"
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
