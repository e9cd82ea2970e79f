from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_negotiation import ProformaNegotiationCommon


@tagged("post_install", "-at_install")
class TestSaleOrderChangeLinked(ProformaNegotiationCommon):
    """What goes with a line: the parts of a combo, the options of a product."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.proforma_change_limit = 100.0
        combo = cls.env["product.combo"].create(
            {
                "name": "Tray",
                "combo_item_ids": [Command.create({"product_id": cls.tray.id})],
            }
        )
        kit = cls._create_product(
            name="Kit", type="combo", list_price=40.0, combo_ids=combo.ids
        )
        cls.order = cls._create_listed_order()
        cls.oven_line = cls.order.order_line
        cls.kit_line = cls._add_line(cls.order, product_id=kit.id)
        cls.part_line = cls._add_line(
            cls.order,
            product_id=cls.tray.id,
            linked_line_id=cls.kit_line.id,
            combo_item_id=combo.combo_item_ids.id,
        )
        cls.cover_line = cls._add_line(
            cls.order, product_id=cls.cover.id, linked_line_id=cls.oven_line.id
        )
        cls.order.action_proforma_issue()

    @classmethod
    def _add_line(cls, order, **values):
        known = order.order_line
        order.order_line = [Command.create(values)]
        return order.order_line - known

    # === COMBOS === #

    def test_parts_of_a_combo_follow_its_quantity(self):
        self.assertEqual(self._change({f"qty_{self.kit_line.id}": "3"}), "change_asked")
        with self.mock_mail_gateway():
            self.order.proforma_request_ids._answer("accepted")

        self.assertEqual(self.kit_line.product_uom_qty, 3.0)
        self.assertEqual(self.part_line.product_uom_qty, 3.0)
        self.assertAlmostEqual(self.part_line.price_subtotal, 120.0)

    def test_part_of_a_combo_cannot_be_changed_by_itself(self):
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            self._change({f"qty_{self.part_line.id}": "3"})

        self.assertUntouched()

    def test_parts_go_with_their_combo(self):
        change = self._read({f"remove_{self.kit_line.id}": "1"})

        self.order._proforma_apply_change(change)

        self.assertEqual(self.order.order_line, self.oven_line | self.cover_line)

    # === OPTIONS === #

    def _read(self, typed):
        return self.order._read_proforma_change(typed)

    def test_option_goes_with_its_product(self):
        change = self._read({f"remove_{self.oven_line.id}": "1"})

        self.assertEqual(change.quantities, {self.oven_line: 0.0, self.cover_line: 0.0})
        self.order._proforma_apply_change(change)
        self.assertEqual(self.order.order_line, self.kit_line | self.part_line)

    def test_option_goes_though_more_of_it_was_typed(self):
        change = self._read(
            {f"remove_{self.oven_line.id}": "1", f"qty_{self.cover_line.id}": "5"}
        )

        self.assertEqual(change.quantities[self.cover_line], 0.0)

    def test_product_stays_without_its_option(self):
        change = self._read({f"remove_{self.cover_line.id}": "1"})

        self.assertEqual(change.quantities, {self.cover_line: 0.0})
        self.order._proforma_apply_change(change)
        self.assertTrue(self.oven_line.exists())

    def test_more_of_a_product_leaves_its_option(self):
        change = self._read({f"qty_{self.oven_line.id}": "20"})

        self.assertEqual(change.quantities, {self.oven_line: 20.0})

    def test_all_and_what_goes_with_it_cannot_be_removed(self):
        typed = {f"remove_{line.id}": "1" for line in (self.oven_line, self.kit_line)}

        change = self._read(typed)

        self.assertIn("Nothing would be left", next(iter(change.errors.values())))
