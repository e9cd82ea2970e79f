from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestProductProductChoice(TransactionCase):
    """What the customer has to choose before a product goes into his cart."""

    def _create_product(self, create_variant, *values):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Colour",
                "create_variant": create_variant,
                "value_ids": [(0, 0, value) for value in values],
            }
        )
        line = {"attribute_id": attribute.id, "value_ids": attribute.value_ids.ids}
        template = self.env["product.template"].create(
            {"name": "Oven", "attribute_line_ids": [(0, 0, line)]}
        )
        return template.product_variant_ids[:1]

    def test_only_what_the_variant_does_not_say_is_a_choice(self):
        red, blue = {"name": "Red"}, {"name": "Blue"}
        own = {"name": "Other", "is_custom": True}
        for expected, reason, arguments in [
            (False, "the variant says it", ("always", red, blue)),
            (False, "there is only one", ("no_variant", red)),
            (True, "two that make no variant", ("no_variant", red, blue)),
            (True, "the variant wants the customer's words", ("always", own)),
            (True, "so does a value without variant", ("no_variant", own)),
        ]:
            with self.subTest(reason):
                product = self._create_product(*arguments)

                self.assertEqual(product._has_proforma_open_choice(), expected)

    def test_what_is_in_a_combo_is_a_choice(self):
        item = self.env["product.product"].create({"name": "Tray"})
        combo = self.env["product.combo"].create(
            {"name": "Trays", "combo_item_ids": [(0, 0, {"product_id": item.id})]}
        )

        product = self.env["product.product"].create(
            {"name": "Set", "type": "combo", "combo_ids": [(6, 0, combo.ids)]}
        )

        self.assertTrue(product._has_proforma_open_choice())
