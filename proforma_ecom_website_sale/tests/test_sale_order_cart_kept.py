from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.website_sale.tests.common import MockRequest

from .common import ShopProformaCommon

NOTE = "Deliver in the morning"


@tagged("post_install", "-at_install")
class TestSaleOrderCartKept(ShopProformaCommon):
    """What the visitor put into his cart is what he finds on his pro forma: the cart of
    a French customer has a bit of everything, in francs.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        french = cls.env["res.lang"]._activate_lang("fr_FR")
        cls.website.language_ids += french
        cls.buyer.partner_id.lang = "fr_FR"
        cls._create_products()
        cls.express = cls._prepare_carrier(
            cls._create_product(
                name="Express", type="service", list_price=25.0, taxes_id=False
            ),
            name="Express",
            fixed_price=25.0,
        )
        cls.utm = {
            "campaign_id": cls.env["utm.campaign"].create({"name": "Spring"}).id,
            "medium_id": cls.env["utm.medium"].create({"name": "Leaflet"}).id,
            "source_id": cls.env["utm.source"].create({"name": "Fair"}).id,
        }
        cls.pricelist_chf = cls._create_pricelist_in_francs()
        cls.order = cls._fill_cart()
        cls.before = cls._describe()
        with MockRequest(cls.env, website=cls.website, sale_order_id=cls.order.id):
            cls.order.sudo()._proforma_take_cart()

    @classmethod
    def _create_products(cls):
        cls.size, cls.engraving = cls.env["product.attribute"].create(
            [
                {
                    "name": name,
                    "create_variant": mode,
                    "value_ids": [Command.create(value) for value in values],
                }
                for name, mode, values in (
                    ("Size", "always", [{"name": "Small"}, {"name": "Large"}]),
                    (
                        "Engraving",
                        "no_variant",
                        [{"name": "None"}, {"name": "Own text", "is_custom": True}],
                    ),
                )
            ]
        )
        cls.oven = cls.env["product.template"].create(
            {
                "name": "Oven",
                "type": "consu",
                "list_price": 100.0,
                "taxes_id": False,
                "is_published": True,
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                    for attribute in cls.size | cls.engraving
                ],
            }
        )
        cls.oven.with_context(lang="fr_FR").name = "Four"
        cls.cover, cls.stone, cls.peel = (
            cls._create_product(name=name, list_price=30.0, taxes_id=False)
            for name in ("Cover", "Stone", "Peel")
        )
        cls.oven.optional_product_ids = cls.cover.product_tmpl_id
        combos = cls.env["product.combo"].create(
            [
                {
                    "name": part.name,
                    "combo_item_ids": [Command.create({"product_id": part.id})],
                }
                for part in (cls.stone, cls.peel)
            ]
        )
        cls.kit = cls._create_product(
            name="Kit",
            type="combo",
            list_price=40.0,
            taxes_id=False,
            combo_ids=[Command.set(combos.ids)],
        )

    @classmethod
    def _create_pricelist_in_francs(cls):
        """Return a price list of 2 francs for 1, in which a cover costs 50."""
        francs = cls.env.ref("base.CHF")
        francs.active = True
        francs.rate_ids.unlink()
        francs.rate_ids = [Command.create({"name": "2016-01-01", "rate": 2.0})]
        return cls.env["product.pricelist"].create(
            {
                "name": "Francs",
                "currency_id": francs.id,
                "website_id": cls.website.id,
                "selectable": True,
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": cls.cover.product_tmpl_id.id,
                            "compute_price": "fixed",
                            "fixed_price": 50.0,
                        }
                    )
                ],
            }
        )

    @classmethod
    def _fill_cart(cls):
        """Return a cart that was filled as the pages of the shop do it."""
        cart = cls._create_cart(
            cls.buyer.partner_id,
            pricelist_id=cls.pricelist_chf.id,
            order_line=[],
            **cls.utm,
        )
        values = cls.oven.attribute_line_ids.product_template_value_ids
        large = values.filtered(lambda v: v.name == "Large")
        text = values.filtered(lambda v: v.name == "Own text")
        with MockRequest(cls.env, website=cls.website, sale_order_id=cart.id):
            oven = cart._cart_add(
                cls.oven.product_variant_ids.filtered(
                    lambda p: large in p.product_template_attribute_value_ids
                ).id,
                2,
                no_variant_attribute_value_ids=text.ids,
                product_custom_attribute_values=[
                    {
                        "custom_product_template_attribute_value_id": text.id,
                        "custom_value": "Chez Marie",
                    }
                ],
            )["line_id"]
            cart._cart_add(cls.cover.id, 2, linked_line_id=oven)
            kit = cart._cart_add(cls.kit.id, 3)["line_id"]
            for item in cls.kit.combo_ids.combo_item_ids:
                cart._cart_add(
                    item.product_id.id, 3, linked_line_id=kit, combo_item_id=item.id
                )
            cart._set_delivery_method(cls.express)
        cart.order_line = [Command.create({"display_type": "line_note", "name": NOTE})]
        return cart

    @classmethod
    def _describe(cls):
        """Return what the order is about, by the name of what is to be kept."""
        order = cls.order
        lines = order.order_line
        products = lines.filtered("product_id")
        return {
            "variants": [(li.product_id, li.product_uom_qty) for li in products],
            "custom texts": lines.product_custom_attribute_value_ids.mapped(
                "custom_value"
            ),
            "choices without a variant": lines.product_no_variant_attribute_value_ids,
            "parts of the combo": [
                (li.combo_item_id, li.linked_line_id) for li in products
            ],
            "prices": products.mapped("price_unit"),
            "notes": lines.filtered("display_type").mapped("name"),
            "delivery method": order.carrier_id,
            "delivery price": order.amount_delivery,
            "price list": order.pricelist_id,
            "currency": order.currency_id,
            "total": order.amount_total,
            "customer": order.partner_id,
            "UTM": (order.campaign_id, order.medium_id, order.source_id),
        }

    def test_order_is_what_the_cart_was(self):
        self.assertEqual(self.order.proforma_state, "issued")
        after = self._describe()

        for name, value in self.before.items():
            with self.subTest(name):
                self.assertTrue(value)
                self.assertEqual(after[name], value)

    def test_document_says_what_the_cart_said(self):
        lines = self.order.proforma_version_id._get_document()["lines"]
        # Name, quantity, amount, whether it is a part of the line above, kind.
        expected = [
            ("Four", "2.00", "400.00", False, "product"),
            ("Cover", "2.00", "100.00", False, "product"),
            ("Kit", "3.00", "0.00", False, "product"),
            ("Stone", "3.00", "120.00", True, "product"),
            ("Peel", "3.00", "120.00", True, "product"),
            (NOTE, "", "", False, "note"),
            ("Express", "1.00", "50.00", False, "delivery"),
        ]

        printed = [
            tuple(li[k] for k in ("name", "quantity", "subtotal", "child", "kind"))
            for li in lines
        ]

        self.assertEqual([row[1:] for row in printed], [row[1:] for row in expected])
        for row, wanted in zip(printed, expected, strict=True):
            self.assertIn(wanted[0], row[0])

    def test_document_has_the_choices_and_the_own_text(self):
        oven = self.order.proforma_version_id._get_document()["lines"][0]

        self.assertEqual(
            [(option["name"], option["value"]) for option in oven["options"]],
            [("Size", "Large"), ("Engraving", "Own text: Chez Marie")],
        )

    def test_document_has_the_currency_and_language_of_the_cart(self):
        version = self.order.proforma_version_id
        currency = version._get_document()["document"]["currency"]

        self.assertEqual((version.lang, currency["code"]), ("fr_FR", "CHF"))
        self.assertAlmostEqual(version.amount_total, 790.0)


@tagged("post_install", "-at_install")
class TestSaleOrderAbandonedCart(ShopProformaCommon):
    """Who has asked for a pro forma is not asked why he left his cart."""

    def _take(self):
        cart = self._create_cart(self.buyer.partner_id)
        with MockRequest(self.env, website=self.website, sale_order_id=cart.id):
            cart.sudo()._proforma_take_cart()
        return cart

    def _filter(self, order):
        with freeze_time("2099-01-01"):
            return order._filter_can_send_abandoned_cart_mail()

    def test_cart_is_written_about(self):
        cart = self._create_cart(self.buyer.partner_id)

        self.assertEqual(self._filter(cart), cart)

    def test_issued_pro_forma_is_not_written_about(self):
        order = self._take()
        self.assertEqual(order.proforma_state, "issued")

        self.assertFalse(self._filter(order))

    def test_cart_that_was_handed_in_is_not_written_about(self):
        self.website.proforma_review = "always"
        order = self._take()
        self.assertEqual((order.state, order.proforma_state), ("sent", "none"))

        self.assertFalse(self._filter(order))
