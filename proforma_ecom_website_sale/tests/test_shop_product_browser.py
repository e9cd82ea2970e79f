from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.proforma_ecom.tests.common_chrome import ChromeCommon

from .common import ShopProformaCommon

ISSUED = ".o_proforma_page .o_proforma_status[data-status=issued]"


@tagged("post_install", "-at_install")
class TestShopProductBrowser(ShopProformaCommon, ChromeCommon):
    """From the page of a product that is configured to its pro forma, at a desk."""

    def _create_published(self, name, **values):
        return self.env["product.template"].create(
            {"name": name, "list_price": 100.0, "is_published": True, **values}
        )

    def _get_issued(self):
        return self.env["sale.order"].search(
            [("proforma_state", "=", "issued")], order="id desc", limit=1
        )

    def test_variant_and_its_own_text_are_on_the_pro_forma(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Sign",
                "display_type": "radio",
                "create_variant": "no_variant",
                "value_ids": [
                    Command.create({"name": "None"}),
                    Command.create({"name": "Own words", "is_custom": True}),
                ],
            }
        )
        line = {"attribute_id": attribute.id, "value_ids": attribute.value_ids.ids}
        oven = self._create_published("Oven", attribute_line_ids=[Command.create(line)])
        value = oven.attribute_line_ids.product_template_value_ids[1]
        with self._open(oven.website_url, login="marie") as page:
            page.settle()
            page.click(f"input[type=radio][value='{value.id}']")
            page.fill("input.variant_custom_value", "Boulangerie Martin")
            page.click(".o_proforma_now")
            page.wait_for(ISSUED)

        line = self._get_issued().order_line[:1]
        self.assertEqual(line.product_template_id, oven)
        self.assertIn("Boulangerie Martin", line.name)
        self.assertIn("Boulangerie Martin", self._get_printed(line.order_id))

    def test_parts_of_a_combo_are_on_the_pro_forma(self):
        parts = [self._create_published(name) for name in ("Stone", "Steel")]
        combo = self.env["product.combo"].create(
            {
                "name": "Sole",
                "combo_item_ids": [
                    Command.create({"product_id": part.product_variant_id.id})
                    for part in parts
                ],
            }
        )
        kit = self._create_published(
            "Kit", type="combo", combo_ids=[Command.set(combo.ids)]
        )
        with self._open(kit.website_url, login="marie") as page:
            page.settle()
            page.click(".o_proforma_now")
            page.click(".modal .col:nth-child(2) .product-card")
            page.click(".modal [name=proforma_button]:enabled")
            page.wait_for(ISSUED)

        lines = self._get_issued().order_line
        self.assertIn(parts[1].product_variant_id, lines.product_id)

    def _get_printed(self, order):
        return str(order.proforma_version_id._get_document())


@tagged("post_install", "-at_install")
class TestShopProductBrowserPhone(TestShopProductBrowser):
    """The same on a small phone."""

    allow_inherited_tests_method = True
    browser_size = "360x740"
    touch_enabled = True
