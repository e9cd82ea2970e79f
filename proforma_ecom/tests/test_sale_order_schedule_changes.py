from contextlib import contextmanager
from random import Random
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaRefundCommon


@tagged("post_install", "-at_install")
class TestSaleOrderScheduleChanges(ProformaRefundCommon):
    """Accepted orders of 1,200.00 that change: 360, 480 and 360 are to be paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["proforma.deposit.plan"].create(
            {
                "name": "Three",
                "line_ids": [
                    Command.create(
                        {
                            "sequence": position,
                            "name": f"Instalment {position}",
                            "percent": percent,
                            "trigger": trigger,
                            "days": 30,
                            "nature": "acompte",
                        }
                    )
                    for position, percent, trigger in (
                        (1, 30.0, "acceptance"),
                        (2, 40.0, "after_acceptance"),
                        (3, 30.0, "after_acceptance"),
                    )
                ],
            }
        )

    def _create_three(self, **values):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan.id, **values)
        self._sign(order)
        return order

    def _pay_next(self, order):
        """Pay the first deposit that is open, online."""
        deposit = order.sudo().proforma_deposit_ids._get_open()[:1]
        tx = self._create_deposit_tx(
            order, proforma_deposit_id=deposit.id, amount=deposit.amount
        )
        self._pay(tx)

    def _do(self, order, step):
        """Do a step, for instance `pay`, `refund 1`, `quantity 12` or `add 100`."""
        verb, *values = step.split()
        line = order.order_line.filtered("product_id")[:1]
        if verb == "pay":
            self._pay_next(order)
        elif verb == "refund":
            self._refund(order.proforma_deposit_ids[int(values[0]) - 1])
        elif verb == "quantity":
            # Core would take the price of the catalog for another quantity.
            line.write({"product_uom_qty": float(values[0]), "price_unit": 100.0})
        elif verb == "add":
            order.order_line = [
                Command.create(
                    {"product_id": self.product.id, "price_unit": float(values[0])}
                )
            ]
        elif verb == "remove":
            order.order_line.filtered("product_id")[-1:].product_uom_qty = 0
        elif verb == "cancel":
            order.action_cancel()
        elif verb == "uninvoice":
            invoice = order.proforma_deposit_ids[int(values[0]) - 1].invoice_id
            invoice.button_draft()
            invoice.button_cancel()
        elif verb == "unrefund":
            credits = order.proforma_deposit_ids.invoice_id.reversal_move_ids
            credits.filtered(lambda move: move.state == "posted")[:1].button_draft()

    @contextmanager
    def _rolled_back(self):
        """Undo what is done inside: making the order anew takes long."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _try_step(self, order, random):
        """Do a random step, as far as it is allowed; return which."""
        deposits = order.proforma_deposit_ids
        paid = [i for i, d in enumerate(deposits, start=1) if d.state == "paid"]
        steps = [f"quantity {random.randint(0, 14)}"] * 2
        steps.append(f"add {random.randint(1, 99)}.37")
        if order.proforma_deposit_ids._get_open():
            steps += ["pay"] * 3
        if paid:
            steps += [f"refund {random.choice(paid)}"] * 2
            steps.append(f"uninvoice {random.choice(paid)}")
        if deposits.invoice_id.reversal_move_ids:
            steps.append("unrefund")
        if order.proforma_state == "cancelled":
            steps = [s for s in steps if s.startswith(("refund", "unrefund"))]
        else:
            steps.append("cancel")
        step = random.choice(steps or ["nothing"])
        try:
            with self.env.cr.savepoint():
                self._do(order, step)
        except UserError:
            return f"{step} (refused)"
        return step

    def test_no_cent_is_lost_or_invented_by_random_steps(self):
        order = self._create_three()
        self._do(order, "pay")
        for seed in range(40):
            random, steps = Random(seed), []
            with self._rolled_back():
                for _step in range(random.randint(3, 6)):
                    steps.append(self._try_step(order, random))
                    with self.subTest(seed=seed, steps="; ".join(steps)):
                        self.assertCents(order)

    def _get_rows(self, order):
        return [
            f"{deposit.state} {deposit.amount:g}"
            for deposit in order.proforma_deposit_ids
            if deposit.state != "cancelled"
        ]

    def test_sequences_of_payments_and_changes(self):
        order = self._create_three()
        for steps, expected, overpayment in (
            (
                "pay; quantity 15",
                ["paid 360", "planned 822.86", "planned 617.14"],
                0,
            ),
            ("pay; quantity 8", ["paid 360", "planned 342.86", "planned 257.14"], 0),
            ("pay; pay; quantity 12", ["paid 360", "paid 480", "planned 600"], 0),
            ("pay; pay; quantity 7", ["paid 360", "paid 480"], 0),
            ("pay; pay; quantity 5", ["paid 360", "paid 480"], 240),
            (
                "pay; pay; quantity 5; quantity 10",
                ["paid 360", "paid 480", "planned 360"],
                0,
            ),
            ("pay; pay; quantity 5; quantity 6", ["paid 360", "paid 480"], 120),
            ("pay; pay; pay", ["paid 360", "paid 480", "paid 360"], 0),
            (
                "pay; pay; pay; quantity 11",
                ["paid 360", "paid 480", "paid 360", "planned 120"],
                0,
            ),
            (
                "pay; pay; pay; quantity 11; quantity 12",
                ["paid 360", "paid 480", "paid 360", "planned 240"],
                0,
            ),
            (
                "pay; pay; pay; quantity 11; quantity 10",
                ["paid 360", "paid 480", "paid 360"],
                0,
            ),
            ("pay; pay; pay; quantity 0", ["paid 360", "paid 480", "paid 360"], 1200),
            (
                "pay; refund 1",
                ["refunded 360", "planned 685.71", "planned 514.29"],
                0,
            ),
            (
                "pay; refund 1; quantity 20",
                ["refunded 360", "planned 1371.42", "planned 1028.58"],
                0,
            ),
            (
                "pay; pay; pay; refund 2",
                ["paid 360", "refunded 480", "paid 360", "planned 480"],
                0,
            ),
            (
                "pay; pay; quantity 5; refund 2",
                ["paid 360", "refunded 480", "planned 240"],
                0,
            ),
            (
                "pay; add 100",
                ["paid 360", "planned 548.57", "planned 411.43"],
                0,
            ),
            (
                "pay; add 100; remove",
                ["paid 360", "planned 480", "planned 360"],
                0,
            ),
            (
                "pay; pay; pay; refund 1; refund 2; refund 3; quantity 1",
                ["refunded 360", "refunded 480", "refunded 360", "planned 120"],
                0,
            ),
        ):
            with self.subTest(steps), self._rolled_back():
                for step in steps.split("; "):
                    self._do(order, step)
                    self.assertCents(order)

                self.assertEqual(self._get_rows(order), expected)
                self.assertAlmostEqual(order.proforma_overpayment, overpayment)

    def test_overpayment_is_told_once(self):
        order = self._create_three()
        self._do(order, "pay")
        self._do(order, "quantity 1")
        order.activity_ids.action_feedback(feedback="Noted")

        order.client_order_ref = "4711"
        order.order_line.filtered("product_id").name = "Other words"
        order.note = "Thank you"

        self.assertFalse(order.activity_ids)

    def test_another_overpayment_takes_the_place_of_the_first(self):
        order = self._create_three()
        self._do(order, "pay")

        self._do(order, "quantity 1")
        self._do(order, "quantity 2")

        self.assertEqual(len(order.activity_ids), 1)
        self.assertIn("120.00", order.activity_ids.summary)

    def test_overpayment_that_is_gone_leaves_no_activity(self):
        order = self._create_three()
        self._do(order, "pay")

        self._do(order, "quantity 1")
        self._do(order, "quantity 10")

        self.assertFalse(order.activity_ids)

    def test_invoiced_instalment_stays_as_it_is(self):
        self.plan.invoice_on = "due"
        order = self._create_proforma(proforma_deposit_plan_id=self.plan.id)
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()

        self._do(order, "quantity 20")

        self.assertEqual(
            self._get_rows(order), ["due 360", "planned 1165.71", "planned 874.29"]
        )
        self.assertCents(order)

    def test_instalment_that_is_being_paid_stays_as_it_is(self):
        order = self._create_three()
        self._do(order, "pay")
        deposit = order.sudo().proforma_deposit_ids[1]
        tx = self._create_deposit_tx(
            order, proforma_deposit_id=deposit.id, amount=deposit.amount
        )
        tx._set_pending()

        self._do(order, "quantity 15")
        self._pay(tx)

        self.assertEqual(self._get_rows(order), ["paid 360", "paid 480", "planned 960"])
        self.assertCents(order)

    def test_cancelled_invoice_of_an_overpaid_order_asks_for_what_it_costs(self):
        order = self._create_three()
        self._do(order, "pay")
        self._do(order, "pay")
        self._do(order, "quantity 5")
        invoice = order.proforma_deposit_ids[1].invoice_id

        invoice.button_draft()
        invoice.button_cancel()

        self.assertEqual(self._get_rows(order), ["paid 360", "due 240"])
        self.assertFalse(order.proforma_overpayment)

    def test_currency_without_cents_keeps_every_unit(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": yen.id}
        )
        order = self._create_three(pricelist_id=pricelist.id)
        self._do(order, "pay")

        order.order_line.filtered("product_id").price_unit = 33

        self.assertEqual(
            self._get_rows(order), ["paid 360", "planned 21", "planned 15"]
        )
        self.assertCents(order)

    def test_plain_order_is_left_alone(self):
        order = self._create_order()
        order.action_confirm()

        order.order_line.product_uom_qty = 3

        self.assertFalse(order.proforma_deposit_ids)
        self.assertFalse(order.activity_ids)

    def test_issued_proforma_is_left_to_its_next_version(self):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan.id)

        order.order_line.product_uom_qty = 5

        self.assertEqual(order.proforma_state, "revising")
        self.assertFalse(order.proforma_overpayment)

    def test_saving_many_lines_spreads_the_balance_once(self):
        order = self._create_three(
            order_line=[
                Command.create(
                    {"product_id": self.product.id, "price_unit": 10.0 + number}
                )
                for number in range(200)
            ]
        )
        self._do(order, "pay")
        spread = type(order)._proforma_spread_balance
        commands = [
            Command.update(line.id, {"product_uom_qty": 2})
            for line in order.order_line.filtered("product_id")
        ]

        with patch.object(
            type(order), "_proforma_spread_balance", autospec=True, side_effect=spread
        ) as spreading:
            order.write({"order_line": commands})

        self.assertEqual(spreading.call_count, 1)
        self.assertCents(order)
