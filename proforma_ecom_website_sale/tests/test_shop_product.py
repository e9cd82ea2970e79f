from odoo.tests import tagged

from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopProduct(ShopVisitCommon):
    """The button on the page of a product."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.product.product_tmpl_id
        cls.template.write({"is_published": True, "list_price": 20.0})

    def _has_button(self):
        return "o_proforma_now" in self.url_open(self.template.website_url).text

    def test_it_is_there_unless_a_rule_forbids_it_whatever_is_in_the_cart(self):
        for values, expected in [
            ({}, True),
            ({"proforma_audience": "signed_in"}, False),
            ({"proforma_audience": "everyone", "proforma_enabled": False}, False),
        ]:
            self.website.write(values)
            with self.subTest(values):
                self.assertEqual(self._has_button(), expected)

    def test_customer_of_a_shop_for_customers_has_it(self):
        self.website.proforma_audience = "signed_in"
        self._open_session("marie")

        self.assertTrue(self._has_button())

    def test_product_without_pro_forma_has_none(self):
        self.template.proforma_policy = "never"

        self.assertFalse(self._has_button())

    def test_visitor_reads_beforehand_what_he_gets(self):
        plan = self.env.ref("proforma_ecom.deposit_plan_30_70")
        self.website.write({"proforma_validity_days": 12, "proforma_review": "always"})
        self.website.proforma_deposit_plan_id = plan

        rows = self.website.with_user(self.website.user_id)._get_proforma_terms()
        page = self.url_open(self.template.website_url).text

        self.assertEqual(len(rows), 4)
        self.assertIn("look at it first", rows[0])
        self.assertIn("30 %", rows[2])
        self.assertIn(rows[1], page)

    def test_deposit_that_is_no_share_is_not_said_as_one(self):
        plan = self.env["proforma.deposit.plan"].create(
            {
                "name": "100.00",
                "line_ids": [
                    (0, 0, {"name": "A", "amount_type": "fixed", "fixed_amount": 100}),
                    (0, 0, {"name": "B", "amount_type": "balance"}),
                ],
            }
        )
        plan.line_ids[0].needed_to_confirm = True

        term = self.website._get_proforma_deposit_term(plan.line_ids)

        self.assertEqual(term, "A deposit confirms the order")

    def test_who_has_something_in_his_cart_sees_it_first(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        values = {"product_template_id": self.template.id, "quantity": 1}
        self.make_jsonrpc_request(
            "/shop/cart/add", {**values, "product_id": self.product.id}
        )

        self.assertEqual(self.make_jsonrpc_request("/shop/proforma/cart"), {})
        self.assertIn("Your cart held something", self.url_open("/shop/cart").text)
        self.assertTrue(self.make_jsonrpc_request("/shop/proforma/cart")["order_id"])

    def test_route_tells_of_ones_own_cart_only(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        own = self.make_jsonrpc_request("/shop/proforma/cart")
        self._open_session()

        other = self.make_jsonrpc_request("/shop/proforma/cart")

        self.assertEqual(own["order_id"], cart.id)
        self.assertEqual(other, {})
