from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common_price import CHECKED_ON, ProformaPriceCommon

TODAY = date(2026, 11, 20)


@tagged("post_install", "-at_install")
class TestSaleOrderNewPrices(ProformaPriceCommon):
    """Prices of today, for the lines whose price was not entered by hand."""

    def test_prices_are_those_that_core_would_compute_today(self):
        tax = self.env["account.tax"].create(
            {
                "name": "20% incl.",
                "amount": 20.0,
                "price_include_override": "tax_included",
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Tiers",
                "currency_id": self._enable_currency("CHF").id,
                "item_ids": [
                    Command.create(vals)
                    for vals in (
                        {"compute_price": "percentage", "percent_price": 5},
                        {
                            "applied_on": "2_product_category",
                            "categ_id": self.category.id,
                            "compute_price": "formula",
                            "price_discount": 10,
                            "price_round": 0.05,
                            "price_surcharge": 1.5,
                            "min_quantity": 5,
                        },
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": self.metal.product_tmpl_id.id,
                            "compute_price": "fixed",
                            "fixed_price": 77.77,
                            "min_quantity": 100,
                        },
                    )
                ],
            }
        )
        taxed = self._create_metal("Taxed", taxes_id=tax.ids, list_price=33.33)
        dozen = self.env.ref("uom.product_uom_dozen")
        lines = [
            self._create_metal_line(
                product_id=product.id, product_uom_qty=quantity, **v
            )
            for product in (self.metal, taxed)
            for quantity in (1.0, 5.0, 150.0)
            for v in ({}, {"product_uom_id": dozen.id})
        ]
        self._set_rate(pricelist.currency_id, "2026-11-01", 2.0)
        order = self._issue_metal(lines, pricelist_id=pricelist.id)
        self._set_rate(pricelist.currency_id, "2026-11-20", 2.37)
        self.metal.list_price = 131.0

        with freeze_time(CHECKED_ON):
            prices = order._get_proforma_new_prices(TODAY)
            order.date_order = CHECKED_ON
            order._recompute_prices()

        self.assertEqual(len(prices), 12)
        for line in order.order_line:
            with self.subTest(line.product_id.name, quantity=line.product_uom_qty):
                self.assertAlmostEqual(prices[line], line.price_unit, 2)

    def test_nothing_is_touched(self):
        order = self._issue_metal()
        self.metal.list_price = 150.0

        with freeze_time(CHECKED_ON):
            prices = order._get_proforma_new_prices(TODAY)

        self.assertEqual(prices, {order.order_line: 150.0})
        self.assertEqual(order.order_line.price_unit, 100.0)
        self.assertEqual(order.proforma_state, "issued")

    def test_lines_without_a_price_of_the_list_are_left_out(self):
        order = self._issue_metal(
            [
                self._create_metal_line(technical_price_unit=90.0, price_unit=95.0),
                self._create_metal_line(discount=10.0),
                Command.create({"display_type": "line_section", "name": "Section"}),
            ]
        )

        prices = order._get_proforma_new_prices(TODAY)

        self.assertEqual(list(prices), list(order.order_line[1]))

    def test_orders_of_several_companies_are_priced_together(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.env.user.company_ids += second
        currency = second.currency_id
        orders = self._create_order(
            order_line=[self._create_metal_line()]
        ) + self._create_order(
            company_id=second.id, order_line=[self._create_metal_line()]
        )
        self.assertEqual(orders.currency_id, currency)

        prices = orders._get_proforma_new_prices(TODAY)

        self.assertEqual(set(prices), set(orders.order_line))

    def test_attributes_without_a_variant_keep_their_extra_price(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Finish",
                "create_variant": "no_variant",
                "value_ids": [
                    Command.create({"name": "Raw"}),
                    Command.create({"name": "Polished"}),
                ],
            }
        )
        line = self.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": self.metal.product_tmpl_id.id,
                "attribute_id": attribute.id,
                "value_ids": [Command.set(attribute.value_ids.ids)],
            }
        )
        polished = line.product_template_value_ids[-1]
        polished.price_extra = 12.0
        order = self._create_order(
            order_line=[
                self._create_metal_line(
                    product_no_variant_attribute_value_ids=polished.ids
                )
            ]
        )

        prices = order._get_proforma_new_prices(TODAY)

        self.assertEqual(prices, {order.order_line: 112.0})
