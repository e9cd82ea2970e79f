from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_negotiation import ProformaNegotiationCommon


@tagged("post_install", "-at_install")
class TestSaleOrderChange(ProformaNegotiationCommon):
    def _preview(self, typed):
        change = self.order.sudo()._read_proforma_change(typed)
        return self.order.sudo()._prepare_proforma_change_texts(change)

    # === WHAT IS CHANGED === #

    def test_other_quantity_is_a_new_version_at_once(self):
        outcome = self._change({f"qty_{self.tray_line.id}": "4"})

        self.assertEqual(outcome, "change_accepted")
        self.assertEqual(self.order.proforma_version_id.version, 2)
        self.assertEqual(self.order.proforma_version_id.amount_total, 1440.0)
        self.assertIn("new version", self._mails[0]["subject"])

    def test_removed_line_is_gone_from_the_next_version(self):
        for name, typed in (
            ("box", {f"remove_{self.tray_line.id}": "1"}),
            ("zero", {f"qty_{self.tray_line.id}": "0"}),
        ):
            with self.subTest(name):
                order = self._create_two_lines()
                order.action_proforma_issue()
                line = order.order_line[1]
                key = next(iter(typed)).split("_")[0]

                self._change({f"{key}_{line.id}": typed.popitem()[1]}, order)

                self.assertEqual(order.order_line.product_id, self.product)

    def test_offered_product_is_added(self):
        self._change({f"add_{self.cover.id}": "2"})

        added = self.order.order_line[-1]
        self.assertEqual((added.product_id, added.price_unit), (self.cover, 30.0))
        self.assertEqual(self.order.amount_total, 1392.0)

    def test_offered_option_of_the_template_is_taken(self):
        order = self._create_two_lines()
        order.order_line = [
            Command.create(
                {"display_type": "line_section", "name": "Opt", "is_optional": True}
            ),
            Command.create({"product_id": self.cover.id, "product_uom_qty": 0}),
        ]
        order.action_proforma_issue()
        option = order.order_line[-1]

        self._change({f"qty_{option.id}": "1"}, order)

        self.assertEqual(option.product_uom_qty, 1.0)
        self.assertEqual(order.amount_total, 1356.0)

    def test_added_product_does_not_land_among_the_options(self):
        order = self._create_two_lines()
        order.order_line = [
            Command.create(
                {"display_type": "line_section", "name": "Opt", "is_optional": True}
            ),
            Command.create({"product_id": self.tray.id, "product_uom_qty": 0}),
        ]
        order.action_proforma_issue()

        self._change({f"add_{self.cover.id}": "1"}, order)

        added = order.order_line.filtered(lambda li: li.product_id == self.cover)
        self.assertFalse(added._is_line_optional())

    def test_price_follows_the_tiers_of_the_price_list(self):
        self.order.pricelist_id.item_ids = [
            Command.create(
                {
                    "compute_price": "fixed",
                    "fixed_price": 90.0,
                    "min_quantity": 12,
                    "applied_on": "0_product_variant",
                    "product_id": self.product.id,
                }
            )
        ]

        self._change({f"qty_{self.oven_line.id}": "12"})

        self.assertEqual(self.oven_line.price_unit, 90.0)

    def test_discount_that_was_agreed_on_stays(self):
        self.env.user.group_ids += self.env.ref("sale.group_discount_per_so_line")
        order = self._create_two_lines()
        order.order_line[0].discount = 12.5
        order.action_proforma_issue()

        self._change({f"qty_{order.order_line[0].id}": "11"}, order)

        self.assertEqual(order.order_line[0].discount, 12.5)
        self.assertEqual(order.proforma_version_id.version, 2)

    # === PREVIEW === #

    def test_preview_says_what_the_version_will_say(self):
        typed = {f"qty_{self.tray_line.id}": "4", f"add_{self.cover.id}": "1"}

        texts = self._preview(typed)
        self._change(typed)

        self.assertIn("1,476.00", texts["total"])
        self.assertEqual(self.order.proforma_version_id.amount_total, 1476.0)
        self.assertIn("+", texts["difference"])

    def test_preview_leaves_nothing(self):
        events = len(self.order.proforma_event_ids)
        messages = len(self.order.message_ids)

        self._preview({f"qty_{self.tray_line.id}": "0", f"add_{self.cover.id}": "1"})

        self.assertUntouched()
        self.assertEqual(len(self.order.proforma_event_ids), events)
        self.assertEqual(len(self.order.message_ids), messages)

    def test_preview_of_what_is_wrong_shows_the_rest(self):
        texts = self._preview(
            {f"qty_{self.tray_line.id}": "-1", f"qty_{self.oven_line.id}": "11"}
        )

        self.assertIn("1,440.00", texts["total"])
        self.assertIn("Enter a number", texts["errors"][f"qty_{self.tray_line.id}"])

    # === WHAT IS REFUSED === #

    def test_bad_quantity_changes_nothing_and_says_why(self):
        for typed, sentence in (
            ("-1", "Enter a number"),
            ("NaN", "Enter a number"),
            ("1e5", "Enter a number"),
            ("", "Enter a number"),
            ("<b>", "Enter a number"),
            ("0.1", "smallest quantity is 1"),
            ("1.5", "whole number"),
            ("1000000000", "at most"),
            ("999999999999999999", "Enter a number"),
        ):
            with (
                self.subTest(typed),
                self.assertRaisesRegex(UserError, sentence),
                self.env.cr.savepoint(),
            ):
                self._change({f"qty_{self.tray_line.id}": typed})
            self.assertUntouched()

    def test_half_a_kilo_is_a_quantity(self):
        kilo = self.env.ref("uom.product_uom_kgm")
        self.tray.uom_id = kilo
        order = self._create_two_lines()
        order.action_proforma_issue()

        self._change({f"qty_{order.order_line[1].id}": "2.5"}, order)

        self.assertEqual(order.order_line[1].product_uom_qty, 2.5)

    def test_line_of_another_order_is_refused(self):
        other = self._create_two_lines()
        other.action_proforma_issue()

        with self.assertRaisesRegex(UserError, "Load the page again"):
            self._change({f"qty_{other.order_line[0].id}": "1"})

        self.assertUntouched(other)

    def test_product_that_is_not_offered_is_refused(self):
        stranger = self._create_product(name="Gold", list_price=0.01)

        with self.assertRaisesRegex(UserError, "Load the page again"):
            self._change({f"add_{stranger.id}": "1"})

    def test_all_lines_cannot_be_removed(self):
        with self.assertRaisesRegex(UserError, "Nothing would be left"):
            self._change({f"qty_{line.id}": "0" for line in self.order.order_line})

        self.assertUntouched()

    def test_nothing_changed_is_no_request(self):
        with self.assertRaisesRegex(UserError, "Nothing is changed"):
            self._change({f"qty_{self.tray_line.id}": "2"})

    def test_earlier_version_cannot_be_changed(self):
        seen = self.order.proforma_version_id
        self.order._proforma_extend(self.order.validity_date.replace(year=2035))

        with self.assertRaisesRegex(UserError, "has changed meanwhile"):
            self._change({f"qty_{self.tray_line.id}": "4"}, version=seen)

    def test_pro_forma_that_is_not_issued_cannot_be_changed(self):
        for state, act in (
            ("accepted", lambda order: self._sign(order)),
            ("declined", lambda order: order.sudo()._proforma_decline()),
            ("expired", lambda order: order._set_proforma_expired()),
            ("revising", lambda order: order.action_proforma_revise()),
            ("cancelled", lambda order: order._action_cancel()),
        ):
            with self.subTest(state):
                order = self._create_two_lines()
                order.action_proforma_issue()
                act(order)

                with self.assertRaises(UserError):
                    self._change({f"qty_{order.order_line[1].id}": "4"}, order)

                self.assertEqual(order.order_line[1].product_uom_qty, 2.0)

    def test_message_that_is_too_long_is_refused(self):
        with self.assertRaisesRegex(UserError, "has 2001 characters"):
            self._change({f"qty_{self.tray_line.id}": "4"}, message="x" * 2001)
