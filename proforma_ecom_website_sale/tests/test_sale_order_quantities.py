from odoo.fields import Command
from odoo.tests import tagged

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderQuantities(ShopProformaCommon):
    """A cart becomes a pro forma in quantities within the limits of its products."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._limit(cls.product, 12, 6)

    @classmethod
    def _limit(cls, product, minimum, multiple):
        product.product_tmpl_id.write(
            {
                "proforma_quantity_min": minimum,
                "proforma_quantity_multiple": multiple,
            }
        )

    def _get_cart(self, quantity, user=None, **values):
        """Return a cart as the shop's pages see it."""
        cart = self._create_cart(self.buyer.partner_id)
        cart.order_line.write({"product_uom_qty": quantity, **values})
        return cart.with_user(user or self.buyer).sudo()

    def _get_text(self, cart):
        refusal = cart._get_proforma_refusal()
        return refusal and refusal["text"]

    def test_cart_within_the_limits_is_taken(self):
        for quantity in (12, 18):
            with self.subTest(quantity):
                self.assertFalse(self._get_text(self._get_cart(quantity)))

    def test_cart_beyond_the_limits_is_told_them(self):
        for quantity in (5, 6, 13):
            for user in (self.buyer, self.website.user_id):
                with self.subTest(quantity=quantity, user=user.login):
                    text = self._get_text(self._get_cart(quantity, user))

                    self.assertIn(
                        f"“{self.product.name}”: At least 12, in steps of 6.", text
                    )

    def test_all_that_is_wrong_is_told_at_once(self):
        other = self._create_product(name="Tray")
        self._limit(other, 3, 0)
        cart = self._create_cart(
            self.buyer.partner_id,
            order_line=[
                Command.create({"product_id": product.id})
                for product in (self.product, other)
            ],
        )

        text = self._get_text(cart)

        self.assertIn("At least 12", text)
        self.assertIn("“Tray”: At least 3.", text)

    def test_limits_of_a_cart_in_dozens_are_dozens(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._limit(self.product, 24, 0)

        text = self._get_text(self._get_cart(1, product_uom_id=dozen.id))

        self.assertIn(f"({dozen.name}): At least 2.", text)
        self.assertFalse(self._get_text(self._get_cart(2, product_uom_id=dozen.id)))

    def test_delivery_knows_no_limits(self):
        self._limit(self.carrier.product_id, 5, 0)
        cart = self._get_cart(12)
        cart.set_delivery_line(self.carrier, 15.0)

        self.assertFalse(self._get_text(cart))

    def test_salesperson_is_not_asked(self):
        cart = self._get_cart(5)

        cart.action_proforma_issue()

        self.assertEqual(cart.proforma_state, "issued")

    def test_limits_cost_no_query_where_there_are_none(self):
        self._limit(self.product, 0, 0)
        cart = self._get_cart(5)
        cart.website_order_line.product_template_id.mapped("name")

        with self.assertQueryCount(0):
            self.assertFalse(cart._get_proforma_quantity_refusal())
