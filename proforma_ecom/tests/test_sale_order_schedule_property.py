"""What is paid, refunded and changed on accepted orders, step by step."""

from contextlib import contextmanager
from random import Random

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_random import RANDOM
from .common_schedule_change import ProformaScheduleChangeCommon


@tagged("post_install", "-at_install", "-standard", RANDOM)
class TestSaleOrderScheduleProperty(ProformaScheduleChangeCommon):
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
