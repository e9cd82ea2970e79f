from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderTaxReason(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._move_company("fr")
        cls.tax = cls.env["account.tax"].create({"name": "20%", "amount": 20.0})

    def _get_issues(self, order):
        issues = order._get_proforma_readiness_issues()
        return {issue["code"]: issue for issue in issues}

    def test_zero_tax_without_a_reason_stops_the_issue(self):
        order = self._create_order()

        with self.assertRaisesRegex(UserError, "No tax is charged on"):
            order.action_proforma_issue()

        self.assertEqual(order.proforma_state, "none")

    def test_message_names_the_line_and_the_cure(self):
        message = self._get_issues(self._create_order())["untaxed"]["message"]

        self.assertIn(self.product.name, message)
        self.assertIn("fiscal position", message)

    def test_taxed_order_needs_no_reason(self):
        order = self._create_order()
        order.order_line.tax_ids = self.tax

        self.assertFalse(self._get_issues(order))

    def test_legal_note_is_a_reason(self):
        position = self.env["account.fiscal.position"].create(
            {"name": "Exempt", "note": "<p>Exempt, article 261.</p>"}
        )

        order = self._create_proforma(fiscal_position_id=position.id)

        self.assertEqual(order.proforma_state, "issued")

    def test_empty_legal_note_is_no_reason(self):
        position = self.env["account.fiscal.position"].create(
            {"name": "Exempt", "note": "<p><br></p>"}
        )
        order = self._create_order(fiscal_position_id=position.id)

        self.assertIn("untaxed", self._get_issues(order))

    def test_mention_of_the_fiscal_position_is_a_reason(self):
        position = self.env["account.fiscal.position"].create({"name": "Exempt"})
        order = self._create_order(fiscal_position_id=position.id)
        self.assertIn("untaxed", self._get_issues(order))

        position.proforma_mention_ids = self.env["proforma.mention"].create(
            {"name": "Training", "text": "Exempt, article 261.", "kind": "tax"}
        )

        self.assertNotIn("untaxed", self._get_issues(order))

    def test_reason_for_services_is_none_for_goods(self):
        self.env["proforma.mention"].create(
            {"name": "Care", "text": "Exempt.", "kind": "tax", "supply": "services"}
        )
        order = self._create_order()
        self.assertIn("untaxed", self._get_issues(order))

        order.order_line.product_id = self.service_product
        order.order_line.tax_ids = False

        self.assertNotIn("untaxed", self._get_issues(order))

    def test_line_of_zero_needs_no_reason(self):
        order = self._create_order()
        order.order_line.tax_ids = self.tax
        order.order_line.copy({"order_id": order.id, "price_unit": 0, "tax_ids": False})

        self.assertNotIn("untaxed", self._get_issues(order))

    def test_overseas_department_is_in_the_union(self):
        self._move_company("re")

        order = self._create_order(
            partner_id=self._create_customer(
                "Neighbour", country_id=self.env.ref("base.re").id
            ).id
        )

        self.assertIn("untaxed", self._get_issues(order))

    def test_outside_of_the_union_a_neutral_sentence_will_do(self):
        self._move_company("ch")

        order = self._create_proforma()

        mentions = order.proforma_version_id._get_document()["mentions"]
        self.assertEqual(mentions[-1]["text"], "No tax is charged on this sale.")

    def test_incomplete_issuer_is_a_warning(self):
        order = self._create_order(proforma_deposit_plan_id=self.plan_30_70.id)
        order.order_line.tax_ids = self.tax
        self.assertFalse(self._get_issues(order))
        company = self.env.company
        company.write(
            {"vat": False, "company_registry": False, "phone": False, "street": False}
        )
        company.partner_id.bank_ids.unlink()
        self.customer.phone = False

        issues = self._get_issues(order)

        self.assertEqual(
            {code: issue["severity"] for code, issue in issues.items()},
            dict.fromkeys(
                (
                    *("issuer_registration", "issuer_address", "issuer_contact"),
                    *("issuer_bank", "no_phone"),
                ),
                "warning",
            ),
        )
        order.action_proforma_issue()
        self.assertEqual(order.proforma_state, "issued")

    def test_bank_account_is_missed_only_for_a_deposit(self):
        self.env.company.partner_id.bank_ids.unlink()
        order = self._create_order()

        self.assertNotIn("issuer_bank", self._get_issues(order))

    def test_business_abroad_without_a_vat_number_is_a_warning(self):
        german = self._create_customer("Bäcker", country_id=self.env.ref("base.de").id)
        order = self._create_order(partner_id=german.id)

        self.assertEqual(
            self._get_issues(order)["no_customer_vat"]["severity"], "warning"
        )
        order.order_line.tax_ids = self.tax
        self.assertNotIn("no_customer_vat", self._get_issues(order))

    def test_small_business_with_taxes_is_a_warning(self):
        self.env.company.proforma_small_business = True
        order = self._create_order()
        self.assertNotIn("small_business_taxed", self._get_issues(order))

        order.order_line.tax_ids = self.tax

        self.assertIn("small_business_taxed", self._get_issues(order))

    def test_document_without_its_first_sentence_is_a_warning(self):
        self.env.ref("proforma_ecom.mention_accounting").active = False

        self.assertIn("no_accounting_mention", self._get_issues(self._create_order()))

    def test_fix_leads_to_the_contact(self):
        self.customer.email = False

        fix = self._get_issues(self._create_order())["no_email"]["fix"]

        self.assertEqual(
            (fix["res_model"], fix["res_id"]), ("res.partner", self.customer.id)
        )

    def test_fix_is_offered_to_those_who_may_mend_it(self):
        accountant = new_test_user(
            self.env,
            "accountant",
            "account.group_account_manager,sales_team.group_sale_salesman_all_leads",
        )
        position = self.env["account.fiscal.position"].create({"name": "Exempt"})
        order = self._create_order(
            fiscal_position_id=position.id, user_id=self.sale_user.id
        )
        self.env.company.company_registry = False
        for user, expected in (
            (self.sale_user, None),
            (self.sale_manager, "proforma.mention"),
            (accountant, "account.fiscal.position"),
        ):
            with self.subTest(user.login):
                issues = self._get_issues(order.with_user(user))

                fix = issues["untaxed"]["fix"]
                self.assertEqual(fix and fix["res_model"], expected)
                self.assertIsNone(issues["issuer_registration"]["fix"])

    def test_panel_shows_what_is_missing_with_its_fix(self):
        self.customer.email = False

        rows = self._create_order().proforma_readiness

        self.assertEqual(rows["no_email"]["level"], "danger")
        self.assertEqual(rows["no_email"]["action_text"], "Fix")
        self.assertEqual(rows["no_email"]["action"]["res_id"], self.customer.id)

    def test_issued_order_misses_nothing(self):
        order = self._create_order()
        order.order_line.tax_ids = self.tax
        order.action_proforma_issue()
        self.customer.email = False

        self.assertFalse(order.proforma_readiness)
