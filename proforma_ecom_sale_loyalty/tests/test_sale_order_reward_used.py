from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ProformaLoyaltyCommon


@tagged("post_install", "-at_install")
class TestSaleOrderRewardUsed(ProformaLoyaltyCommon):
    """A coupon for one order lies on two pro formas; the first one takes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coupon = cls._create_coupon("GIFT-1")
        cls.first = cls._create_rewarded("GIFT-1")
        cls.second = cls._create_rewarded(
            "GIFT-1",
            proforma_deposit_plan_id=cls.plan_30_70.id,
            user_id=cls.sale_user.id,
        )

    def _take(self):
        self._sign(self.first)

    def _assert_open(self):
        self.assertEqual(self.second.proforma_state, "issued")
        self.assertEqual(self.coupon.points, 0.0)

    def test_both_can_be_accepted_before(self):
        self.assertFalse(self.first._proforma_acceptance_error_message())
        self.assertFalse(self.second._proforma_acceptance_error_message())

    def test_second_one_cannot_be_signed(self):
        self._take()

        with self.assertRaisesRegex(UserError, "GIFT-1 has been used.*new version"):
            self._sign(self.second)

        self._assert_open()
        self.assertFalse(self.second.signature)

    def test_second_one_cannot_be_paid(self):
        self._sign(self.second)
        self._take()

        with self.assertRaisesRegex(ValidationError, "GIFT-1 has been used"):
            self.second.sudo()._proforma_check_payment(324.0)

    def test_money_that_comes_all_the_same_is_told_with_the_reason(self):
        self._sign(self.second)
        tx = self._create_deposit_tx(self.second)
        self._take()

        self._pay(tx)

        self._assert_open()
        notes = self.second.activity_ids.filtered(
            lambda activity: tx.reference in activity.summary
        ).mapped("note")
        self.assertIn("GIFT-1 has been used", notes[0])

    def test_salesperson_cannot_accept_it_either(self):
        self._take()
        wizards = self.env["proforma.acceptance"].with_user(self.sale_user)
        wizard = wizards.create({"order_id": self.second.id, "reason": "By phone"})

        with self.assertRaisesRegex(UserError, "GIFT-1 has been used"):
            wizard.action_accept()

        self._assert_open()

    def test_nobody_confirms_it_by_writing_the_state(self):
        self.second.sudo().proforma_accepted_by_hand = "By phone"
        self._take()

        with self.assertRaisesRegex(UserError, "GIFT-1 has been used"):
            self.second.with_user(self.sale_user).write({"state": "sale"})

    def test_page_says_it(self):
        self.assertEqual(self.second._get_proforma_status()["tone"], "info")
        self._take()

        status = self.second._get_proforma_status()

        self.assertEqual((status["key"], status["tone"]), ("issued", "warning"))
        self.assertIn("GIFT-1 has been used", status["sentence"])

    def test_salesperson_is_told_once(self):
        self._take()
        self._sign(self.first)

        activity = self.second.activity_ids
        self.assertEqual(activity.user_id, self.sale_user)
        self.assertIn(self.second.proforma_version_id.name, activity.summary)

    def test_nobody_is_told_while_enough_is_left(self):
        self.coupon.points = 2.0

        self._take()

        self.assertFalse(self.second.activity_ids)
        self.assertFalse(self.second._proforma_acceptance_error_message())

    def test_new_version_goes_without_the_reward(self):
        self._take()
        self.second.action_proforma_revise()

        self.second.with_user(self.sale_user).action_proforma_issue()

        self.assertFalse(self._get_reward_lines(self.second))
        self.assertFalse(self.second._proforma_acceptance_error_message())
        self.assertAlmostEqual(self.second.proforma_version_id.amount_total, 1200.0)

    def test_extension_promises_it_to_nobody(self):
        self._take()
        later = self.second.proforma_version_id.valid_until + timedelta(days=9)

        with self.assertRaisesRegex(UserError, "GIFT-1.* used for other orders"):
            self.second._proforma_extend(later)

        self.assertEqual(self.second.proforma_version_count, 1)

    def test_other_company_is_refused_too(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.coupon.program_id.company_id = False
        order = self._create_rewarded("GIFT-1", company_id=company.id)
        self.assertTrue(self._get_reward_lines(order))
        self._take()

        with self.assertRaisesRegex(UserError, "GIFT-1 has been used"):
            self._sign(order)

    def test_code_of_a_gift_card_is_told_to_nobody(self):
        card = self._create_wallet("gift_card", 200.0)
        order = self._create_rewarded(card.code)
        card.points = 100.0

        message = order._proforma_acceptance_error_message()

        self.assertIn("Money", message)
        self.assertNotIn(card.code, message)

    def test_deadline_comes_first(self):
        self._take()
        self.second.sudo().proforma_deadline = date(2020, 1, 1)

        self.assertIn("expired", self.second._proforma_acceptance_error_message())
