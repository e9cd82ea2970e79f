import base64
from datetime import date

from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import file_open

from .common import ProformaLoyaltyCommon


@tagged("post_install", "-at_install")
class TestSaleOrderAcceptance(ProformaLoyaltyCommon):
    def test_reward_of_a_promotion_is_printed_and_accepted(self):
        self._create_program()
        order = self._create_rewarded()

        self.assertTrue(self._sign(order))

        self.assertEqual(order.state, "sale")
        self.assertEqual(self._get_printed(order), ["1000.00", "-100.00"])
        self.assertAlmostEqual(order.amount_total, 1080.0)

    def test_reward_of_a_code_is_accepted(self):
        self._create_code("SUMMER")
        order = self._create_rewarded("SUMMER")

        self.assertTrue(self._sign(order))

        self.assertAlmostEqual(order.amount_total, 1080.0)

    def test_free_product_is_accepted(self):
        self._create_program(reward_ids=[self._prepare_free_product()])
        order = self._create_rewarded()

        self.assertTrue(self._sign(order))

        gift = self._get_reward_lines(order)
        self.assertEqual(gift.product_id, self.service_product)
        self.assertEqual((gift.product_uom_qty, gift.price_total), (1.0, 0.0))

    def test_free_product_has_its_picture(self):
        with file_open("base/static/img/avatar.png", "rb") as picture:
            image = base64.b64encode(picture.read())
        for product in (self.product, self.service_product):
            product.image_1920 = image
        self._create_program(reward_ids=[self._prepare_free_product()])
        layout = self.env["proforma.layout"].create(
            {"name": "Pictures", "show_picture": True}
        )

        order = self._create_rewarded(proforma_layout_id=layout.id)

        lines = order.proforma_version_id._get_document()["lines"]
        self.assertEqual([bool(line.get("picture")) for line in lines], [True, True])

    def test_reward_in_a_foreign_currency_is_accepted(self):
        self._create_program()
        foreign = self.setup_other_currency("CHF", rates=[("2016-01-01", 2.0)])
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        order = self._create_rewarded(pricelist_id=pricelist.id)

        self.assertTrue(self._sign(order))

        self.assertEqual(order.currency_id, foreign)
        self.assertAlmostEqual(order.amount_total, 1080.0)

    def test_salesperson_accepts_it_for_the_customer(self):
        coupon = self._create_coupon()
        order = self._create_rewarded(coupon.code, user_id=self.sale_user.id)

        wizards = self.env["proforma.acceptance"].with_user(self.sale_user)
        wizards.create({"order_id": order.id, "reason": "By phone"}).action_accept()

        self.assertEqual(order.proforma_state, "accepted")
        self.assertEqual(coupon.points, 0.0)

    # === WHAT WAS PROMISED === #

    def test_promotion_that_ended_meanwhile_is_kept(self):
        program = self._create_program()
        order = self._create_rewarded()
        program.date_to = date(2020, 1, 1)

        self.assertTrue(self._sign(order))

        self.assertAlmostEqual(order.amount_total, 1080.0)

    def test_coupon_that_expired_meanwhile_is_kept(self):
        coupon = self._create_coupon()
        order = self._create_rewarded(coupon.code)
        coupon.expiration_date = date(2020, 1, 1)

        self.assertTrue(self._sign(order))

        self.assertAlmostEqual(order.amount_total, 1080.0)
        self.assertEqual(coupon.points, 0.0)

    def test_promotion_that_began_meanwhile_changes_nothing(self):
        order = self._create_rewarded()
        self._create_program()

        self.assertTrue(self._sign(order))

        self.assertFalse(self._get_reward_lines(order))
        self.assertFalse(order.coupon_point_ids)

    def test_code_that_waits_in_a_session_changes_nothing(self):
        order = self._create_rewarded()
        self._create_code("SUMMER")

        status = order._try_apply_code("SUMMER")

        self.assertIn("Revise", status["error"])
        self.assertFalse(order.coupon_point_ids)
        self.assertFalse(order.code_enabled_rule_ids)

    # === MONEY === #

    def test_accountant_opens_the_order(self):
        accountant = new_test_user(self.env, "clerk", "account.group_account_invoice")
        order = self._create_rewarded()
        self._create_wallet("gift_card", 10.0).order_id = order
        self.assertEqual(order.gift_card_count, 1)
        self.env.invalidate_all()

        with Form(order.with_user(accountant)) as form:
            self.assertEqual(form.gift_card_count, 0)  # He may not open it.

    def test_paid_deposit_accepts(self):
        self._create_program()
        order = self._create_rewarded(proforma_deposit_plan_id=self.plan_30_70.id)
        self._sign(order)

        self._pay(self._create_deposit_tx(order))

        deposit = order.proforma_deposit_ids[0]
        self.assertEqual(order.proforma_state, "accepted")
        self.assertEqual((deposit.state, deposit.amount), ("paid", 324.0))
        self.assertEqual(deposit.invoice_id.amount_total, 324.0)

    def test_coupon_is_taken_by_the_deposit_and_not_by_the_signature(self):
        coupon = self._create_coupon()
        order = self._create_rewarded(
            coupon.code, proforma_deposit_plan_id=self.plan_30_70.id
        )
        self._sign(order)
        self.assertEqual(coupon.points, 1.0)
        tx = self._pay(self._create_deposit_tx(order))

        tx._post_process()

        self.assertEqual(coupon.points, 0.0)
        self.assertEqual(coupon.history_ids.mapped("used"), [1.0])

    def test_final_invoice_deducts_the_deposit_from_the_rest(self):
        self._create_program()
        self.product.invoice_policy = "order"
        order = self._create_rewarded(proforma_deposit_plan_id=self.plan_30_70.id)
        self._sign(order)
        self._pay(self._create_deposit_tx(order))

        invoice = order._create_invoices(final=True)

        self.assertAlmostEqual(invoice.amount_total, 1080.0 - 324.0)

    def test_card_with_money_pays_a_part(self):
        for kind in ("gift_card", "ewallet"):
            card = self._create_wallet(kind, 200.0)
            order = self._create_rewarded(kind == "gift_card" and card.code)
            with self.subTest(kind):
                self.assertTrue(self._sign(order))

                self.assertAlmostEqual(order.amount_total, 1000.0)
                self.assertAlmostEqual(card.points, 0.0)
            card.program_id.active = False

    # === POINTS === #

    def test_coupon_is_used_once_though_the_customer_clicks_twice(self):
        coupon = self._create_coupon()
        coupon.points = 3.0
        order = self._create_rewarded(coupon.code)
        self._sign(order)

        self._sign(order)

        self.assertEqual(coupon.points, 2.0)
        self.assertEqual(coupon.history_ids.mapped("used"), [1.0])

    def test_issue_takes_no_points(self):
        coupon = self._create_coupon()

        self._create_rewarded(coupon.code)

        self.assertEqual(coupon.points, 1.0)
        self.assertFalse(coupon.history_ids)

    def test_order_earns_its_points_though_nobody_pressed_a_button(self):
        program = self._create_program(
            "loyalty",
            trigger="auto",
            applies_on="both",
            rule_ids=[
                Command.create({"reward_point_mode": "order", "reward_point_amount": 7})
            ],
        )
        order = self._create_proforma()

        self._sign(order)

        self.assertEqual(program.coupon_ids.partner_id, self.customer)
        self.assertEqual(program.coupon_ids.points, 7.0)
