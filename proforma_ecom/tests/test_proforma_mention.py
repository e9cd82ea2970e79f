from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ProformaCommon

# Issuer, customer, where to, what, taxed; then what is printed beside the accounting
# value and the validity. A place is a country's code, with a postcode if it matters.
CASES = [
    # At home, with taxes: nothing about taxes.
    ("fr", "business", "fr", "goods", True, {"fr_title"}),
    ("fr", "business", "fr", "services", True, set()),
    ("fr", "consumer", "fr", "goods", True, {"fr_title", "fr_withdrawal"}),
    ("fr", "consumer", "fr", "services", True, {"fr_withdrawal"}),
    # At home, without taxes: no shipped rule explains it.
    ("fr", "business", "fr", "goods", False, {"fr_title"}),
    ("fr", "business", "mc", "goods", False, {"fr_title"}),
    # To the Union: only a business buys without tax.
    ("fr", "business", "de", "goods", False, {"fr_title", "fr_eu_goods"}),
    ("fr", "business", "de", "goods", True, {"fr_title"}),
    ("fr", "business", "de", "services", False, {"fr_eu_services"}),
    ("fr", "consumer", "de", "goods", False, {"fr_title", "fr_withdrawal"}),
    ("fr", "business", "xi", "goods", False, {"fr_title", "fr_eu_goods"}),
    ("fr", "business", "xi", "services", False, {"fr_export_services"}),
    # Out of the Union: goods for anybody, services for a business.
    ("fr", "business", "us", "goods", False, {"fr_title", "fr_export"}),
    (
        "fr",
        "consumer",
        "us",
        "goods",
        False,
        {"fr_title", "fr_export", "fr_withdrawal"},
    ),
    ("fr", "business", "us", "services", False, {"fr_export_services"}),
    ("fr", "consumer", "us", "services", False, {"fr_withdrawal"}),
    ("fr", "business", "es 35001", "goods", False, {"fr_title", "fr_export"}),
    ("fr", "business", "fr 98800", "goods", False, {"fr_title", "fr_export"}),
    # Overseas departments, written as countries or by postcode.
    ("fr", "business", "re", "goods", False, {"fr_title", "fr_overseas"}),
    ("fr", "business", "fr 97400", "goods", False, {"fr_title", "fr_overseas"}),
    ("fr", "business", "re", "services", False, set()),
    ("fr 97400", "business", "fr", "goods", False, {"fr_title", "fr_overseas"}),
    ("re", "business", "de", "goods", False, {"fr_title", "fr_export"}),
    ("gp", "business", "mq", "goods", False, {"fr_title"}),
    ("yt", "business", "yt", "goods", False, {"fr_title", "fr_no_vat"}),
    ("fr 97300", "business", "us", "services", False, {"fr_no_vat"}),
    # Elsewhere in the Union: the directive.
    ("de", "business", "de", "goods", True, set()),
    ("de", "consumer", "de", "goods", True, {"eu_withdrawal"}),
    ("de", "business", "fr", "goods", False, {"eu_goods"}),
    ("de", "business", "fr", "services", False, {"eu_services"}),
    ("de", "consumer", "ch", "goods", False, {"eu_export", "eu_withdrawal"}),
    ("de", "business", "ch", "services", False, {"eu_export_services"}),
    # Outside of it: neutral.
    ("ch", "business", "ch", "goods", True, set()),
    ("ch", "business", "de", "goods", False, {"untaxed"}),
    ("ch", "consumer", "ch", "services", False, {"untaxed"}),
]


