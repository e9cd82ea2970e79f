from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import SIGNATURE
from .common_price import CHECKED_ON, ISSUED_ON, ProformaPriceCommon

CHECK_LOGGER = "odoo.addons.proforma_ecom.models.sale_order_price_check"


@tagged("post_install", "-at_install")
class TestSaleOrderPriceCheck(ProformaPriceCommon):
    def test_moved_price_list_is_proposed(self):
        order = self._issue_metal()
        self.metal.list_price = 105.0

        self._check_prices()

        self.assertRecordValues(
            self._get_checks(order),
            [
                {
                    "outcome": "proposed",
                    "old_total": 1000.0,
                    "new_total": 1050.0,
                    "total_change": 5.0,
                    "old_margin": 30.0,
                    "new_margin": 33.33,
                }
            ],
        )
        self.assertEqual(order.amount_total, 1000.0)

    def test_plan_that_issues_makes_and_sends_a_version(self):
        self.plan.action = "issue"
        order = self._issue_metal()
        self.metal.list_price = 105.0

        self._check_prices()

        self.assertEqual(order.proforma_version_id.version, 2)
        self.assertEqual(order.amount_total, 1050.0)
        self.assertEqual(order.proforma_state, "issued")
        self.assertIn("sent", order.proforma_event_ids.mapped("kind"))
        self.assertEqual(self._get_checks(order).mapped("outcome"), ["issued"])

    def test_new_version_is_measured_from_its_own_prices(self):
        self.plan.action = "issue"
        order = self._issue_metal()
        self.metal.list_price = 105.0
        self._check_prices()
        self.metal.list_price = 106.0

        self._check_prices("2026-11-21 10:00:00")

        self.assertEqual(order.proforma_version_id.version, 2)
        self.assertEqual(self._get_checks(order)[-1].outcome, "below")

    def test_second_run_of_a_day_does_nothing(self):
        order = self._issue_metal()
        self.metal.list_price = 105.0
        self._check_prices()
        self.metal.list_price = 120.0

        self._check_prices("2026-11-20 15:00:00")

        self.assertEqual(len(self._get_checks(order)), 1)
        self.assertEqual(len(order.activity_ids), 1)

    def test_nothing_moved_leaves_only_the_day(self):
        order = self._issue_metal()

        self._check_prices()

        self.assertFalse(self._get_checks(order))
        self.assertEqual(str(order.proforma_prices_checked_on), "2026-11-20")

    def test_same_figures_are_noted_once(self):
        order = self._issue_metal()
        self.metal.list_price = 101.0

        self._check_prices()
        self._check_prices("2026-11-21 10:00:00")

        self.assertEqual(self._get_checks(order).mapped("outcome"), ["below"])

    def test_cost_that_moves_alone_is_proposed_without_prices(self):
        self.plan.action = "issue"
        order = self._issue_metal()
        self.metal.standard_price = 75.0

        self._check_prices()

        self.assertRecordValues(
            self._get_checks(order),
            [
                {
                    "outcome": "proposed",
                    "reason": "no_price",
                    "new_total": 1000.0,
                    "old_margin": 30.0,
                    "new_margin": 25.0,
                }
            ],
        )
        self.assertEqual(order.proforma_version_id.version, 1)

    def test_cost_that_is_not_watched_moves_nothing(self):
        self.plan.watch_cost = False
        order = self._issue_metal()
        self.metal.standard_price = 90.0

        self._check_prices()

        self.assertFalse(self._get_checks(order))

    def test_price_list_that_is_not_watched_moves_nothing(self):
        self.plan.watch_pricelist = False
        order = self._issue_metal()
        self.metal.list_price = 150.0

        self._check_prices()

        self.assertFalse(self._get_checks(order))

    def test_floor_of_the_document_turns_an_issue_into_a_proposal(self):
        self.plan.write({"action": "issue", "floor_margin": 20.0})
        for price, version, reason in [
            (90.0, 2, False),  # A margin of 22.2 %.
            (87.0, 1, "floor"),  # A margin of 19.5 %.
        ]:
            with self.subTest(price):
                self.metal.list_price = 100.0
                order = self._issue_metal()
                self.metal.list_price = price

                self._check_prices()

                self.assertEqual(order.proforma_version_id.version, version)
                self.assertEqual(self._get_checks(order)[-1].reason, reason)

    def test_price_of_nothing_is_below_any_floor(self):
        self.plan.action = "issue"
        gold = self._create_metal("Gold", list_price=1000.0, standard_price=100.0)
        order = self._issue_metal(
            [
                self._create_metal_line(),
                self._create_metal_line(product_id=gold.id),
            ]
        )
        self.metal.list_price = 0.0

        self._check_prices()

        self.assertEqual(order.amount_total, 11000.0)
        self.assertEqual(self._get_checks(order).mapped("reason"), ["floor"])

    def test_floor_knows_the_cost_that_is_not_watched(self):
        self.plan.write({"action": "issue", "floor_margin": 20.0, "watch_cost": False})
        order = self._issue_metal()
        self.metal.write({"list_price": 105.0, "standard_price": 95.0})

        self._check_prices()

        self.assertEqual(order.proforma_version_id.version, 1)
        self.assertEqual(self._get_checks(order).reason, "floor")

    def test_version_that_is_there_at_once_is_not_announced(self):
        self.plan.action = "issue"
        order = self._issue_metal()
        order.company_id._get_proforma_notice("in_progress").is_active = True
        self.metal.list_price = 105.0

        self._check_prices()

        mailings = order.proforma_version_ids.all_mailing_ids
        self.assertEqual(mailings.mapped("kind"), ["changed"])

    def test_version_by_itself_is_no_answer_to_a_question(self):
        self.plan.action = "issue"
        order = self._issue_metal()
        order._proforma_ask("How heavy is it?", self.customer)
        self.metal.list_price = 105.0

        self._check_prices()

        reminders = order.proforma_reminder_ids.filtered(
            lambda reminder: reminder.version_id == order.proforma_version_id
        )
        self.assertEqual(order.proforma_version_id.version, 2)
        self.assertEqual(set(reminders.mapped("reason")), {"asked"})

    def test_version_that_no_status_mail_brings_is_left_to_the_salesperson(self):
        self.plan.action = "issue"
        order = self._issue_metal(user_id=self.sale_user.id)
        order.company_id._get_proforma_notice("changed").is_active = False
        self.metal.list_price = 105.0

        self._check_prices()

        self.assertEqual(order.proforma_version_id.version, 2)
        [activity] = order.activity_ids
        self.assertEqual(activity.user_id, self.sale_user)
        self.assertIn(order.proforma_version_id.name, activity.summary)

    def test_floor_holds_for_each_line(self):
        self.plan.write({"action": "issue", "floor_margin": 20.0})
        gold = self._create_metal("Gold", list_price=1000.0, standard_price=100.0)
        lines = [
            self._create_metal_line(),
            self._create_metal_line(product_id=gold.id),
        ]
        order = self._issue_metal(lines)
        self.metal.list_price = 75.0

        self._check_prices()

        self.assertEqual(self._get_checks(order).mapped("reason"), ["floor"])
        self.assertEqual(order.proforma_version_id.version, 1)

    def test_version_that_is_too_recent_is_kept_back(self):
        self.plan.write({"action": "issue", "min_days": 5})
        order = self._issue_metal()
        self.metal.list_price = 105.0
        for instant, version in [
            ("2026-11-06 10:00:00", 1),
            ("2026-11-07 10:00:00", 2),
        ]:
            with self.subTest(instant):
                self._check_prices(instant)

                self.assertEqual(order.proforma_version_id.version, version)
        self.assertEqual(
            self._get_checks(order).mapped("outcome"), ["kept_back", "issued"]
        )

    def test_day_of_the_company_decides(self):
        order = self._issue_metal(instant="2026-11-02 22:30:00")  # 23:30 in Paris.
        self.metal.list_price = 105.0
        for instant, count in [
            ("2026-11-02 22:59:00", 0),
            ("2026-11-02 23:01:00", 1),  # The next day in Paris.
        ]:
            with self.subTest(instant):
                self._check_prices(instant)

                self.assertEqual(len(self._get_checks(order)), count)

    def test_expired_proforma_is_not_checked(self):
        order = self._issue_metal()
        self.metal.list_price = 150.0

        self._check_prices("2026-12-31 23:00:01")

        self.assertFalse(self._get_checks(order))
        self.assertEqual(str(order.proforma_prices_checked_on), ISSUED_ON[:10])

    def test_what_is_settled_is_not_checked(self):
        self.plan.action = "issue"
        orders = {}
        for name in ("signed", "accepted", "declined", "revising", "cancelled"):
            orders[name] = self._issue_metal()
        with freeze_time(ISSUED_ON):
            orders["signed"].sudo().write(
                {"signature": SIGNATURE, "signed_by": "M", "signed_on": ISSUED_ON}
            )
            self._sign(orders["accepted"])
            orders["declined"]._proforma_decline()
            orders["revising"].action_proforma_revise()
            orders["cancelled"]._action_cancel()
        self.metal.list_price = 150.0

        self._check_prices()

        for name, order in orders.items():
            with self.subTest(name):
                self.assertFalse(self._get_checks(order))
                self.assertEqual(str(order.proforma_prices_checked_on), ISSUED_ON[:10])
                self.assertEqual(order.amount_total, 1000.0)

    def _break(self, bad):
        lines = self.env.registry["sale.order.line"]
        get_price = lines._get_proforma_list_price

        def get_or_fail(line, *args):
            if line.order_id == bad:
                raise ZeroDivisionError("float division by zero")
            return get_price(line, *args)

        return patch.object(lines, "_get_proforma_list_price", get_or_fail)

    @mute_logger(CHECK_LOGGER)
    def test_one_that_fails_does_not_stop_the_others(self):
        first, bad, last = (self._issue_metal() for _ in range(3))
        self.metal.list_price = 105.0

        with self._break(bad):
            self._check_prices()

        self.assertEqual(
            self._get_checks(first + last).mapped("outcome"), ["proposed"] * 2
        )
        self.assertEqual(self._get_checks(bad).mapped("outcome"), ["failed"])
        self.assertIn("division by zero", bad.activity_ids.note)

    @mute_logger(CHECK_LOGGER)
    def test_new_version_that_is_refused_is_proposed_once(self):
        self.plan.action = "issue"
        order = self._issue_metal()
        self.metal.list_price = 105.0
        order.partner_id.email = False

        self._check_prices()
        self._check_prices("2026-11-21 10:00:00")

        self.assertEqual(self._get_checks(order).mapped("reason"), ["refused"])
        self.assertEqual(order.proforma_state, "issued")
        self.assertEqual(order.order_line.price_unit, 100.0)
        self.assertIn("no e-mail address", order.activity_ids.note)

    def test_other_addons_error_on_issue_leaves_the_document_as_it_was(self):
        self.plan.action = "issue"
        first, second = self._issue_metal(), self._issue_metal()
        self.metal.list_price = 105.0
        orders = self.env.registry["sale.order"]
        send = orders._proforma_send_mail

        def send_or_fail(order):
            if order == first:
                raise ValueError("A broken template")
            return send(order)

        with (
            mute_logger(CHECK_LOGGER),
            patch.object(orders, "_proforma_send_mail", send_or_fail),
        ):
            self._check_prices()

        self.assertEqual(first.proforma_version_id.version, 1)
        self.assertEqual(second.proforma_version_id.version, 2)

    def test_queries_grow_with_batches_not_with_documents(self):
        orders = [self._issue_metal() for _ in range(21)]
        self.metal.list_price = 101.0
        counts = []
        for batch in (orders[:1], orders[1:]):
            batch = self.env["sale.order"].union(*batch)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with freeze_time(CHECKED_ON):
                today = self.env.company._get_proforma_today()
                batch.with_company(self.env.company)._proforma_check_prices(today)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0] + 20)
