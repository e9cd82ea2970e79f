from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.proforma_ecom.tests.common_chrome import ChromeCommon
from odoo.addons.proforma_ecom_website_sale.tests.common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestShopStockBrowser(ShopProformaCommon, ChromeCommon):
    """From the page of a product of which there is less than it seemed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stone, cls.cloth, cls.brush = (
            cls._create_published(name, list_price=10.0)
            for name in ("Stone", "Cloth", "Brush")
        )
        cls._set_stock(cls.stone, 6.0)

    @classmethod
    def _create_published(cls, name, **values):
        return cls.env["product.template"].create(
            {"name": name, "is_published": True, **values}
        )

    @classmethod
    def _set_stock(cls, template, quantity):
        template.write({"is_storable": True, "allow_out_of_stock_order": False})
        product = template.product_variant_id
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.website.company_id.id)], limit=1
        )
        if missing := quantity - product.free_qty:
            cls.env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, missing
            )

    def _create_kit(self):
        """Return a combo of the stone, and of either the cloth or the brush."""
        combos = self.env["product.combo"].create(
            [
                {
                    "name": parts[0].name,
                    "combo_item_ids": [
                        Command.create({"product_id": part.product_variant_id.id})
                        for part in parts
                    ],
                }
                for parts in ((self.stone,), (self.cloth, self.brush))
            ]
        )
        return self._create_published("Kit", type="combo", combo_ids=combos.ids)

    def _get_issued(self):
        return self.env["sale.order"].search(
            [("proforma_state", "=", "issued"), ("website_id", "=", self.website.id)]
        )

    def _sell_meanwhile(self, page, left):
        """Let others buy the stone while the page is open and asks for nothing."""
        page.settle()
        self._set_stock(self.stone, left)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_combo_asks_for_no_more_than_there_is(self):
        kit = self._create_kit()
        for left, state in ((6.0, "enabled"), (2.0, "disabled")):
            with self._open(kit.website_url, login="marie") as page:
                page.fill("input[name=add_qty]", "5")
                self._sell_meanwhile(page, left)
                page.click(".o_proforma_now")
                page.click(".modal .product-card:not(.selected)")
                page.wait_for(f".modal [name=proforma_button]:{state}")
            self._set_stock(self.stone, 6.0)

    def test_less_than_was_asked_for_is_no_pro_forma_yet(self):
        with self._open(self.stone.website_url, login="marie") as page:
            page.fill("input[name=add_qty]", "5")
            self._sell_meanwhile(page, 2.0)
            page.click(".o_proforma_now")
            page.wait_for(".o_proforma_error", "2")
            page.wait_for(".o_proforma_form")

        self.assertFalse(self._get_issued())
