from odoo.tests import freeze_time, tagged

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderShopOffer(ShopProformaCommon):
    """What the visitor is told before he asks for a pro forma."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"list_price": 20.0, "taxes_id": False})
        cls.cart = cls._create_cart(cls.buyer.partner_id)

    def _get_text(self):
        return "\n".join(self.cart._prepare_proforma_shop_offer()["rows"])

    @freeze_time("2026-11-23 10:00:00")
    def test_it_says_until_when_it_would_be_valid(self):
        self.website.proforma_validity_days = 10

        self.assertIn("Valid until 12/03/2026", self._get_text())

    def test_share_is_said_while_the_delivery_cost_is_not_known(self):
        self.cart.proforma_deposit_plan_id = self.env.ref(
            "proforma_ecom.deposit_plan_30_70"
        )

        self.assertIn("30 % of the total", self._get_text())

    def test_amount_is_said_once_the_delivery_cost_is_known(self):
        self.cart.proforma_deposit_plan_id = self.env.ref(
            "proforma_ecom.deposit_plan_30_70"
        )
        self.cart.set_delivery_line(self.carrier, 15.0)

        text = self._get_text()

        self.assertIn("34.50", text)  # 30 % of 100 + 15.
        self.assertIn("15.00", text)

    def test_offered_deposit_is_the_one_of_the_document(self):
        self.cart.proforma_deposit_plan_id = self.env.ref(
            "proforma_ecom.deposit_plan_30_70"
        )
        self.cart._proforma_choose_delivery()
        text = self._get_text()

        self.cart._proforma_take_cart()

        deposit = self.cart.proforma_deposit_ids[0]
        self.assertIn(self.cart._format_proforma_amount(deposit.amount), text)

    def test_order_without_deposit_is_confirmed_by_the_signature(self):
        self.cart.proforma_deposit_plan_id = False

        self.assertIn("No deposit", self._get_text())

    def test_service_says_nothing_of_delivery(self):
        self.product.type = "service"

        self.assertNotIn("elivery", self._get_text())

    def test_delivery_that_may_be_agreed_on_is_announced(self):
        self.website.proforma_delivery_agreed = True

        self.assertIn("agreed on with you", self._get_text())

    def test_refused_cart_offers_nothing(self):
        self.website.proforma_amount_min = 1000.0

        self.assertEqual(self.cart._prepare_proforma_shop_offer()["rows"], [])
