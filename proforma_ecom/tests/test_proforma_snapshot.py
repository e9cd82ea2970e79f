import json

from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestProformaSnapshot(ProformaCommon):
    def _get_document(self, order):
        return order.proforma_version_id._get_document()

    def test_document_is_frozen(self):
        order = self._create_proforma()
        before = self._get_document(order)

        self.customer.write({"name": "Another name", "street": "Another street"})
        self.product.name = "Another product"
        self.env.company.name = "Another issuer"

        self.assertEqual(self._get_document(order), before)

    def test_document_holds_no_float(self):
        def check(value):
            if isinstance(value, dict):
                value = list(value.values())
            if isinstance(value, list):
                for item in value:
                    check(item)
            self.assertNotIsInstance(value, float)

        check(self._get_document(self._create_proforma()))

    def test_amounts_are_plain_decimal_text(self):
        document = self._get_document(self._create_proforma())

        self.assertEqual(document["totals"]["total"], "1000.00")
        self.assertEqual(document["lines"][0]["price_unit"], "100.00")

    def test_currency_without_cents_has_no_decimals(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": yen.id}
        )

        document = self._get_document(self._create_proforma(pricelist_id=pricelist.id))

        self.assertEqual(document["totals"]["total"], "1000")

    def test_taxes_are_listed_with_their_base(self):
        tax = self.env["account.tax"].create({"name": "20%", "amount": 20.0})
        order = self._create_order()
        order.order_line.tax_ids = tax
        order.action_proforma_issue()

        [group] = self._get_document(order)["totals"]["taxes"]

        self.assertEqual((group["base"], group["amount"]), ("1000.00", "200.00"))

    def test_sections_and_notes_are_kept_in_order(self):
        order = self._create_order(
            order_line=[
                Command.create({"display_type": "line_section", "name": "Oven"}),
                Command.create({"product_id": self.product.id, "price_unit": 10}),
                Command.create({"display_type": "line_note", "name": "By hand"}),
                Command.create({"product_id": self.product.id, "price_unit": 5}),
            ]
        )
        order.action_proforma_issue()

        lines = self._get_document(order)["lines"]

        self.assertEqual(
            [(line["kind"], line["position"]) for line in lines],
            [("section", 0), ("product", 1), ("note", 0), ("product", 2)],
        )
        self.assertEqual(lines[0]["subtotal"], "15.00")

    def test_option_that_was_not_chosen_is_not_printed(self):
        order = self._create_order()
        order.order_line = [
            Command.create(
                {
                    "display_type": "line_section",
                    "name": "Options",
                    "is_optional": True,
                    "sequence": 90,
                }
            ),
            Command.create(
                {
                    "product_id": self.service_product.id,
                    "product_uom_qty": 0,
                    "sequence": 91,
                }
            ),
        ]
        order.action_proforma_issue()

        self.assertEqual(len(self._get_document(order)["lines"]), 1)

    def test_delivery_address_is_given_when_it_differs(self):
        shop = self._create_customer(
            "Boutique Bellecour", parent_id=self.customer.id, type="delivery"
        )
        order = self._create_proforma(partner_shipping_id=shop.id)

        self.assertEqual(
            self._get_document(order)["delivery"]["name"], "Boutique Bellecour"
        )

    def test_delivery_address_is_left_out_when_it_is_the_same(self):
        self.assertIsNone(self._get_document(self._create_proforma())["delivery"])

    def test_phone_is_international(self):
        self.customer.phone = "01 99 00 12 34"

        document = self._get_document(self._create_proforma())

        self.assertEqual(document["customer"]["phone"], "+33 1 99 00 12 34")

    def test_document_speaks_the_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.product.with_context(lang="fr_FR").name = "Four à sole"
        self.customer.lang = "fr_FR"

        document = self._get_document(self._create_proforma())

        self.assertEqual(document["document"]["lang"], "fr_FR")
        self.assertIn("Four à sole", document["lines"][0]["name"])

    def test_labels_of_the_shipped_plans_are_translated(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["proforma_ecom"], ["fr_FR"])
        self.customer.lang = "fr_FR"

        document = self._get_document(
            self._create_proforma(proforma_deposit_plan_id=self.plan_30_70.id)
        )

        self.assertEqual(
            [deposit["label"] for deposit in document["deposits"]],
            ["À la commande", "Solde"],
        )

    def test_inactive_language_falls_back(self):
        self.customer.lang = False

        document = self._get_document(self._create_proforma())

        self.assertEqual(document["document"]["lang"], "en_US")

    def test_consumer_sees_prices_with_taxes(self):
        self.customer.write({"is_company": False, "vat": False})

        document = self._get_document(self._create_proforma())

        self.assertTrue(document["document"]["tax_included_display"])

    def _get_printed_price(self, price, way):
        tax = self.env["account.tax"].create(
            {"name": f"{way} {price}", "amount": 20.0, "price_include_override": way}
        )
        order = self._create_order()
        order.order_line.write({"price_unit": price, "tax_ids": tax.ids})
        order.action_proforma_issue()
        return self._get_document(order)["lines"][0]["price_unit"]

    def test_unit_price_is_shown_as_its_reader_needs_it(self):
        for is_company, price, way, expected in (
            (False, 100.0, "tax_excluded", "120.00"),
            (False, 240.0, "tax_included", "240.00"),
            (True, 300.0, "tax_excluded", "300.00"),
            (True, 480.0, "tax_included", "400.00"),
        ):
            with self.subTest(is_company=is_company, way=way):
                self.customer.write({"is_company": is_company, "vat": False})

                printed = self._get_printed_price(price, way)

                self.assertEqual(printed, expected)

    def test_snapshot_is_canonical(self):
        snapshot = self._create_proforma().proforma_version_id.snapshot

        self.assertEqual(
            snapshot,
            json.dumps(
                json.loads(snapshot),
                ensure_ascii=False,
                sort_keys=True,
                separators=(",", ":"),
            ),
        )
