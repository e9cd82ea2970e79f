from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.website_sale.tests.common import MockRequest

from ..exceptions import CheckoutNeededError
from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderCart(ShopProformaCommon):
    def _issue(self, cart):
        with MockRequest(self.env, website=self.website, sale_order_id=cart.id):
            cart.sudo()._proforma_take_cart()
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

    def test_validity_of_the_website_counts_from_the_issue(self):
        self.website.proforma_validity_days = 10
        self.env.company.partner_id.tz = "Europe/Paris"
        with freeze_time("2026-10-01 10:00:00"):
            cart = self._create_cart(self.buyer.partner_id)

        with freeze_time("2026-11-23 23:30:00"):  # In Paris it is the 24th.
            self._issue(cart)

        self.assertEqual(cart.validity_date, date(2026, 12, 4))

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

    def test_form_without_the_carts_token_finds_no_order(self):
        cart = self._create_cart(self.buyer.partner_id)
        cart._portal_ensure_token()
        orders = self.env["sale.order"]
        for token in ("", None, "wrong"):
            with self.subTest(token):
                self.assertFalse(orders._get_order_of_cart_form(cart.id, token))

    def test_form_with_the_carts_token_finds_it(self):
        cart = self._create_cart(self.buyer.partner_id)
        token = cart._portal_ensure_token()

        found = self.env["sale.order"]._get_order_of_cart_form(cart.id, token)

        self.assertEqual(found, cart)

    def test_cart_that_is_being_paid_is_refused(self):
        cart = self._create_cart(self.buyer.partner_id)
        provider = self.env["payment.provider"].search([], limit=1)
        for state in ("pending", "authorized", "done"):
            cart.transaction_ids = self.env["payment.transaction"].create(
                {
                    "provider_id": provider.id,
                    "payment_method_id": self.env["payment.method"].search([])[:1].id,
                    "reference": f"cart-{state}",
                    "amount": cart.amount_total,
                    "currency_id": cart.currency_id.id,
                    "partner_id": cart.partner_id.id,
                    "state": state,
                }
            )

            with self.subTest(state), self.assertRaises(UserError):
                self._issue(cart)

    def test_price_is_that_of_the_day_of_issue(self):
        cart = self._create_cart(self.buyer.partner_id)
        self.product.list_price += 10.0

        self._issue(cart)

        line = cart.order_line.filtered(lambda line: line.product_id == self.product)
        self.assertEqual(line.price_unit, self.product.list_price)

    def test_missing_delivery_method_sends_to_the_checkout(self):
        self.env["delivery.carrier"].search([]).is_published = False
        cart = self._create_cart(self.buyer.partner_id)

        with self.assertRaises(CheckoutNeededError):
            self._issue(cart)

    def test_immediate_payment_of_the_shop_is_no_term_of_the_document(self):
        cart = self._create_cart(self.buyer.partner_id)
        self.assertTrue(cart.payment_term_id)

        self._issue(cart)

        self.assertFalse(cart.payment_term_id)

    def test_payment_term_of_the_customer_is_kept(self):
        term = self.env.ref("account.account_payment_term_30days")
        self.buyer.partner_id.property_payment_term_id = term

        cart = self._issue(self._create_cart(self.buyer.partner_id))

        self.assertEqual(cart.payment_term_id, term)


@tagged("post_install", "-at_install")
class TestSaleOrderCartLanguage(ShopProformaCommon):
    """The visitor browses in one language, the customer reads another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        french = cls.env["res.lang"]._activate_lang("fr_FR")
        cls.website.language_ids += french
        cls.product.with_context(lang="fr_FR").name = "Four à sole"
        cls.buyer.partner_id.lang = "fr_FR"

    def _issue(self, cart):
        with MockRequest(self.env, website=self.website, sale_order_id=cart.id):
            cart.sudo()._proforma_take_cart()
        return cart.order_line.filtered(lambda line: line.product_id == self.product)

    def test_line_is_put_into_the_customers_language(self):
        cart = self._create_cart(self.buyer.partner_id)
        cart.order_line.name = self.product.name

        line = self._issue(cart)

        self.assertEqual(line.name, "Four à sole")

    def test_words_of_the_salesperson_stay(self):
        cart = self._create_cart(self.buyer.partner_id)
        cart.order_line.name = "Oven as agreed by telephone"

        line = self._issue(cart)

        self.assertEqual(line.name, "Oven as agreed by telephone")
