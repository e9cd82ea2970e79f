from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import SIGNATURE
from .common_price import CHECKED_ON, ProformaPriceCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPriceProposal(ProformaPriceCommon):
    """What the salesperson is asked, and what becomes of the answer."""

    def _propose(self, price=105.0, **values):
        order = self._issue_metal(**values)
        self.metal.list_price = price
        self._check_prices()
        return order

    def test_activity_says_old_and_new_total_and_margin(self):
        order = self._propose()

        note = order.activity_ids.note
        self.assertIn("1,050.00", note)
        self.assertIn("instead of", note)
        self.assertIn("(+5.0 %)", note)
        self.assertIn("margin 33.3 % instead of 30.0 %", note)

    def test_question_goes_to_the_salesperson(self):
        seller = new_test_user(
            self.env, "price_seller", groups="sales_team.group_sale_salesman"
        )

        order = self._propose(user_id=seller.id)

        self.assertEqual(order.activity_ids.user_id, seller)

    def test_form_shows_the_same_sentence(self):
        order = self._propose()

        self.assertIn("(+5.0 %)", order.proforma_price_sentence)

    def test_taking_the_prices_makes_a_version_and_opens_the_composer(self):
        order = self._propose()

        with freeze_time(CHECKED_ON):
            action = order.action_proforma_take_prices()

        self.assertEqual(action["res_model"], "mail.compose.message")
        self.assertEqual(order.proforma_version_id.version, 2)
        self.assertEqual(order.amount_total, 1050.0)
        self.assertFalse(order.proforma_price_proposed)
        self.assertFalse(order.activity_ids)
        self.assertEqual(
            self._get_checks(order).mapped("outcome"), ["proposed", "taken"]
        )

    def test_new_version_has_the_prices_of_the_click(self):
        order = self._propose()
        self.metal.list_price = 107.0

        with freeze_time(CHECKED_ON):
            order.action_proforma_take_prices()

        self.assertEqual(order.amount_total, 1070.0)

    def test_new_version_says_why_its_prices_changed(self):
        order = self._propose()

        with freeze_time(CHECKED_ON):
            order.action_proforma_take_prices()

        self.assertEqual(
            order.proforma_version_id.price_reasons,
            {str(order.order_line.id): "product"},
        )

    def test_version_is_made_once(self):
        order = self._propose()

        with freeze_time(CHECKED_ON):
            order.action_proforma_take_prices()
            with self.assertRaisesRegex(UserError, "answered already"):
                order.action_proforma_take_prices()

        self.assertEqual(order.proforma_version_id.version, 2)

    def test_price_that_came_back_is_not_taken(self):
        order = self._propose()
        self.metal.list_price = 100.0

        with freeze_time(CHECKED_ON), self.assertRaisesRegex(UserError, "same prices"):
            order.action_proforma_take_prices()

        self.assertEqual(order.proforma_version_id.version, 1)

    def test_prices_are_not_taken_once_the_customer_has_signed(self):
        order = self._propose()
        order.sudo().write({"signature": SIGNATURE, "signed_by": "M"})

        with freeze_time(CHECKED_ON), self.assertRaisesRegex(UserError, "signed"):
            order.action_proforma_take_prices()

        self.assertEqual(order.amount_total, 1000.0)

    def test_prices_are_not_taken_after_the_deadline(self):
        order = self._propose()

        with (
            freeze_time("2027-01-01 10:00:00"),
            self.assertRaisesRegex(UserError, "has expired"),
        ):
            order.action_proforma_take_prices()

    def test_kept_prices_are_asked_about_when_they_move_further(self):
        order = self._propose()
        with freeze_time(CHECKED_ON):
            order.action_proforma_keep_prices()
        self.assertFalse(order.activity_ids)

        for day, price, count in [
            ("2026-11-21 10:00:00", 106.5, 0),  # 1.5 % from what was kept.
            ("2026-11-22 10:00:00", 107.1, 1),  # 2.1 %
        ]:
            with self.subTest(price):
                self.metal.list_price = price
                self._check_prices(day)

                self.assertEqual(len(order.activity_ids), count)

    def test_keeping_is_in_the_history_with_who_did_it(self):
        order = self._propose()
        seller = new_test_user(
            self.env, "price_seller", groups="sales_team.group_sale_salesman"
        )
        order.user_id = seller

        with freeze_time(CHECKED_ON):
            order.with_user(seller).action_proforma_keep_prices()
            order.with_user(seller).action_proforma_keep_prices()

        self.assertRecordValues(
            self._get_checks(order)[1:], [{"outcome": "kept", "create_uid": seller.id}]
        )

    def test_question_that_waits_gives_way_to_a_newer_one(self):
        order = self._propose()
        self.metal.list_price = 111.0

        self._check_prices("2026-11-21 10:00:00")

        self.assertEqual(len(order.activity_ids), 1)
        self.assertIn("1,110.00", order.activity_ids.note)

    def test_question_ends_when_the_prices_come_back(self):
        order = self._propose()
        for day, price, count in [
            ("2026-11-21 10:00:00", 101.0, 0),
            ("2026-11-22 10:00:00", 105.0, 1),  # Asked anew.
            ("2026-11-23 10:00:00", 100.0, 0),
        ]:
            with self.subTest(price):
                self.metal.list_price = price
                self._check_prices(day)

                self.assertEqual(len(order.activity_ids), count)
                self.assertEqual(order.proforma_price_proposed, bool(count))

    def test_question_ends_with_its_version(self):
        for step in ("action_proforma_revise", "_proforma_decline", "_action_cancel"):
            with self.subTest(step):
                self.metal.list_price = 100.0
                order = self._propose()

                with freeze_time(CHECKED_ON):
                    getattr(order, step)()

                self.assertFalse(order.proforma_price_proposed)
                self.assertFalse(
                    order.activity_ids.filtered(
                        lambda activity: "New prices" in activity.summary
                    )
                )

    def test_lowest_role_may_take_the_prices_of_his_own_order(self):
        seller = new_test_user(
            self.env, "price_seller", groups="sales_team.group_sale_salesman"
        )
        order = self._propose(user_id=seller.id)

        with freeze_time(CHECKED_ON):
            order.with_user(seller).action_proforma_take_prices()

        self.assertEqual(order.proforma_version_id.version, 2)
        self.assertEqual(self._get_checks(order)[-1].create_uid, seller)

    def test_history_of_others_is_not_read(self):
        order = self._propose(user_id=self.env.user.id)
        other = new_test_user(
            self.env, "price_other", groups="sales_team.group_sale_salesman"
        )
        checks = self._get_checks(order)

        self.assertTrue(checks.line_ids)
        for records in (checks, checks.line_ids):
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.with_user(other).read(["display_name"])

    def test_history_of_another_company_is_not_read(self):
        manager = new_test_user(
            self.env, "price_manager", groups="sales_team.group_sale_manager"
        )
        second = self.env["res.company"].create({"name": "Second"})
        manager.write({"company_ids": second.ids, "company_id": second.id})
        checks = self._get_checks(self._propose())

        self.assertFalse(checks.with_user(manager).search([("id", "in", checks.ids)]))

    def test_history_cannot_be_changed_or_deleted(self):
        checks = self._get_checks(self._propose())

        with self.assertRaisesRegex(UserError, "cannot be changed"):
            checks.sudo().write({"outcome": "kept"})
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            checks.sudo().unlink()

    def test_nobody_writes_the_day_of_the_last_check(self):
        manager = new_test_user(
            self.env, "price_manager", groups="sales_team.group_sale_manager"
        )
        order = self._issue_metal()

        with self.assertRaisesRegex(UserError, "cannot be written"):
            order.with_user(manager).write({"proforma_prices_checked_on": "2026-01-01"})

    def test_salesperson_reads_the_question_in_his_own_language(self):
        self._speak_french()
        seller = new_test_user(
            self.env, "vendeur", groups="sales_team.group_sale_salesman", lang="fr_FR"
        )

        order = self._propose(user_id=seller.id)

        self.assertIn("+5,0", order.activity_ids.note)
