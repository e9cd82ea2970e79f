from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderRules(ShopProformaCommon):
    """Which carts become a pro forma by the rules of their website."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.buyer.partner_id
        cls.product.list_price = 20.0
        cls.product.taxes_id = False

    def _get_cart(self, user=None, **values):
        """Return a cart of 5 × 20, as the shop's pages see it."""
        cart = self._create_cart(self.partner, **values)
        return cart.with_user(user or self.buyer).sudo()

    def _get_refusal_text(self, cart):
        refusal = cart._get_proforma_refusal()
        return refusal and refusal["text"]

    def test_without_rules_everybody_gets_one(self):
        for user in (self.buyer, self.website.user_id):
            with self.subTest(user.login):
                self.assertFalse(self._get_cart(user)._get_proforma_refusal())

    def test_rule_that_is_changed_holds_at_once(self):
        cart = self._get_cart()
        for fname, value in [
            ("proforma_amount_min", 1000.0),
            ("proforma_amount_max", 10.0),
            (
                "proforma_customer_tag_ids",
                self.env["res.partner.category"].create({"name": "Hotel"}),
            ),
        ]:
            with self.subTest(fname):
                self.assertFalse(cart._get_proforma_refusal())
                self.website[fname] = value

                self.assertTrue(cart._get_proforma_refusal())
                self.website[fname] = False

    def test_guest_of_a_shop_for_customers_is_led_to_the_login(self):
        self.website.proforma_audience = "signed_in"

        refusal = self._get_cart(self.website.user_id)._get_proforma_refusal()

        self.assertIn("/web/login", refusal["url"])
        self.assertFalse(self._get_cart()._get_proforma_refusal())

    def test_business_is_a_company_or_has_a_vat_number(self):
        self.website.proforma_audience = "business"
        for values, is_refused in [
            ({}, True),
            ({"vat": "FR40303265045"}, False),
            ({"vat": False, "is_company": True}, False),
        ]:
            self.partner.write(values)
            with self.subTest(values):
                text = self._get_refusal_text(self._get_cart())

                self.assertEqual(bool(text), is_refused)

    def test_business_is_not_asked_of_a_guest_without_an_address(self):
        self.website.proforma_audience = "business"
        cart = self._create_cart(self.website.user_id.partner_id)

        self.assertFalse(cart._get_proforma_refusal())

    def test_tag_of_the_company_or_one_below_the_chosen_one_is_enough(self):
        tags = self.env["res.partner.category"]
        chosen = tags.create({"name": "Trade"})
        below = tags.create({"name": "Bakers", "parent_id": chosen.id})
        self.website.proforma_customer_tag_ids = chosen
        self.partner.parent_id = self.env["res.partner"].create(
            {"name": "Martin SARL", "is_company": True}
        )
        self.assertIn("Contact us", self._get_refusal_text(self._get_cart()))

        self.partner.commercial_partner_id.category_id = below

        self.assertFalse(self._get_cart()._get_proforma_refusal())

    def test_guest_has_no_tags(self):
        tag = self.env["res.partner.category"].create({"name": "Trade"})
        self.website.proforma_customer_tag_ids = tag
        self.partner.category_id = tag

        refusal = self._get_cart(self.website.user_id)._get_proforma_refusal()

        self.assertIn("/web/login", refusal["url"])

    def test_country_is_that_of_the_invoice_address(self):
        self.website.proforma_country_ids = self.env.ref("base.be")
        self.assertIn("France", self._get_refusal_text(self._get_cart()))

        invoice_partner = self.partner.copy(
            {
                "type": "invoice",
                "parent_id": self.partner.id,
                "country_id": self.env.ref("base.be").id,
            }
        )
        cart = self._get_cart(partner_invoice_id=invoice_partner.id)

        self.assertFalse(cart._get_proforma_refusal())

    def test_limits_are_inclusive(self):
        for low, high, expected in [
            (100.0, 0.0, False),
            (100.01, 0.0, "start at"),
            (0.0, 100.0, False),
            (0.0, 99.99, "go up to"),
        ]:
            self.website.write(
                {"proforma_amount_min": low, "proforma_amount_max": high}
            )
            with self.subTest(low=low, high=high):
                text = self._get_refusal_text(self._get_cart())

                self.assertIn(expected or "", text or "")
                self.assertEqual(bool(text), bool(expected))

    def test_delivery_does_not_count_towards_the_limits(self):
        self.website.proforma_amount_min = 110.0
        cart = self._get_cart()
        cart.set_delivery_line(self.carrier, 15.0)

        self.assertIn("start at", self._get_refusal_text(cart))

    def test_taxes_count_towards_the_limits(self):
        self.website.proforma_amount_min = 110.0
        self.product.taxes_id = self.env["account.tax"].create(
            {"name": "20%", "amount": 20.0, "type_tax_use": "sale"}
        )

        self.assertFalse(self._get_cart()._get_proforma_refusal())

    def test_limits_are_converted_to_the_currency_of_the_cart(self):
        self.website.proforma_amount_min = 100.0
        currency = self._enable_currency(
            "USD" if self.env.company.currency_id.name != "USD" else "EUR"
        )
        currency.rate_ids = [(5,), (0, 0, {"rate": 2.0, "name": "2020-01-01"})]
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )

        cart = self._get_cart(pricelist_id=pricelist.id)

        # 5 × 20 at the rate 2 is 200, and so is the limit.
        self.assertEqual(cart.currency_id, currency)
        self.assertFalse(cart._get_proforma_refusal())

    def test_limits_that_no_cart_can_meet_are_refused(self):
        for values in (
            {"proforma_amount_min": 200.0, "proforma_amount_max": 100.0},
            {"proforma_amount_min": -1.0},
            {"proforma_open_max": -1},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.website.write(values)

    def test_so_many_are_open_and_no_more(self):
        self.website.proforma_open_max = 1
        first = self._create_cart(self.partner)
        first.action_proforma_issue()
        self.assertIn("1 open", self._get_refusal_text(self._get_cart()))

        first._proforma_decline(self.env["proforma.decline.reason"].search([])[:1])

        self.assertFalse(self._get_cart()._get_proforma_refusal())

    def test_colleagues_share_the_limit_and_strangers_do_not(self):
        self.website.proforma_open_max = 1
        company = self.env["res.partner"].create({"name": "M", "is_company": True})
        self.partner.parent_id = company
        stranger, colleague = (
            self.partner.copy({"parent_id": parent, "email": "x@example.com"})
            for parent in (False, company.id)
        )
        self._create_cart(stranger).action_proforma_issue()
        self.assertFalse(self._get_cart()._get_proforma_refusal())

        self._create_cart(colleague).action_proforma_issue()

        self.assertTrue(self._get_cart()._get_proforma_refusal())

    def test_pro_formas_of_another_website_or_a_salesperson_do_not_count(self):
        self.website.proforma_open_max = 1
        other = self.env["website"].create({"name": "Other"})
        for website in (other, other.browse()):
            order = self._create_cart(self.partner, website_id=website.id)
            order.action_proforma_issue()

        self.assertFalse(self._get_cart()._get_proforma_refusal())

    def test_guest_is_known_by_his_mail_address(self):
        self.website.proforma_open_max = 1
        before = self.partner.copy({"email": "Marie@Example.com"})
        self._create_cart(before).action_proforma_issue()

        self.assertTrue(self._get_refusal_text(self._get_cart(self.website.user_id)))
        # Whoever types her address does not lock her out.
        self.assertFalse(self._get_cart()._get_proforma_refusal())

    def test_issue_asks_the_rules_again(self):
        self.website.proforma_amount_min = 1000.0
        cart = self._create_cart(self.partner)

        with self.assertRaisesRegex(UserError, "start at"):
            cart._proforma_take_cart()

        self.assertEqual(cart.proforma_state, "none")

    def test_salesperson_is_bound_by_no_rule_of_the_shop(self):
        self.website.proforma_amount_min = 1000.0
        order = self._create_cart(self.partner)

        order.action_proforma_issue()

        self.assertEqual(order.proforma_state, "issued")

    def test_rules_of_another_website_are_none(self):
        self.env["website"].create({"name": "Other", "proforma_audience": "signed_in"})

        cart = self._get_cart(self.website.user_id)

        self.assertFalse(cart._get_proforma_refusal())

    def test_rule_ends_with_what_it_names(self):
        for fname, values in [
            ("proforma_category_ids", {"name": "Sold out"}),
            ("proforma_customer_tag_ids", {"name": "Trade"}),
            ("proforma_country_ids", {"name": "Nowhere", "code": "XQ"}),
        ]:
            named = self.website[fname].create(values)
            self.website[fname] = named
            with self.subTest(fname):
                self.assertTrue(self._get_cart()._get_proforma_refusal())

                named.unlink()

                self.assertFalse(self._get_cart()._get_proforma_refusal())

    def test_product_by_pro_forma_only_is_not_paid_within_a_combo(self):
        self.product.product_tmpl_id.proforma_policy = "only"
        item = [(0, 0, {"product_id": self.product.id})]
        combo = self.env["product.combo"].create(
            {"name": "Bench", "combo_item_ids": item}
        )
        menu = self._create_product(type="combo", combo_ids=[(6, 0, combo.ids)])
        cart = self._get_cart()
        parent = self.env["sale.order.line"].create(
            {"order_id": cart.id, "product_id": menu.id}
        )
        item_id = combo.combo_item_ids.id
        cart.order_line[0].write(
            {"linked_line_id": parent.id, "combo_item_id": item_id}
        )

        self.assertEqual(cart.website_order_line.product_id, menu)
        self.assertTrue(cart._proforma_checkout_payment_error_message())
