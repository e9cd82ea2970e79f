from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderCart(ShopProformaCommon):
    def _issue(self, cart):
        with MockRequest(self.env, website=self.website, sale_order_id=cart.id):
            cart.sudo()._proforma_issue_from_cart()
        return cart

    def test_delivery_cost_is_a_line_of_the_pro_forma(self):
        cart = self._issue(self._create_cart(self.buyer.partner_id))

        lines = cart.proforma_version_id._get_document()["lines"]

        self.assertEqual(
            [line["subtotal"] for line in lines if line["kind"] == "delivery"],
            ["15.00"],
        )

    def test_cart_without_delivery_method_stays_a_cart(self):
        self.env["delivery.carrier"].search([]).is_published = False
        cart = self._create_cart(self.buyer.partner_id)

        with self.assertRaises(UserError):
            self._issue(cart)

        self.assertEqual((cart.state, cart.proforma_state), ("draft", "none"))

    def test_validity_is_counted_from_the_issue(self):
        self.env.company.quotation_validity_days = 30
        self.env.company.partner_id.tz = "Europe/Paris"
        with freeze_time("2026-10-01 10:00:00"):
            cart = self._create_cart(self.buyer.partner_id)

        with freeze_time("2026-11-23 10:00:00"):
            self._issue(cart)

        self.assertEqual(cart.validity_date, date(2026, 12, 23))
        self.assertEqual(cart.date_order, datetime(2026, 11, 23, 10))

    def test_second_conversion_changes_nothing(self):
        cart = self._issue(self._create_cart(self.buyer.partner_id))
        messages = cart.message_ids

        self._issue(cart)

        self.assertEqual(len(cart.proforma_version_ids), 1)
        self.assertEqual(cart.message_ids, messages)

    def test_salesperson_of_the_website_takes_over(self):
        self.website.salesperson_id = self.env.ref("base.user_admin")

        cart = self._issue(self._create_cart(self.buyer.partner_id))

        self.assertEqual(cart.user_id, self.env.ref("base.user_admin"))

    def test_customer_has_to_sign_although_core_never_asks_in_the_shop(self):
        cart = self._issue(self._create_cart(self.buyer.partner_id))

        self.assertTrue(cart.require_signature)

    def test_pro_forma_is_no_abandoned_cart(self):
        cart = self._issue(self._create_cart(self.buyer.partner_id))

        with freeze_time("2099-01-01"):
            found = self.env["sale.order"].search(
                [("is_abandoned_cart", "=", True), ("id", "=", cart.id)]
            )

        self.assertFalse(found)

    def test_cart_does_not_come_back(self):
        cart = self._issue(self._create_cart(self.buyer.partner_id))
        env = self.env(user=self.buyer)
        for step in (lambda: None, cart.action_proforma_revise, cart.action_draft):
            step()
            with MockRequest(env, website=self.website.with_env(env)) as request:
                self.assertNotEqual(request.cart, cart)

    def test_token_of_another_order_shows_no_pro_forma(self):
        cart = self._issue(self._create_cart(self.buyer.partner_id))
        orders = self.env["sale.order"]
        for token in ("", None, "wrong"):
            with self.subTest(token):
                self.assertFalse(orders._get_proforma_of_cart(cart.id, token))
        self.assertEqual(
            orders._get_proforma_of_cart(cart.id, cart._portal_ensure_token()), cart
        )
