from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_negotiation import ProformaNegotiationCommon


@tagged("post_install", "-at_install")
class TestSaleOrderChangeLimits(ProformaNegotiationCommon):
    """What customers may ask for keeps to the limits of the products."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._limit(cls.tray, 12, 6)
        cls.dozen = cls.env.ref("uom.product_uom_dozen")

    @classmethod
    def _limit(cls, product, minimum, multiple):
        product.product_tmpl_id.write(
            {
                "proforma_quantity_min": minimum,
                "proforma_quantity_multiple": multiple,
            }
        )

    def _create_trays(self, quantity, **values):
        """Return a pro forma of ovens and trays, and the line of the trays."""
        order = self._create_two_lines()
        order.order_line[1].write({"product_uom_qty": quantity, **values})
        order.action_proforma_issue()
        return order, order.order_line[1]

    def _read(self, line, typed):
        """Return the quantity that was read, or what is wrong with it."""
        name = f"qty_{line.id}"
        change = line.order_id.sudo()._read_proforma_change({name: typed})
        return change.errors.get(name) or change.quantities.get(line)

    def _get_row(self, name):
        order = self.order.sudo()
        texts = order._prepare_proforma_change_texts(order._read_proforma_change({}))
        rows = order._prepare_proforma_change_rows({}, texts)
        return next(row for row in rows if row["name"] == name)

    # === LINES === #

    def test_quantity_keeps_to_minimum_and_multiple(self):
        order, line = self._create_trays(18)
        for typed, expected in (
            ("6", "smallest quantity is 12"),
            ("1", "smallest quantity is 12"),
            ("13", "steps of 6"),
            ("12.5", "steps of 6"),
            ("999999", "999996 at most"),
        ):
            with self.subTest(typed):
                self.assertIn(expected, self._read(line, typed))

        self._change({f"qty_{line.id}": "24"}, order)

        self.assertEqual(line.product_uom_qty, 24.0)

    def test_quantity_that_breaks_the_limits_may_stay(self):
        self._change({f"qty_{self.tray_line.id}": "2", f"qty_{self.oven_line.id}": "9"})

        self.assertEqual(self.oven_line.product_uom_qty, 9.0)
        self.assertEqual(self.tray_line.product_uom_qty, 2.0)

    def test_quantity_that_breaks_the_limits_changes_to_one_that_does_not(self):
        for typed in ("1", "3", "11"):
            with self.subTest(typed), self.assertRaisesRegex(UserError, "is 12"):
                self._change({f"qty_{self.tray_line.id}": typed})

        self._change({f"qty_{self.tray_line.id}": "12"})

        self.assertEqual(self.tray_line.product_uom_qty, 12.0)

    def test_limits_do_not_keep_a_line_from_being_removed(self):
        self._change({f"qty_{self.tray_line.id}": "0"})

        self.assertEqual(self.order.order_line, self.oven_line)

    def test_refused_quantity_changes_nothing(self):
        with self.assertRaises(UserError):
            self._change({f"qty_{self.tray_line.id}": "7"})

        self.assertUntouched()

    # === UNITS === #

    def test_limits_are_converted_to_the_unit_of_the_line(self):
        line = self._create_trays(3, product_uom_id=self.dozen.id)[1]
        self._limit(self.tray, 24, 0)

        self.assertIn("quantity is 2", self._read(line, "1"))
        self.assertEqual(self._read(line, "2"), 2.0)

    def test_dozens_are_not_divided_for_a_multiple_of_pieces(self):
        line = self._create_trays(3, product_uom_id=self.dozen.id)[1]

        self.assertIn("whole number", self._read(line, "2.5"))
        self.assertEqual(self._read(line, "2"), 2.0)

    def test_dozens_that_are_divided_already_keep_to_the_multiple(self):
        line = self._create_trays(1.5, product_uom_id=self.dozen.id)[1]

        self.assertIn("steps of 0.5", self._read(line, "2.25"))
        self.assertEqual(self._read(line, "2.5"), 2.5)

    def test_multiple_of_a_tenth_has_no_dust(self):
        kilo, gram = map(self.env.ref, ("uom.product_uom_kgm", "uom.product_uom_gram"))
        self.tray.uom_id = kilo
        self._limit(self.tray, 0.3, 0.1)
        line = self._create_trays(1.0)[1]
        in_grams = self._create_trays(1000.0, product_uom_id=gram.id)[1]

        self.assertEqual(self._read(line, "0.7"), 0.7)
        self.assertIn("quantity is 0.3", self._read(line, "0.2"))
        self.assertEqual(self._read(in_grams, "700"), 700.0)
        self.assertIn("steps of 100", self._read(in_grams, "750"))

    # === ADDITIONS === #

    def test_addition_keeps_to_the_limits(self):
        self._limit(self.cover, 4, 2)
        for typed, sentence in (("2", "is 4"), ("5", "steps of 2")):
            with self.subTest(typed), self.assertRaisesRegex(UserError, sentence):
                self._change({f"add_{self.cover.id}": typed})

        self._change({f"add_{self.cover.id}": "6"})

        self.assertEqual(self.order.order_line[-1].product_uom_qty, 6.0)

    def test_option_of_the_template_keeps_to_the_limits(self):
        order = self._create_two_lines()
        order.order_line = [
            Command.create(
                {"display_type": "line_section", "name": "Opt", "is_optional": True}
            ),
            Command.create({"product_id": self.cover.id, "product_uom_qty": 0}),
        ]
        order.action_proforma_issue()
        self._limit(self.cover, 4, 0)

        self.assertIn("quantity is 4", self._read(order.order_line[-1], "1"))
        self.assertEqual(self._read(order.order_line[-1], "4"), 4.0)

    def test_price_of_an_option_is_that_of_the_minimum(self):
        self._limit(self.cover, 4, 0)
        self.order.pricelist_id.item_ids = [
            Command.create(
                {
                    "compute_price": "fixed",
                    "fixed_price": 25.0,
                    "min_quantity": 4,
                    "applied_on": "0_product_variant",
                    "product_id": self.cover.id,
                }
            )
        ]

        self.assertIn("25.00", self._get_row(f"add_{self.cover.id}")["price"])

    # === WHO IS NOT BOUND === #

    def test_salesperson_orders_what_he_likes(self):
        self.tray_line.with_user(self.sale_user).product_uom_qty = 7.0

        self.order.with_user(self.sale_user).action_proforma_issue()

        self.assertEqual(self.order.proforma_version_id.version, 2)

    def test_salesperson_accepts_what_was_asked_before_the_limits(self):
        self._limit(self.tray, 0, 0)
        self.env.company.proforma_change_rule = "never"
        self._change({f"qty_{self.tray_line.id}": "4"})
        self._limit(self.tray, 12, 6)

        self._answer(self.order.proforma_waiting_request_ids, "accepted")

        self.assertEqual(self.tray_line.product_uom_qty, 4.0)

    # === WORDS === #

    def test_row_says_the_limits(self):
        row = self._get_row(f"qty_{self.tray_line.id}")

        self.assertEqual(row["hint"], "At least 12, in steps of 6")
        self.assertFalse(self._get_row(f"qty_{self.oven_line.id}")["hint"])

    def test_field_takes_the_present_quantity_whatever_the_step(self):
        self.assertEqual(self._get_row(f"qty_{self.tray_line.id}")["step"], "any")

        self._change({f"qty_{self.tray_line.id}": "12"})

        self.assertEqual(self._get_row(f"qty_{self.tray_line.id}")["step"], "6")

    def test_quantities_are_written_in_the_language_of_the_page(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        lines = self.env["sale.order.line"].with_context(lang="fr_FR")
        self._limit(self.tray, 0, 0.5)
        self.tray.uom_id = self.env.ref("uom.product_uom_kgm")
        rule = lines._get_proforma_quantity_rule(self.tray, self.tray.uom_id)

        self.assertIn("0,5", lines._get_proforma_quantity_hint(rule))
