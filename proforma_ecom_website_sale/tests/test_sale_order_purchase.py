from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common_purchase import PurchaseCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPurchase(PurchaseCommon):
    """A pro forma that goes back into the cart."""

    # === WHAT THE CART HOLDS === #

    def test_cart_costs_to_the_cent_what_the_pro_forma_says(self):
        order = self._issue_from_shop()

        cart = self._turn_into_cart(order)

        self.assertEqual(cart.state, "draft")
        self.assertEqual(cart.amount_total, order.proforma_version_id.amount_total)
        self.assertEqual(cart.carrier_id, self.carrier)
        self.assertEqual(order.proforma_state, "issued")
        self.assertEqual((cart.require_payment, cart.prepayment_percent), (True, 1.0))

    def test_price_of_the_pro_forma_holds_when_the_shops_rises(self):
        order = self._issue_from_shop()
        total = order.amount_total
        self.product.list_price *= 2
        self.carrier.fixed_price = 99.0

        cart = self._turn_into_cart(order)
        with MockRequest(self.env, website=self.website, sale_order_id=cart.id):
            cart._recompute_cart()
            cart._verify_cart_after_update()

        self.assertEqual(cart.amount_total, total)

    def test_price_and_discount_that_were_agreed_on_hold(self):
        order = self._issue_from_shop()
        order.action_proforma_revise()
        order.order_line[0].write({"price_unit": 7.77, "discount": 12.5})
        order.action_proforma_issue()

        cart = self._turn_into_cart(order)

        self.assertEqual(cart.order_line[0].price_unit, 7.77)
        self.assertEqual(cart.order_line[0].discount, 12.5)
        self.assertEqual(cart.amount_total, order.amount_total)

    def test_what_the_customer_said_goes_along(self):
        source = self.env["utm.source"].create({"name": "Fair"})
        order = self._issue_from_shop(source_id=source.id)
        order.client_order_ref = "PO 7"
        order.action_proforma_issue()

        cart = self._turn_into_cart(order)

        self.assertEqual(cart.client_order_ref, "PO 7")
        self.assertEqual(cart.source_id, source)
        self.assertEqual(cart.origin, order.proforma_version_id.name)

    def test_parts_of_a_combo_stay_with_it(self):
        part = self._create_product(name="Stone", list_price=30.0, taxes_id=False)
        item = {"combo_item_ids": [Command.create({"product_id": part.id})]}
        combo = self.env["product.combo"].create({"name": "Part", **item})
        kit = self._create_product(
            name="Kit",
            type="combo",
            list_price=40.0,
            combo_ids=[Command.set(combo.ids)],
        )
        order = self._create_cart(self.buyer.partner_id)
        with MockRequest(self.env, website=self.website, sale_order_id=order.id):
            line_id = order._cart_add(kit.id, 3)["line_id"]
            order._cart_add(
                part.id,
                3,
                linked_line_id=line_id,
                combo_item_id=combo.combo_item_ids.id,
            )
            order.sudo()._proforma_take_cart()

        cart = self._turn_into_cart(order)

        kits, parts = (
            cart.order_line.filtered_domain([("product_id", "=", p.id)])
            for p in (kit, part)
        )
        self.assertEqual(parts.linked_line_id, kits)
        self.assertEqual(cart.amount_total, order.amount_total)

    def test_pro_forma_that_would_cost_another_amount_now_is_not_sold(self):
        tax = self.env["account.tax"].create(
            {"name": "T", "amount": 20, "price_include_override": "tax_excluded"}
        )
        order = self._issue_from_shop()
        order.action_proforma_revise()
        order.order_line[0].tax_ids = tax
        order.action_proforma_issue()

        tax.amount = 10

        with self.assertRaisesRegex(UserError, "cannot be bought"):
            self._turn_into_cart(order)

    def test_second_click_leads_to_the_same_cart(self):
        order = self._issue_from_shop()

        carts = self._turn_into_cart(order) | self._turn_into_cart(order)

        self.assertEqual(len(carts), 1)

    def test_cart_does_not_outlive_the_promise_of_its_prices(self):
        for end in (
            "action_proforma_revise",
            "_action_cancel",
            "_set_proforma_expired",
        ):
            order = self._issue_from_shop()
            cart = self._turn_into_cart(order)
            with self.subTest(end):
                getattr(order, end)()

                self.assertFalse(cart.exists())

    def test_next_version_has_a_cart_of_its_own(self):
        order = self._issue_from_shop()
        self._turn_into_cart(order)
        order.action_proforma_revise()
        order.order_line[0].product_uom_qty = 6
        order.action_proforma_issue()

        cart = self._turn_into_cart(order)

        self.assertEqual(cart.order_line[0].product_uom_qty, 6)

    def test_cart_that_somebody_began_to_pay_is_kept(self):
        cart = self._turn_into_cart(self._issue_from_shop())
        self._start_paying(cart, "cancel")

        cart._proforma_discard_cart()

        self.assertEqual(cart.state, "cancel")

    # === NOTHING OF IT CHANGES === #

    def test_nothing_of_the_cart_changes(self):
        cart = self._turn_into_cart(self._issue_from_shop())
        line = cart.order_line[0]
        for change in (
            lambda: cart._cart_add(self.product.id, 1.0),
            lambda: cart._cart_update_line_quantity(line.id, 1.0),
            lambda: cart._cart_update_line_quantity(line.id, 0.0),
            lambda: cart._set_delivery_method(self.carrier),
        ):
            with self.assertRaisesRegex(UserError, "put it back"):
                change()

    def test_address_of_who_is_signed_in_does_not_replace_that_of_the_document(self):
        cart = self._turn_into_cart(self._issue_from_shop())
        other = self._create_new_portal_user(login="paul", password="paul")

        with MockRequest(self.env, website=self.website, sale_order_id=cart.id):
            cart._update_address(other.partner_id.id, ["partner_id"])

        self.assertEqual(cart.partner_id, self.buyer.partner_id)

    def test_cart_that_was_changed_all_the_same_is_not_paid(self):
        cart = self._turn_into_cart(self._issue_from_shop())
        self.assertFalse(cart._proforma_checkout_payment_error_message())

        cart.order_line[0].price_unit = 0.01

        self.assertIn("not any more", cart._proforma_checkout_payment_error_message())

    def test_user_does_not_say_which_pro_forma_an_order_is(self):
        cart = self._turn_into_cart(self._issue_from_shop())
        salesman = self._create_new_internal_user(
            login="sam", groups="sales_team.group_sale_manager"
        )
        for fname in ("proforma_source_id", "proforma_source_version_id"):
            with self.assertRaises(UserError):
                cart.with_user(salesman).write({fname: False})

    def test_copy_of_the_order_is_an_order_like_any_other(self):
        cart = self._turn_into_cart(self._issue_from_shop())

        self.assertFalse(cart.copy().proforma_source_id)

    def test_nobody_is_mailed_about_an_abandoned_cart(self):
        cart = self._turn_into_cart(self._issue_from_shop())

        with freeze_time("2099-01-01"):
            self.assertFalse(cart._filter_can_send_abandoned_cart_mail())

    def test_cart_becomes_no_pro_forma_once_more(self):
        cart = self._turn_into_cart(self._issue_from_shop())

        self.assertFalse(cart._has_proforma_shop_offer())
        with self.assertRaisesRegex(UserError, "holds"):
            cart._check_proforma_shop_rules()

    # === WHO MAY NOT === #

    def test_what_cannot_be_bought_says_so(self):
        order = self._issue_from_shop()
        only = self.product.product_tmpl_id
        for spoil in (
            lambda: self.website.write({"proforma_purchase": False}),
            lambda: only.write({"proforma_policy": "only"}),
            lambda: self.product.write({"active": False}),
            lambda: self.env.company.write({"proforma_require_terms": True}),
        ):
            with self.subTest(spoil), self.env.cr.savepoint() as savepoint:
                spoil()
                self.assertFalse(order._is_proforma_purchasable(self.website))
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertTrue(order._is_proforma_purchasable(self.website))

    def test_prices_hold_until_the_deadline_and_no_longer(self):
        order = self._issue_from_shop()
        cart = self._turn_into_cart(order)

        with freeze_time(order.proforma_deadline):
            message = cart._proforma_checkout_payment_error_message()

        self.assertIn("expired", message)

    def test_delivery_cost_to_be_agreed_on_is_not_bought(self):
        self.carrier.is_published = False
        self.website.proforma_delivery_agreed = True
        order = self._issue_from_shop()

        with self.assertRaises(UserError):
            self._turn_into_cart(order)

    def test_other_website_does_not_sell_it(self):
        order = self._issue_from_shop()
        other = self.env["website"].create({"name": "Other"})

        self.assertFalse(order._is_proforma_purchasable(other))

    # === HOW IT ENDS === #

    def test_pro_forma_is_over_once_it_is_bought(self):
        order = self._issue_from_shop()
        cart = self._turn_into_cart(order)

        self._start_paying(cart, "done")

        self.assertEqual(cart.state, "sale")
        self.assertEqual(order.proforma_state, "cancelled")
        self.assertIn("bought", order.proforma_event_ids.mapped("kind"))
        self.assertIn(cart.name, order._get_proforma_status()["sentence"])
        self.assertFalse(order.activity_ids)

    def test_salesperson_sees_what_it_was_bought_as(self):
        salesman = self._create_new_internal_user(
            login="sam", groups="sales_team.group_sale_salesman"
        )
        order = self._issue_from_shop(user_id=salesman.id)
        cart = self._turn_into_cart(order)
        cart.user_id = self.env.user
        self._start_paying(cart, "done")

        self.assertEqual(order.with_user(salesman).proforma_bought_order_id, cart)

    def test_what_was_cancelled_while_it_was_being_paid_is_not_bought(self):
        order = self._issue_from_shop()
        self._start_paying(self._turn_into_cart(order))

        order._action_cancel()

        self.assertFalse(order.proforma_bought_order_id)
        self.assertEqual(order._get_proforma_status()["label"], "Cancelled")

    def test_pro_forma_is_not_accepted_while_its_cart_is_being_paid(self):
        order = self._issue_from_shop()
        cart = self._turn_into_cart(order)

        self._start_paying(cart)

        self.assertIn(cart.name, order._proforma_acceptance_error_message())
        with self.assertRaises(UserError):
            order.sudo()._proforma_sign("Marie", "iVBORw0KGgo=")

    def test_payment_that_failed_leaves_the_pro_forma_open(self):
        order = self._issue_from_shop()
        cart = self._turn_into_cart(order)

        self._start_paying(cart, "cancel")

        self.assertFalse(order._proforma_acceptance_error_message())
        self.assertFalse(cart._proforma_checkout_payment_error_message())
