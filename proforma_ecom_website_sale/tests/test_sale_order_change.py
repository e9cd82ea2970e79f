from odoo.tests import tagged

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderChange(ShopProformaCommon):
    """What a customer changes on the page of a pro forma that came from the shop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write(
            {"proforma_change_rule": "automatic", "proforma_change_limit": 100.0}
        )
        cls.accessory = cls._create_product(
            name="Cover", list_price=30.0, website_published=True
        )
        cls.product.accessory_product_ids = cls.accessory

    def _create_proforma(self, **carrier):
        """Return a pro forma of 5 pieces, delivered."""
        self.carrier.write(carrier)
        order = self._create_cart(self.buyer.partner_id)
        rate = self.carrier.rate_shipment(order)
        order.set_delivery_line(self.carrier, rate["price"])
        order._proforma_issue()
        return order

    def _change(self, order, typed):
        return order.sudo()._proforma_request_change(typed, order.proforma_version_id)

    def _get_delivery(self, order):
        return order.order_line.filtered("is_delivery")

    def test_delivery_cost_follows_the_change(self):
        order = self._create_proforma(
            free_over=True, amount=self.product.list_price * 5.5
        )
        self.assertEqual(self._get_delivery(order).price_unit, 15.0)

        outcome = self._change(order, {f"qty_{order.order_line[0].id}": "6"})

        self.assertEqual(outcome, "change_accepted")
        self.assertEqual(self._get_delivery(order).price_unit, 0.0)

    def test_delivery_cost_that_was_agreed_on_stays_and_waits(self):
        order = self._create_proforma()
        order.set_delivery_line(self.carrier, 5.0)
        order._proforma_issue()

        outcome = self._change(order, {f"qty_{order.order_line[0].id}": "6"})

        self.assertEqual(outcome, "change_asked")
        self.assertEqual(self._get_delivery(order).price_unit, 5.0)

    def test_delivery_is_no_line_that_the_customer_changes(self):
        order = self._create_proforma()

        self.assertNotIn(
            self._get_delivery(order), order._get_proforma_changeable_lines()
        )

    def test_accessory_of_the_shop_is_added(self):
        order = self._create_proforma()

        self._change(order, {f"add_{self.accessory.id}": "1"})

        self.assertIn(self.accessory, order.order_line.product_id)

    def test_accessory_that_the_shop_does_not_show_is_not_offered(self):
        order = self._create_proforma()
        self.accessory.website_published = False

        self.assertFalse(order._get_proforma_offered_products())