@tagged("post_install", "-at_install")
class TestProformaMention(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mentions = cls.env["proforma.mention"]
        cls.tax = cls.env["account.tax"].create({"name": "20%", "amount": 20.0})

    def _get_codes(self, order):
        codes = self.mentions._get_matching(order).mapped("code")
        self.assertEqual(codes[:2], ["accounting", "validity"])
        return set(codes[2:])

    def _create_sale(self, kind, place, supply, is_taxed, **values):
        country, _sep, zip_code = place.partition(" ")
        customer = self._create_customer(
            "A customer",
            is_company=kind == "business",
            country_id=self.env.ref(f"base.{country}").id,
            zip=zip_code,
        )
        product = self.product if supply == "goods" else self.service_product
        order = self._create_order(partner_id=customer.id, **values)
        order.order_line.write(
            {
                "product_id": product.id,
                "price_unit": 100.0,
                "tax_ids": [Command.clear()],
            }
        )
        if is_taxed:
            order.order_line.tax_ids = self.tax
        return order

    def _create_mention(self, **values):
        return self.mentions.create(
            {"name": "Ours", "text": "Ours.", "code": "ours", **values}
        )

    def test_shipped_rules_hold_where_they_should(self):
        for issuer, kind, place, supply, is_taxed, expected in CASES:
            with self.subTest(f"{issuer} > {place}, {kind}, {supply}, {is_taxed}"):
                self._move_company(*issuer.split(" "))

                order = self._create_sale(kind, place, supply, is_taxed)

                self.assertEqual(self._get_codes(order), expected)

    def test_every_shipped_mention_says_where_it_comes_from(self):
        shipped = self.env["ir.model.data"].search(
            [("module", "=", "proforma_ecom"), ("model", "=", "proforma.mention")]
        )
        mentions = self.mentions.browse(shipped.mapped("res_id"))

        self.assertGreater(len(mentions), 20)
        self.assertTrue(all(mentions.mapped("source")))

    def test_small_business_has_one_reason_for_all(self):
        self._move_company("fr", proforma_small_business=True)

        for place in ("fr", "de", "us"):
            with self.subTest(place):
                order = self._create_sale("business", place, "services", False)

                self.assertEqual(self._get_codes(order), {"fr_small_business"})

    def test_deposit_is_called_what_it_is(self):
        self._move_company("fr")
        line = self.plan_30_70.line_ids[0]
        for nature, kind, expected in (
            ("acompte", "business", "fr_acompte"),
            ("acompte", "consumer", "fr_acompte_consumer"),
            ("arrhes", "business", "fr_arrhes"),
            ("arrhes", "consumer", "fr_arrhes_consumer"),
        ):
            with self.subTest(expected):
                line.nature = nature
                order = self._create_sale(
                    *(kind, "fr", "services", True),
                    proforma_deposit_plan_id=self.plan_30_70.id,
                )

                self.assertEqual(self._get_codes(order) - {"fr_withdrawal"}, {expected})

    def test_goods_and_services_have_a_reason_each(self):
        self._move_company("fr")
        order = self._create_sale("business", "de", "goods", False)
        order.order_line = [
            Command.create({"product_id": self.service_product.id, "price_unit": 10.0})
        ]
        order.order_line.tax_ids = False

        self.assertEqual(
            self._get_codes(order), {"fr_title", "fr_eu_goods", "fr_eu_services"}
        )

    def test_rate_of_zero_needs_a_reason_like_no_tax(self):
        order = self._create_sale("business", "de", "goods", False)
        order.order_line.tax_ids = self.tax.copy({"name": "0%", "amount": 0.0})

        self.assertEqual(self._get_codes(order), {"untaxed"})

    def test_line_too_small_for_a_cent_of_tax_is_taxed(self):
        order = self._create_sale("business", "de", "goods", True)
        order.order_line.write({"price_unit": 0.01, "product_uom_qty": 1})

        self.assertFalse(order.amount_tax)
        self.assertEqual(self._get_codes(order), set())

    def test_reverse_charge_is_no_tax(self):
        repartition = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "factor_percent": 100}),
            Command.create({"repartition_type": "tax", "factor_percent": -100}),
        ]
        order = self._create_sale("business", "de", "goods", False)
        order.order_line.tax_ids = self.tax.create(
            {
                "name": "Reverse charge",
                "amount": 20.0,
                "invoice_repartition_line_ids": repartition,
                "refund_repartition_line_ids": repartition,
            }
        )

        self.assertEqual(self._get_codes(order), {"untaxed"})

    def test_mention_of_a_fiscal_position_goes_before_the_others(self):
        position = self.env["account.fiscal.position"].create({"name": "Triangular"})
        self._create_mention(kind="tax", fiscal_position_ids=position.ids, sequence=500)
        order = self._create_sale("business", "de", "goods", False)

        self.assertEqual(self._get_codes(order), {"untaxed"})
        order.fiscal_position_id = position
        self.assertEqual(self._get_codes(order), {"ours"})

    def test_legal_note_of_a_fiscal_position_is_the_reason(self):
        position = self.env["account.fiscal.position"].create(
            {"name": "Export", "note": "<p>Exempt: our reason.</p>"}
        )
        order = self._create_sale(
            *("business", "de", "goods", False), fiscal_position_id=position.id
        )

        self.assertEqual(self._get_codes(order), set())

    def test_position_of_another_company_is_no_condition(self):
        second = self.env["res.company"].create({"name": "Second"})
        position = self.env["account.fiscal.position"].create(
            {"name": "Theirs", "company_id": second.id}
        )
        self.mentions.search([("code", "=", "untaxed")]).fiscal_position_ids = position
        order = self._create_sale("business", "de", "goods", False)

        self.assertEqual(self._get_codes(order), {"untaxed"})

    def test_own_mention_goes_before_a_shared_one(self):
        self._create_mention(kind="tax", company_id=self.env.company.id, sequence=500)
        order = self._create_sale("business", "de", "goods", False)

        self.assertEqual(self._get_codes(order), {"ours"})

    def test_mention_of_another_company_is_not_printed(self):
        second = self.env["res.company"].create({"name": "Second"})
        self._create_mention(company_id=second.id)

        self.assertEqual(self._get_codes(self._create_order()), {"untaxed"})

    def test_archived_mention_is_not_printed(self):
        mention = self._create_mention()
        order = self._create_order()

        self.assertIn("ours", self._get_codes(order))
        mention.active = False
        self.assertNotIn("ours", self._get_codes(order))

    def test_archived_mention_is_not_printed_where_archived_records_are_shown(self):
        self._create_mention(active=False)
        order = self._create_order().with_context(active_test=False)
        self.env.registry.clear_cache()

        codes = order.env["proforma.mention"]._get_matching(order).mapped("code")

        self.assertNotIn("ours", codes)

    def test_matching_depends_on_nothing_but_the_order(self):
        self._move_company("fr")
        orders = self._create_sale("business", "de", "goods", False)
        orders |= self._create_sale("consumer", "fr", "goods", True)

        first, second = ([self._get_codes(order) for order in orders] for _ in "ab")

        self.assertEqual(first, second)
        self.assertNotEqual(*first)

    def test_delivery_of_goods_is_no_service(self):
        self._move_company("fr")
        order = self._create_sale("business", "us", "services", False)
        self.patch(
            self.env.registry["sale.order.line"], "_is_delivery", lambda line: True
        )

        self.assertEqual(self._get_codes(order), {"fr_title", "fr_export"})

    def test_rule_is_told_in_words(self):
        [goods, small] = self.mentions.search(
            [("code", "in", ("fr_eu_goods", "fr_small_business"))],
            order="sequence desc",
        )

        self.assertEqual(
            goods.rule_description,
            "The issuer is established in France. The customer is a business. Goods are"
            " sold. A priced line bears no tax. The sale goes to another country of the"
            " European Union.",
        )
        self.assertIn("small-business scheme", small.rule_description)

    def test_rule_without_condition_holds_always(self):
        self.assertEqual(self._create_mention().rule_description, "Always.")

    def test_reason_for_zero_tax_is_about_untaxed_lines(self):
        mention = self._create_mention(kind="tax")

        self.assertEqual(mention.tax_case, "untaxed")

    def test_salesperson_reads_and_manager_writes(self):
        mention = self._create_mention()

        self.assertEqual(mention.with_user(self.sale_user).text, "Ours.")
        with self.assertRaises(AccessError):
            mention.with_user(self.sale_user).text = "His."
        mention.with_user(self.sale_manager).text = "Hers."
        self.assertEqual(mention.text, "Hers.")

    def test_mention_of_another_company_is_invisible(self):
        second = self.env["res.company"].create({"name": "Second"})
        mention = self._create_mention(company_id=second.id)

        found = self.mentions.with_user(self.sale_manager).search(
            [("code", "in", ("ours", "accounting"))]
        )

        self.assertEqual(found.mapped("code"), ["accounting"])
        with self.assertRaises(AccessError):
            mention.with_user(self.sale_manager).read(["text"])

    def test_accountant_sets_the_reason_on_the_fiscal_position(self):
        accountant = new_test_user(
            self.env, "accountant", "account.group_account_manager"
        )
        position = self.env["account.fiscal.position"].create({"name": "Export"})
        mention = self._create_mention(kind="tax")

        position.with_user(accountant).proforma_mention_ids = mention

        self.assertEqual(mention.fiscal_position_ids, position)
        self.assertIn("Export", mention.rule_description)
