from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.proforma_ecom.tests.common import SIGNATURE, ProformaPaymentCommon


class ProformaStockCommon(ProformaPaymentCommon):
    """An order of 1,200.00 on goods in stock: 30 % at the acceptance, 40 % before the
    delivery, 30 % at the delivery.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.product.is_storable = True
        cls._fill_stock(cls.warehouse)
        cls.plan = cls._create_plan(
            {"name": "With the order", "percent": 30.0, "trigger": "acceptance"},
            {
                "name": "Before delivery",
                "percent": 40.0,
                "trigger": "before_delivery",
                "before_delivery": True,
            },
            {"name": "At delivery", "percent": 30.0, "trigger": "delivery"},
        )
        cls.stock_user = new_test_user(cls.env, "stocker", "stock.group_stock_user")

    @classmethod
    def _create_plan(cls, *lines, **values):
        return cls.env["proforma.deposit.plan"].create(
            {
                "name": "Plan",
                "line_ids": [Command.create(line) for line in lines],
                **values,
            }
        )

    @classmethod
    def _fill_stock(cls, warehouse, quantity=100.0):
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, warehouse.lot_stock_id, quantity
        )

    @classmethod
    def _create_signed(cls, **values):
        """Return an order that the customer has signed, before he pays anything."""
        order = cls._create_proforma(
            **{"proforma_deposit_plan_id": cls.plan.id, **values}
        )
        order.sudo()._proforma_sign("Marie Martin", SIGNATURE, partner=cls.customer)
        return order

    def _create_accepted(self, **values):
        """Return an order whose customer has signed and paid the first deposit."""
        order = self._create_signed(**values)
        self._pay_deposit(order)
        return order

    def _pay_deposit(self, order, position=0):
        """Pay an instalment, the first one unless told otherwise."""
        deposit = order.proforma_deposit_ids[position]
        tx = self._create_deposit_tx(
            order, amount=deposit.amount, proforma_deposit_id=deposit.id
        )
        self._pay(tx)
        self.assertEqual(deposit.state, "paid")

    def _create_deliverable(self, **values):
        """Return an accepted order whose goods may go."""
        order = self._create_accepted(**values)
        self._pay_deposit(order, 1)
        return order

    def _deliver_some(self, picking, quantity):
        """Deliver a part; return the backorder."""
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        return picking.backorder_ids
