from odoo.tests import tagged

from odoo.addons.proforma_ecom_website_sale.tests.common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestSaleOrderShop(ShopVisitCommon):
    """A cart keeps to the stock by core's own rules, whoever asks for its pro forma."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.product_tmpl_id.write(
            {"is_storable": True, "allow_out_of_stock_order": False}
        )
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.website.company_id.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, warehouse.lot_stock_id, 6.0
        )

    def _ask_for_quantity(self, quantity):
        cart = self._create_cart(self.buyer.partner_id)
        cart.order_line.product_uom_qty = quantity
        self._open_session("marie", cart)
        self._ask_for(cart)
        return cart

    def test_cart_within_the_stock_is_a_pro_forma(self):
        self.assertEqual(self._ask_for_quantity(6).proforma_state, "issued")

    def test_cart_beyond_the_stock_stays_a_cart(self):
        cart = self._ask_for_quantity(7)

        self.assertEqual((cart.state, cart.proforma_state), ("draft", "none"))
