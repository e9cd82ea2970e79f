from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderMentionPanel(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mention = cls.env["proforma.mention"].create(
            {
                "name": "House rule",
                "code": "house",
                "text": "Printed by us.",
                "source": "Our terms, § 4",
                "source_url": "https://example.com/terms",
                "customer_kind": "business",
            }
        )

    def test_quotation_shows_what_would_be_printed_and_why(self):
        panel = self._create_order().proforma_mention_panel

        for text in (
            "Printed by us.",
            "House rule",
            "The customer is a business.",
            "Our terms, § 4",
            'href="https://example.com/terms"',
        ):
            self.assertIn(text, panel)

    def test_issued_order_shows_what_its_version_prints(self):
        order = self._create_proforma()

        self.mention.text = "Changed since."
        order.invalidate_recordset()

        self.assertIn("Printed by us.", order.proforma_mention_panel)
        self.assertIn("House rule", order.proforma_mention_panel)
        self.assertNotIn("Changed since.", order.proforma_mention_panel)

    def test_revised_order_shows_what_the_next_version_would_print(self):
        order = self._create_proforma()
        self.mention.text = "Changed since."

        order.action_proforma_revise()

        self.assertIn("Changed since.", order.proforma_mention_panel)

    def test_deleted_rule_leaves_the_text(self):
        order = self._create_proforma()

        self.mention.unlink()
        order.invalidate_recordset()

        self.assertIn("Printed by us.", order.proforma_mention_panel)
        self.assertIn("no longer there", order.proforma_mention_panel)

    def test_archived_rule_is_still_told(self):
        order = self._create_proforma()

        self.mention.active = False
        order.invalidate_recordset()

        self.assertIn("House rule", order.proforma_mention_panel)

    def test_texts_are_in_the_customers_language_and_rules_in_the_users(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.mention.with_context(lang="fr_FR").write(
            {"text": "Imprimé par nous.", "name": "Règle maison"}
        )
        self.customer.lang = "fr_FR"

        panel = self._create_order().with_context(lang="en_US").proforma_mention_panel

        self.assertIn("Imprimé par nous.", panel)
        self.assertIn("House rule", panel)
        self.assertNotIn("Règle maison", panel)

    def test_legal_note_of_the_fiscal_position_is_in_the_panel(self):
        position = self.env["account.fiscal.position"].create(
            {"name": "Export", "note": "<p>Exempt: <b>our</b> reason.</p>"}
        )
        order = self._create_order(fiscal_position_id=position.id)

        for state in ("none", "issued"):
            with self.subTest(state):
                self.assertIn("our", order.proforma_mention_panel)
                self.assertIn("Legal note", order.proforma_mention_panel)
                self.assertIn("Export", order.proforma_mention_panel)
                order.action_proforma_issue()

    def test_script_in_a_mention_does_not_run(self):
        self.mention.text = "<script>alert(1)</script>"

        panel = self._create_order().proforma_mention_panel

        self.assertIn("&lt;script&gt;", panel)
        self.assertNotIn("<script>", panel)

    def test_salesperson_of_own_orders_sees_the_panel(self):
        order = self._create_order(user_id=self.sale_user.id)
        second = self.env["res.company"].create({"name": "Second"})
        self.mention.fiscal_position_ids = self.env["account.fiscal.position"].create(
            {"name": "Theirs", "company_id": second.id}
        )
        order = order.with_user(self.sale_user)

        self.assertIn("Printed by us.", order.proforma_mention_panel)
        self.assertNotIn("Theirs", order.proforma_mention_panel)
        self.assertFalse(order.proforma_readiness)

    def test_accountant_sees_the_panel(self):
        accountant = new_test_user(self.env, "clerk", "account.group_account_invoice")
        order = self._create_proforma().with_user(accountant)

        self.assertIn("Printed by us.", order.proforma_mention_panel)

    def test_portal_user_does_not_see_the_panel(self):
        user = new_test_user(
            self.env, "marie", "base.group_portal", partner_id=self.customer.id
        )
        order = self._create_proforma().with_user(user)

        for fname in ("proforma_mention_panel", "proforma_readiness"):
            with self.subTest(fname), self.assertRaises(AccessError):
                order.read([fname])

    def test_panel_follows_the_form_before_it_is_saved(self):
        form = Form(self.env["sale.order"].with_user(self.sale_user))
        form.partner_id = self.customer

        self.assertIn("Printed by us.", form.proforma_mention_panel)
        self.assertIn("no_line", form.proforma_readiness)

        with form.order_line.new() as line:
            line.product_id = self.product
            line.price_unit = 10.0

        self.assertNotIn("no_line", form.proforma_readiness or {})
