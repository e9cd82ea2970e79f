from unittest.mock import patch

from psycopg2.errors import ForeignKeyViolation

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SIGNATURE, ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderSettingsChanged(ProformaCommon):
    """Settings may change without a word to the customer, what the order says not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["account.tax.group"].create({"name": "VAT"})
        cls.tax = cls._create_tax("20 %", 20)
        cls.order = cls._create_proforma(
            proforma_deposit_plan_id=cls.plan_30_70.id,
            order_line=[
                Command.create(
                    {
                        "product_id": cls.product.id,
                        "price_unit": 100,
                        "tax_ids": cls.tax.ids,
                    }
                )
            ],
        )

    @classmethod
    def _create_tax(cls, name, amount):
        return cls.env["account.tax"].create(
            {"name": name, "amount": amount, "tax_group_id": cls.group.id}
        )

    def _save_again(self):
        """Write what is there already, as a form or another program does."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.order.write({"client_order_ref": self.order.client_order_ref})
        return self.order.proforma_state

    # === SETTINGS === #

    def test_name_of_a_tax_calls_nothing_back(self):
        self.tax.name = "VAT at 20 %"

        self.assertEqual(self._save_again(), "issued")

    def test_plan_that_is_edited_calls_nothing_back(self):
        first, second = self.plan_30_70.line_ids
        self.plan_30_70.line_ids = [
            Command.update(first.id, {"percent": 40}),
            Command.update(second.id, {"percent": 60}),
        ]

        self.assertEqual(self._save_again(), "issued")

    def test_layout_in_use_cannot_be_deleted(self):
        layout = self.env["proforma.layout"].create({"name": "Used"})
        self.order.proforma_layout_id = layout
        self.env.flush_all()

        with mute_logger("odoo.sql_db"), self.assertRaises(ForeignKeyViolation):
            layout.unlink()

    def test_archived_layout_is_not_proposed(self):
        layout = self.env["proforma.layout"].create({"name": "Old", "active": False})
        self.env.company.proforma_layout_id = layout

        self.assertFalse(self._create_order().proforma_layout_id)

    # === WHAT THE ORDER SAYS === #

    def test_other_fiscal_position_means_a_revision(self):
        self.order.fiscal_position_id = self.env["account.fiscal.position"].create(
            {"name": "Abroad"}
        )

        self.assertEqual(self.order.proforma_state, "revising")

    def test_other_plan_means_a_revision(self):
        self.order.proforma_deposit_plan_id = self.env.ref(
            "proforma_ecom.deposit_plan_none"
        )

        self.assertEqual(self.order.proforma_state, "revising")

    def test_delivery_that_becomes_free_means_a_revision(self):
        self.order.proforma_delivery_cost = "free"

        self.assertEqual(self.order.proforma_state, "revising")

    def test_line_that_is_replaced_by_its_like_says_the_same(self):
        line = self.order.order_line
        values = {
            "product_id": line.product_id.id,
            "name": line.name,
            "price_unit": line.price_unit,
            "product_uom_qty": line.product_uom_qty,
            "tax_ids": line.tax_ids.ids,
        }

        self.order.order_line = [Command.create(values), Command.delete(line.id)]

        self.assertEqual(self.order.proforma_state, "issued")

    def test_order_is_compared_once_however_many_lines_are_written(self):
        order = self._create_order(
            order_line=[
                Command.create({"product_id": self.product.id}) for _index in range(5)
            ]
        )
        order.action_proforma_issue()
        snapshot = self.env.registry["proforma.snapshot"]
        prepare = snapshot._prepare_document
        commands = [
            Command.update(line.id, {"price_unit": line.price_unit})
            for line in order.order_line
        ]

        for action in (
            lambda: order.write({"order_line": commands}),
            order._recompute_prices,
            order._recompute_taxes,
        ):
            with patch.object(
                snapshot, "_prepare_document", autospec=True, side_effect=prepare
            ) as prepared:
                action()
            self.assertEqual(prepared.call_count, 1)
        self.assertEqual(order.proforma_state, "issued")

    # === LANGUAGES === #

    def _lose_french(self):
        self.customer.lang = "en_US"
        french = self.env["res.lang"]._lang_get("fr_FR")
        if "website" in self.env:
            self.env["website"].search([]).language_ids -= french
        french.active = False

    def test_order_in_a_language_that_is_gone_is_still_written_and_signed(self):
        self._speak_french()
        self.customer.lang = "fr_FR"
        order = self._create_proforma()
        self._lose_french()

        order.client_order_ref = order.client_order_ref
        self.assertEqual(order.proforma_state, "issued")
        order.sudo()._proforma_sign("Marie", SIGNATURE, partner=self.customer)

        self.assertTrue(order.sudo().proforma_version_id.signed_attachment_id)

    def test_change_is_noticed_in_a_language_that_is_gone(self):
        self._speak_french()
        self.customer.lang = "fr_FR"
        order = self._create_proforma()
        self._lose_french()

        order.order_line.product_uom_qty += 1

        self.assertEqual(order.proforma_state, "revising")

    def test_second_language_that_is_gone_is_left_out(self):
        self._speak_french()
        layout = self.env["proforma.layout"].create(
            {"name": "Two", "second_lang": "fr_FR"}
        )
        self._lose_french()

        order = self._create_proforma(proforma_layout_id=layout.id)

        self.assertIsNone(order.proforma_version_id._get_document()["second"])
        self.assertTrue(layout.preview)

    # === TOTALS, DELIVERY === #

    def test_taxes_of_one_group_are_listed_by_rate(self):
        reduced = self._create_tax("5.5 %", 5.5)
        lines = [
            {"product_id": self.product.id, "price_unit": 100, "tax_ids": tax.ids}
            for tax in (self.tax, reduced)
        ]

        order = self._create_proforma(order_line=[Command.create(v) for v in lines])

        document = order.proforma_version_id._get_document()
        self.assertEqual(
            document["totals"]["taxes"],
            [
                {"label": "20 %", "base": "100.00", "amount": "20.00"},
                {"label": "5.5 %", "base": "100.00", "amount": "5.50"},
            ],
        )

    def test_delivery_that_the_prices_include_is_said(self):
        order = self._create_order(proforma_delivery_cost="included")
        order.order_line = [Command.create({"product_id": self.product.id})]

        order.action_proforma_issue()

        document = order.proforma_version_id._get_document()
        self.assertEqual(document["delivery_cost"], "included")

    def test_instalment_that_is_paid_is_not_asked_for_again(self):
        snapshot = self.env["proforma.snapshot"]
        first, second = self.order.sudo().proforma_deposit_ids
        self.assertEqual(snapshot._get_first_amount(self.order), first.amount)

        first.state = "paid"
        self.assertEqual(snapshot._get_first_amount(self.order), second.amount)
        second.state = "paid"
        self.assertEqual(snapshot._get_first_amount(self.order), 0)

    def test_amount_that_no_transfer_code_may_hold_has_none(self):
        self.env.ref("base.EUR").active = True
        prices = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": self.env.ref("base.EUR").id}
        )
        self.env.company.partner_id.bank_ids.acc_number = "FR7630006000011234567890189"
        for price, is_coded in ((100, True), (1e9, False)):
            order = self._create_order(pricelist_id=prices.id)
            order.order_line.write({"price_unit": price, "product_uom_qty": 1})
            snapshot = self.env["proforma.snapshot"]
            if not self._can_code():
                is_coded = False
            with self.subTest(price):
                code = snapshot._get_transfer_code(order, "PF")
                self.assertEqual(bool(code), is_coded)

    def _can_code(self):
        methods = self.env["res.partner.bank"].get_available_qr_methods_in_sequence()
        return "sct_qr" in dict(methods)
