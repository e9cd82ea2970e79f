import json

from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestProformaSnapshotOptions(ProformaCommon):
    """Configured products: what was chosen, and what it adds to the price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colour = cls._create_attribute("Colour", "always", "White", "Graphite")
        cls.engraving = cls._create_attribute("Engraving", "no_variant", "None", "Own")
        cls.extras = cls._create_attribute("Extras", "no_variant", "Lamp", "Steam")
        cls.extras.display_type = "multi"
        cls.engraving.value_ids[1].is_custom = True
        cls.oven = cls._create_configurable(
            cls.colour + cls.engraving + cls.extras, name="Oven", list_price=1000.0
        )
        cls.values = cls.oven.attribute_line_ids.product_template_value_ids
        for name, extra in {"Graphite": 40.0, "Own": 12.5, "Steam": 90.0}.items():
            cls._get_value(name).price_extra = extra
        cls.graphite = cls.oven.product_variant_ids.filtered(
            lambda product: (
                cls._get_value("Graphite")
                in product.product_template_attribute_value_ids
            )
        )

    @classmethod
    def _create_attribute(cls, name, create_variant, *values):
        return cls.env["product.attribute"].create(
            {
                "name": name,
                "create_variant": create_variant,
                "value_ids": [Command.create({"name": value}) for value in values],
            }
        )

    @classmethod
    def _create_configurable(cls, attributes, **values):
        return cls.env["product.template"].create(
            {
                "taxes_id": [Command.clear()],
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                    for attribute in attributes
                ],
                **values,
            }
        )

    @classmethod
    def _get_value(cls, name):
        return cls.values.filtered(lambda value: value.name == name)

    def _create_configured(self, line_values=(), **values):
        """Return an order of one graphite oven, engraved, with lamp and steam."""
        own = self._get_value("Own")
        free = own + self._get_value("Lamp") + self._get_value("Steam")
        line = {
            "product_id": self.graphite.id,
            "product_no_variant_attribute_value_ids": [Command.set(free.ids)],
            "product_custom_attribute_value_ids": [
                Command.create(
                    {
                        "custom_product_template_attribute_value_id": own.id,
                        "custom_value": "Chez Martin",
                    }
                )
            ],
            **dict(line_values),
        }
        return self._create_order(order_line=[Command.create(line)], **values)

    def _get_lines(self, order):
        if order.proforma_state == "none":
            order.action_proforma_issue()
        return order.proforma_version_id._get_document()["lines"]

    def _get_extras(self, order):
        [line] = self._get_lines(order)
        return {option["value"]: option["extra"] for option in line["options"]}

    def test_choices_are_listed_with_what_they_add(self):
        [line] = self._get_lines(self._create_configured())

        self.assertEqual(line["price_unit"], "1142.50")
        self.assertEqual(
            [
                (option["name"], option["value"], option["extra"])
                for option in line["options"]
            ],
            [
                ("Colour", "Graphite", "40.00"),
                ("Engraving", "Own: Chez Martin", "12.50"),
                ("Extras", "Lamp", ""),
                ("Extras", "Steam", "90.00"),
            ],
        )

    def test_choices_are_not_repeated_in_the_description(self):
        self.oven.description_sale = "Colour: as you like\nThree decks"

        [line] = self._get_lines(self._create_configured())

        self.assertEqual(line["description"], "Colour: as you like\nThree decks")

    def test_choices_are_not_repeated_in_another_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.engraving.with_context(lang="fr_FR").name = "Gravure"
        order = self._create_configured()
        self.customer.lang = "fr_FR"

        [line] = self._get_lines(order)

        self.assertEqual(line["description"], "")
        self.assertEqual(line["options"][1]["name"], "Gravure")

    def test_what_was_written_by_hand_stays(self):
        order = self._create_configured({"name": "Oven\nColour: Graphite (RAL 7024)"})

        [line] = self._get_lines(order)

        self.assertEqual(line["description"], "Colour: Graphite (RAL 7024)")

    def test_value_without_alternative_is_no_choice(self):
        brand = self._create_attribute("Brand", "no_variant", "Durand")
        mixer = self._create_configurable(brand, name="Mixer", list_price=10.0)
        values = mixer.attribute_line_ids.product_template_value_ids
        line = {
            "product_id": mixer.product_variant_id.id,
            "product_no_variant_attribute_value_ids": [Command.set(values.ids)],
        }

        [line] = self._get_lines(self._create_order(order_line=[Command.create(line)]))

        self.assertEqual(line["options"], [])

    def test_plain_product_has_no_options(self):
        [line] = self._get_lines(self._create_order())

        self.assertEqual(line["options"], [])
        self.assertFalse(line["child"])

    def _create_pricelist_with(self, **rule):
        pricelist = self.env["product.pricelist"].create({"name": "Rules"})
        pricelist.item_ids = [Command.create({"applied_on": "3_global", **rule})]
        return pricelist

    def test_extra_follows_the_rule_of_the_price_list(self):
        formula = {"compute_price": "formula", "price_discount": 10.0}
        percentage = {"compute_price": "percentage", "percent_price": 10.0}
        fixed = {"compute_price": "fixed", "fixed_price": 700.0}
        for rule, price, extra, reason in (
            (formula, "1028.25", "36.00", "the discount takes its part"),
            (percentage, "1028.25", "36.00", "discounts are not shown"),
            (fixed, "700.00", "", "the price is the same without it"),
        ):
            with self.subTest(reason):
                order = self._create_configured(
                    pricelist_id=self._create_pricelist_with(**rule).id
                )

                self.assertEqual(self._get_lines(order)[0]["price_unit"], price)
                self.assertEqual(self._get_extras(order)["Graphite"], extra)

    def test_extra_is_before_a_discount_that_is_shown(self):
        self.env.ref("base.group_user").implied_ids += self.group_discount_per_so_line
        pricelist = self._create_pricelist_with(
            compute_price="percentage", percent_price=10.0
        )

        order = self._create_configured(pricelist_id=pricelist.id)

        self.assertEqual(self._get_lines(order)[0]["discount"], "10.00")
        self.assertEqual(self._get_extras(order)["Graphite"], "40.00")

    def test_extra_is_in_the_currency_of_the_order(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        yen.rate_ids.unlink()
        yen.rate_ids = [Command.create({"name": "2020-01-01", "rate": 150.0})]
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": yen.id}
        )

        order = self._create_configured(pricelist_id=pricelist.id)

        self.assertEqual(self._get_lines(order)[0]["price_unit"], "171375.00")
        self.assertEqual(self._get_extras(order)["Own: Chez Martin"], "1875.00")

    def test_extra_is_for_the_unit_of_the_line(self):
        order = self._create_configured({"product_uom_id": self.uom_dozen.id})

        self.assertEqual(self._get_extras(order)["Graphite"], "480.00")

    def test_extra_has_the_taxes_that_the_price_has(self):
        self.oven.taxes_id = self.env["account.tax"].create(
            {"name": "20%", "amount": 20.0, "type_tax_use": "sale"}
        )
        consumer = self._create_customer("Nadia Petit", is_company=False)
        for partner, price, extra in (
            (self.customer, "1142.50", "40.00"),
            (consumer, "1371.00", "48.00"),
        ):
            with self.subTest(partner.name):
                order = self._create_configured(partner_id=partner.id)

                self.assertEqual(self._get_lines(order)[0]["price_unit"], price)
                self.assertEqual(self._get_extras(order)["Graphite"], extra)

    def test_typed_price_tells_no_extra(self):
        order = self._create_configured()
        order.order_line.write({"price_unit": 900.0})

        self.assertEqual(set(self._get_extras(order).values()), {""})

    def test_price_of_the_list_that_was_written_tells_the_extra(self):
        order = self._create_configured({"price_unit": 900.0})
        order.order_line.write({"price_unit": 1142.5})

        self.assertEqual(self._get_extras(order)["Graphite"], "40.00")

    def test_hidden_prices_hide_the_extra(self):
        order = self._create_configured()
        order.order_line = [
            Command.create(
                {
                    "display_type": "line_section",
                    "name": "Kitchen",
                    "collapse_prices": True,
                    "sequence": 1,
                }
            )
        ]

        line = self._get_lines(order)[-1]

        self.assertEqual({option["extra"] for option in line["options"]}, {""})
        self.assertEqual(len(line["options"]), 4)

    def _create_combo_order(self):
        combo = self.env["product.combo"].create(
            {
                "name": "Oven",
                "combo_item_ids": [Command.create({"product_id": self.graphite.id})],
            }
        )
        bundle = self._create_product(
            name="Starter kit",
            type="combo",
            list_price=800.0,
            combo_ids=[Command.link(combo.id)],
            taxes_id=[Command.clear()],
        )
        order = self._create_order(
            order_line=[Command.create({"product_id": bundle.id})]
        )
        free = self._get_value("None") + self._get_value("Steam")
        order.order_line = [
            Command.create(
                {
                    "product_id": self.graphite.id,
                    "combo_item_id": combo.combo_item_ids.id,
                    "linked_line_id": order.order_line.id,
                    "product_no_variant_attribute_value_ids": [Command.set(free.ids)],
                }
            )
        ]
        return order

    def test_item_of_a_combo_is_its_child(self):
        kit, oven = self._get_lines(self._create_combo_order())

        self.assertEqual((kit["child"], oven["child"]), (False, True))
        self.assertEqual(oven["price_unit"], "890.00")

    def test_choice_in_a_combo_adds_what_core_adds(self):
        order = self._create_combo_order()

        [_kit, oven] = self._get_lines(order)

        extras = {option["value"]: option["extra"] for option in oven["options"]}
        self.assertEqual(extras, {"Graphite": "", "None": "", "Steam": "90.00"})

    def test_change_of_a_choice_means_revision(self):
        order = self._create_configured()
        order.action_proforma_issue()
        line = order.order_line

        line.product_custom_attribute_value_ids = [
            Command.update(
                line.product_custom_attribute_value_ids.id, {"custom_value": "Martin"}
            )
        ]

        self.assertEqual(order.proforma_state, "revising")

    def test_line_that_was_entered_again_says_the_same(self):
        order = self._create_configured()
        snapshot = self.env["proforma.snapshot"]
        before = snapshot._prepare_document(order, {})

        order.order_line = [
            Command.create({**order.order_line.copy_data()[0], "order_id": order.id}),
            Command.delete(order.order_line.id),
        ]
        after = snapshot._prepare_document(order, {})

        self.assertNotEqual(before["lines"][0]["key"], after["lines"][0]["key"])
        self.assertFalse(snapshot._is_changed(before, after))

    def test_price_of_a_choice_that_changed_is_no_change_of_the_order(self):
        order = self._create_configured()
        order.action_proforma_issue()

        self._get_value("Graphite").price_extra = 55.0
        order.order_line.name = order.order_line.name

        self.assertEqual(order.proforma_state, "issued")

    def _freeze_as_before(self, order):
        """Make the stored version what the first release would have stored."""
        order.action_proforma_issue()
        version = order.proforma_version_id
        snapshot = json.loads(version.snapshot)
        for line, source in zip(snapshot["lines"], order.order_line, strict=True):
            for key in ("key", "options", "child"):
                del line[key]
            line["description"] = source.name.partition("\n")[2].strip()
        self.env.cr.execute(
            "UPDATE proforma_version SET snapshot = %s WHERE id = %s",
            (json.dumps(snapshot), version.id),
        )
        version.invalidate_recordset()

    def test_proforma_of_the_first_release_stays_issued(self):
        order = self._create_configured()
        self._freeze_as_before(order)

        order.order_line.name = order.order_line.name

        self.assertEqual(order.proforma_state, "issued")

    def test_proforma_of_the_first_release_is_revised_by_a_change(self):
        for fname, value in (("name", "Oven\nTwo decks"), ("product_uom_qty", 2.0)):
            with self.subTest(fname):
                order = self._create_configured()
                self._freeze_as_before(order)

                order.order_line[fname] = value

                self.assertEqual(order.proforma_state, "revising")
