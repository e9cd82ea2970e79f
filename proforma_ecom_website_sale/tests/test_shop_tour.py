from odoo.tests import tagged

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestShopTour(ShopProformaCommon):
    """The whole way in a real browser: shop, pro forma, signature, deposit, invoice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["product.template"].search([]).is_published = False
        cls.tax = cls.env["account.tax"].create(
            {"name": "VAT 20%", "amount": 20.0, "type_tax_use": "sale"}
        )
        cls.oven = cls.env["product.product"].create(
            {
                "name": "Deck Oven",
                "list_price": 1000.0,
                "taxes_id": [(6, 0, cls.tax.ids)],
                "is_published": True,
                "website_published": True,
            }
        )
        plan = cls.env.ref("proforma_ecom.deposit_plan_30_70")
        # What a consumer pays would be earnest money, which has no invoice.
        plan.line_ids[0].nature = "acompte"
        cls.website.proforma_deposit_plan_id = plan
        cls._enable_demo_provider()

    @classmethod
    def _enable_demo_provider(cls):
        provider = cls.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", cls.env.company.id)], limit=1
        )
        provider.write({"state": "test", "is_published": True})
        provider.payment_method_ids.active = True

    def _assert_whole_way_done(self, order):
        deposit = order.proforma_deposit_ids[0]
        self.assertEqual(order.proforma_state, "accepted")
        self.assertEqual(order.state, "sale")
        self.assertEqual(deposit.state, "paid")
        self.assertEqual(deposit.invoice_id.state, "posted")
        self.assertEqual(deposit.invoice_id.amount_total, deposit.amount)

    def _get_last_proforma(self):
        return self.env["sale.order"].search(
            [("proforma_state", "!=", "none")], order="id desc", limit=1
        )

    def test_guest_goes_the_whole_way(self):
        self.start_tour("/shop", "proforma_shop_guest")

        order = self._get_last_proforma()
        self._assert_whole_way_done(order)
        self.assertEqual(order.proforma_rating, 5)

    def test_customer_goes_the_whole_way(self):
        self.start_tour("/shop", "proforma_shop_customer", login="marie")

        order = self._get_last_proforma()
        self.assertEqual(order.partner_id, self.buyer.partner_id)
        self._assert_whole_way_done(order)
        balance = order.proforma_deposit_ids[1]
        self.assertEqual(balance.state, "paid")
        self.assertEqual(balance.invoice_id.amount_total, balance.amount)
        self.assertEqual(len(order.sudo().transaction_ids.payment_id), 2)

    def test_customer_gets_it_from_the_page_of_the_product(self):
        self.start_tour("/shop", "proforma_shop_product", login="marie")

        order = self._get_last_proforma()
        self.assertEqual(order.proforma_state, "issued")
        self.assertEqual(order.website_order_line.product_id, self.oven)

    def test_customer_buys_his_pro_forma_at_once(self):
        self.start_tour("/shop", "proforma_shop_buy", login="marie")

        proforma = self._get_last_proforma()
        order = proforma.proforma_cart_ids
        self.assertEqual(proforma.proforma_state, "cancelled")
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.amount_total, proforma.amount_total)

    def test_cart_says_at_once_that_it_has_become_large_enough(self):
        self.website.proforma_amount_min = 2000.0
        cart = self._create_cart(self.buyer.partner_id)
        cart.order_line.write({"product_id": self.oven.id, "product_uom_qty": 1.0})

        self.start_tour("/shop/cart", "proforma_shop_limit", login="marie")

        self.assertEqual(cart.proforma_state, "issued")


@tagged("post_install", "-at_install")
class TestShopTourPhone(TestShopTour):
    """The same on a small phone."""

    allow_inherited_tests_method = True
    browser_size = "360x740"
    touch_enabled = True
