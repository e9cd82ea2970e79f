from odoo.addons.proforma_ecom.tests.common_negotiation import (
    ProformaNegotiationCommon,
)


class ProformaShopStockCommon(ProformaNegotiationCommon):
    """A pro forma of the shop: 10 ovens, of which there are enough, and 2 trays, of
    which 8 are in stock and none are sold beyond.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.warehouse = cls._get_warehouse(cls.env.company)
        cls._limit_by_stock(cls.tray, 8.0)
        cls.order.website_id = cls.website

    @classmethod
    def _get_warehouse(cls, company):
        return cls.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )

    @classmethod
    def _limit_by_stock(cls, product, quantity, **values):
        product.product_tmpl_id.write(
            {
                "is_storable": True,
                "allow_out_of_stock_order": False,
                "is_published": True,
                **values,
            }
        )
        cls._fill_stock(cls.warehouse, product, quantity)

    @classmethod
    def _fill_stock(cls, warehouse, product, quantity):
        if quantity:
            cls.env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, quantity
            )

    def _read(self, typed, order=None):
        """Return what was read of what the customer typed."""
        return (order or self.order).sudo()._read_proforma_change(typed)

    def _ask(self, quantity, line=None):
        """Return the quantity that was read of a line, or what is wrong with it."""
        line = line or self.tray_line
        name = f"qty_{line.id}"
        change = self._read({name: quantity}, line.order_id)
        return change.errors.get(name) or change.quantities.get(line)
