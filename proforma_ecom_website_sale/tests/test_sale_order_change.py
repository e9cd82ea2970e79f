from odoo.exceptions import UserError
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

    def test_accessory_that_has_no_pro_forma_is_not_offered(self):
        order = self._create_proforma()
        self.accessory.product_tmpl_id.proforma_policy = "never"

        self.assertFalse(order._get_proforma_offered_products())

    # === ANOTHER DELIVERY METHOD === #

    def _create_express(self):
        express = self._prepare_carrier(
            self.env["product.product"].create(
                {"name": "Express", "type": "service", "list_price": 40.0}
            ),
            fixed_price=40.0,
        )
        express.name = "Express"
        return express

    def test_other_delivery_method_is_chosen_at_its_own_price(self):
        express = self._create_express()
        order = self._create_proforma()

        outcome = self._change(order, {"choose_carrier": str(express.id)})

        self.assertEqual(outcome, "change_accepted")
        self.assertEqual(order.carrier_id, express)
        self.assertEqual(self._get_delivery(order).price_unit, 40.0)

    def test_preview_of_another_delivery_method_leaves_nothing(self):
        express = self._create_express()
        order = self._create_proforma()
        change = order.sudo()._read_proforma_change({"choose_carrier": express.id})

        figures = order.sudo()._get_proforma_change_figures(change)

        self.assertEqual(figures["total"] - order.amount_total, 25.0)
        self.assertEqual(order.carrier_id, self.carrier)
        self.assertEqual(order.proforma_state, "issued")

    def test_delivery_method_that_waits_is_applied_when_it_is_accepted(self):
        self.env.company.proforma_change_rule = "never"
        express = self._create_express()
        order = self._create_proforma()
        self._change(order, {"choose_carrier": str(express.id)})

        order.proforma_waiting_request_ids._answer("accepted")

        self.assertEqual(order.carrier_id, express)
        self.assertEqual(self._get_delivery(order).price_unit, 40.0)

    def test_salesperson_reads_which_delivery_method_is_asked_for(self):
        self.env.company.proforma_change_rule = "never"
        express = self._create_express()
        order = self._create_proforma()

        self._change(order, {"choose_carrier": str(express.id)})

        self.assertEqual(order.proforma_waiting_request_ids.about, express.name)

    def test_delivery_method_that_waits_is_not_free_once_prices_have_changed(self):
        self.env.company.proforma_change_rule = "never"
        express = self._create_express()
        order = self._create_proforma()
        self._change(order, {"choose_carrier": str(express.id)})
        self.carrier.fixed_price += 1.0

        order.proforma_waiting_request_ids._answer("accepted")

        self.assertEqual(self._get_delivery(order).price_unit, 40.0)

    def test_delivery_method_that_is_not_offered_is_refused(self):
        express = self._create_express()
        order = self._create_proforma()
        express.is_published = False

        for typed in (express.id, self.carrier.id, "NaN"):
            with self.subTest(typed), self.assertRaises(UserError):
                self._change(order, {"choose_carrier": typed})

        self.assertEqual(order.carrier_id, self.carrier)

    def test_page_offers_the_delivery_methods(self):
        self._create_express()
        order = self._create_proforma()
        self.authenticate(None, None)

        page = self.url_open(
            f"/my/proformas/{order.id}/change"
            f"?access_token={order._portal_ensure_token()}"
        )

        self.assertIn('name="choose_carrier"', page.text)
        self.assertIn("Express", page.text)

    def test_what_has_no_pro_forma_is_not_offered(self):
        order = self._create_proforma()
        self.assertIn(self.accessory, order._get_proforma_proposed_products())

        self.accessory.product_tmpl_id.proforma_policy = "never"

        self.assertNotIn(self.accessory, order._get_proforma_proposed_products())

    def test_change_beyond_a_limit_of_the_shop_waits(self):
        for rule, limit in [
            ({"proforma_amount_max": 1.0}, "proforma_amount_max"),
            ({"proforma_review": "above"}, "proforma_review_amount"),
        ]:
            order = self._create_proforma()
            self.website.write({**rule, limit: order.amount_total + 1.0})
            with self.subTest(limit):
                outcome = self._change(order, {f"qty_{order.order_line[0].id}": "6"})

                self.assertEqual(outcome, "change_asked")
            self.website.write({limit: 0.0, "proforma_review": "never"})
