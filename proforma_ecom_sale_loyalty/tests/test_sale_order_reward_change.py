from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ProformaLoyaltyCommon


@tagged("post_install", "-at_install")
class TestSaleOrderRewardChange(ProformaLoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.list_price = 100.0
        cls.program = cls._create_program()
        cls.order = cls._create_rewarded(user_id=cls.sale_user.id)
        cls.line = cls.order.order_line[0]

    # === THE SALESPERSON === #

    def test_reward_follows_the_quantity_with_the_next_issue(self):
        self.line.product_uom_qty = 20.0
        self.assertEqual(self.order.proforma_state, "revising")

        self.order.with_user(self.sale_user).action_proforma_issue()

        self.assertEqual(self._get_printed(self.order), ["2000.00", "-200.00"])

    def test_promotion_that_ended_is_no_part_of_the_next_issue(self):
        self.program.date_to = date(2020, 1, 1)
        self.order.action_proforma_revise()

        self.order.action_proforma_issue()

        self.assertEqual(self._get_printed(self.order), ["1000.00"])

    def test_second_issue_changes_nothing(self):
        reward = self._get_reward_lines(self.order)

        self.order.action_proforma_issue()

        self.assertEqual(self.order.proforma_version_count, 1)
        self.assertEqual(self._get_reward_lines(self.order), reward)

    def test_new_prices_of_the_salesperson_change_the_reward(self):
        self.product.list_price = 200.0

        self.order.with_user(self.sale_user).action_update_prices()

        self.assertEqual(self.order.proforma_state, "revising")
        self.assertAlmostEqual(self.order.amount_untaxed, 1800.0)

    def test_new_prices_charge_no_free_product(self):
        self.program.reward_ids = [(5,), self._prepare_free_product()]
        order = self._create_rewarded()

        order.action_update_prices()

        gift = self._get_reward_lines(order)
        self.assertTrue(gift)
        self.assertFalse(gift.price_total)

    def test_rewards_are_changed_after_a_revision(self):
        with self.assertRaisesRegex(UserError, "Revise"):
            self.order.with_user(self.sale_user).action_open_reward_wizard()
        self.assertEqual(self.order.proforma_state, "issued")

        self.order.action_proforma_revise()

        self.order.with_user(self.sale_user).action_open_reward_wizard()

    def test_code_is_entered_after_a_revision(self):
        self._create_code("SUMMER", reward_ids=[self._prepare_free_product()])
        wizards = self.env["sale.loyalty.coupon.wizard"].with_user(self.sale_user)
        wizard = wizards.create({"order_id": self.order.id, "coupon_code": "SUMMER"})
        with self.assertRaisesRegex(ValidationError, "Revise"):
            wizard.action_apply()

        self.order.action_proforma_revise()

        self.assertTrue(wizard.action_apply())

    # === THE CUSTOMER === #

    def _change(self, quantity):
        self.env.company.proforma_change_rule = "automatic"
        self.env.company.proforma_change_limit = 100.0
        with self.mock_mail_gateway():
            return self.order.sudo()._proforma_request_change(
                {f"qty_{self.line.id}": quantity}, self.order.proforma_version_id
            )

    def test_change_of_the_customer_waits(self):
        self.assertEqual(self._change("20"), "change_asked")

        self.assertEqual(self.line.product_uom_qty, 10.0)
        self.assertEqual(self.order.proforma_request_ids.state, "waiting")

    def test_preview_shows_what_becomes_of_the_reward(self):
        self._change("20")

        self.assertAlmostEqual(self.order.proforma_request_ids.amount_preview, 2160.0)
        self.assertAlmostEqual(self.order.amount_total, 1080.0)

    def test_accepted_change_has_the_total_of_the_preview(self):
        self._change("20")

        with self.mock_mail_gateway():
            self.order.proforma_request_ids._answer("accepted")

        self.assertEqual(self.order.proforma_state, "issued")
        self.assertEqual(self._get_printed(self.order), ["2000.00", "-200.00"])

    def test_customer_cannot_change_a_free_product(self):
        self.program.reward_ids = [(5,), self._prepare_free_product()]
        order = self._create_rewarded()

        self.assertEqual(order._get_proforma_changeable_lines(), order.order_line[0])
