from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_rewards import ShopRewardCommon
from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopRewards(ShopRewardCommon):
    def setUp(self):
        super().setUp()
        self.cart = self._create_cart(self.buyer.partner_id)

    def _issue(self, cart=None):
        cart = cart or self.cart
        with MockRequest(self.env, website=self.website, sale_order_id=cart.id):
            cart.sudo()._proforma_take_cart()
        return cart

    def _assert_accepted(self, subtotals):
        self.assertEqual(sorted(self._get_printed(self.cart)), sorted(subtotals))
        total = self.cart.amount_total
        self.assertTrue(self._sign(self.cart))
        self.assertEqual(self.cart.proforma_state, "accepted")
        self.assertAlmostEqual(self.cart.amount_total, total)

    def test_automatic_promotion_is_kept_and_accepted(self):
        self._create_program()

        self._issue()

        self._assert_accepted(["100.00", "15.00", "-10.00"])

    def test_code_is_kept_and_accepted(self):
        self._create_code("SUMMER")
        self._enter_code(self.cart, "SUMMER")

        self._issue()

        self._assert_accepted(["100.00", "15.00", "-10.00"])

    def test_free_delivery_is_kept_and_accepted(self):
        self._create_free_delivery()

        self._issue()

        self._assert_accepted(["100.00", "15.00", "-15.00"])

    def test_gift_card_is_kept_and_accepted(self):
        card = self._create_gift_card(40.0)
        self._enter_code(self.cart, card.code)

        self._issue()

        self._assert_accepted(["100.00", "15.00", "-40.00"])
        self.assertEqual(card.points, 0.0)

    def test_cart_that_was_handed_in_keeps_its_reward(self):
        self.website.proforma_review = "always"
        self._create_code("SUMMER")
        self._enter_code(self.cart, "SUMMER")
        self._issue()
        self.assertEqual(self.cart.state, "sent")

        self.cart.action_proforma_issue()

        self._assert_accepted(["100.00", "15.00", "-10.00"])

    def test_code_that_waits_in_the_session_changes_no_pro_forma(self):
        self._issue()
        self._create_code("SUMMER")

        with MockRequest(self.env, website=self.website) as request:
            request.session["pending_coupon_code"] = "SUMMER"
            self.assertTrue(self._sign(self.cart))

        self.assertEqual(self._get_printed(self.cart), ["100.00", "15.00"])
        self.assertAlmostEqual(self.cart.amount_total, 115.0)

    def test_promotion_that_began_meanwhile_changes_nothing_of_what_is_bought(self):
        self._issue()
        with MockRequest(self.env, website=self.website):
            bought = self.cart.sudo()._proforma_turn_into_cart(self.website)
        self._create_program()
        self._create_code("SUMMER")

        bought._recompute_cart()
        status = bought._try_apply_code("SUMMER")
        self.assertFalse(bought._proforma_source_error_message())
        bought.action_confirm()

        self.assertIn("prices of a pro forma", status["error"])
        self.assertFalse(bought.order_line.filtered("reward_id"))
        self.assertAlmostEqual(bought.amount_total, 115.0)

    def test_what_is_bought_at_once_gives_its_points_and_gift_cards(self):
        card = self._create_program(
            "gift_card",
            applies_on="future",
            rule_ids=[
                Command.create(
                    {
                        "reward_point_mode": "money",
                        "reward_point_split": True,
                        "product_ids": [Command.set(self.product.ids)],
                    }
                )
            ],
        )
        self._issue()
        with MockRequest(self.env, website=self.website):
            cart = self.cart.sudo()._proforma_turn_into_cart(self.website)

        cart.action_confirm()

        cards = card.coupon_ids.filtered(lambda coupon: coupon.order_id == cart)
        self.assertEqual(cards.mapped("points"), [20.0] * 5)
        self.assertEqual(cart.amount_total, self.cart.amount_total)

    def test_pro_forma_with_a_reward_is_not_bought_at_once(self):
        self._create_program()
        self._issue()

        self.assertFalse(self.cart._is_proforma_purchasable(self.website))

    def test_declined_or_expired_pro_forma_leaves_the_code_to_the_next_cart(self):
        program = self._create_code("ONCE", limit_usage=True, max_usage=1)
        self._enter_code(self.cart, "ONCE")
        self._issue()
        for end in ("_proforma_decline", "_set_proforma_expired"):
            with self.subTest(end), self.env.cr.savepoint() as savepoint:
                getattr(self.cart, end)()
                program.invalidate_recordset()
                other = self._create_cart(self.buyer.partner_id)

                self._enter_code(other, "ONCE")

                self.assertTrue(other.order_line.filtered("reward_id"))
                savepoint.rollback()

    def test_rewards_need_no_allowed_category(self):
        self._create_program()
        self._create_free_delivery()
        category = self.env["product.public.category"].create({"name": "Ovens"})
        self.product.public_categ_ids = category
        self.website.proforma_category_ids = category
        self.cart._verify_cart_after_update()
        self.assertTrue(self.cart.order_line.filtered("reward_id"))

        self.assertFalse(self.cart._get_proforma_refusal())

    def test_product_besides_a_reward_needs_an_allowed_category(self):
        self._create_program()
        category = self.env["product.public.category"].create({"name": "Ovens"})
        self.website.proforma_category_ids = category

        text = self.cart._get_proforma_refusal()["text"]

        self.assertIn(self.product.name, text)


@tagged("post_install", "-at_install")
class TestShopRewardVisit(ShopRewardCommon, ShopVisitCommon):
    def test_visitor_enters_a_code_and_signs(self):
        self._create_code("SUMMER")
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self.url_open("/shop/pricelist?promo=SUMMER")
        self._ask_for(cart)
        self.assertIn("-10.00", self._get_printed(cart))

        self.assertTrue(self._sign(cart))

        self.assertEqual(cart.proforma_state, "accepted")

    def test_page_says_that_the_code_has_been_used(self):
        card = self._create_gift_card(40.0)
        cart = self._create_cart(self.buyer.partner_id)
        self._enter_code(cart, card.code)
        self._open_session("marie", cart)
        self._ask_for(cart)
        card.points = 10.0

        page = self.url_open(f"/my/proformas/{cart.id}").text

        self.assertIn("has not enough left", page)
        self.assertNotIn(f"/my/proformas/{cart.id}/sign", page)

    def test_customer_lists_his_pro_formas_with_rewards(self):
        self._create_program()
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self._ask_for(cart)

        page = self.url_open("/my/proformas")

        self.assertEqual(page.status_code, 200)
        self.assertIn(cart.proforma_number, page.text)
