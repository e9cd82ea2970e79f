from odoo.tests import HttpCase, new_test_user, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalVisibility(ProformaCommon, HttpCase):
    """Whose pro formas a customer finds who is signed in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marie = cls._create_contact("Marie Martin")
        cls.paul = cls._create_contact("Paul Martin")
        new_test_user(
            cls.env,
            "marie",
            "base.group_portal",
            partner_id=cls.marie.id,
            name="Marie Martin",
        )
        cls.hers = cls._create_proforma(partner_id=cls.marie.id)
        cls.his = cls._create_proforma(partner_id=cls.paul.id)
        cls.common = cls._create_proforma()

    @classmethod
    def _create_contact(cls, name):
        return cls._create_customer(name, parent_id=cls.customer.id, is_company=False)

    def _open(self, path):
        self.authenticate("marie", "marie")
        return self.url_open(path)

    def _see_own(self):
        self.env.company.proforma_visibility = "own"

    def test_whole_company_is_listed_unless_told_otherwise(self):
        page = self._open("/my/proformas").text

        for order in (self.hers, self.his, self.common):
            self.assertIn(order.proforma_number, page)

    def test_own_list_leaves_out_those_of_colleagues(self):
        self._see_own()

        page = self._open("/my/proformas").text

        self.assertIn(self.hers.proforma_number, page)
        self.assertIn(self.common.proforma_number, page)
        self.assertNotIn(self.his.proforma_number, page)

    def test_cart_that_a_colleague_handed_in_is_not_opened(self):
        carts = self._create_order(partner_id=self.paul.id)
        carts |= self._create_order(partner_id=self.marie.id)
        for cart in carts:
            cart.sudo()._proforma_create_request("first", partner_id=cart.partner_id.id)
        user = self.marie.user_ids

        for visibility, expected in (("company", carts), ("own", carts[1])):
            self.env.company.proforma_visibility = visibility
            with self.subTest(visibility):
                found = carts.with_user(user)._filtered_access("read")
                lines = carts.order_line.with_user(user)._filtered_access("read")

                self.assertEqual(found.sudo(), expected)
                self.assertEqual(lines.order_id.sudo(), expected)

    def test_own_list_is_all_that_its_file_holds(self):
        self._see_own()

        text = self._open("/my/proformas/csv").text

        self.assertNotIn(self.his.proforma_number, text)

    def test_own_home_counts_no_payment_of_a_colleague(self):
        order = self._create_proforma(
            partner_id=self.paul.id, proforma_deposit_plan_id=self.plan_30_70.id
        )
        order._set_proforma_accepted()
        deposit = order.proforma_deposit_ids.filtered(lambda d: d.state != "due")[:1]
        deposit._set_due(self.env.company._get_proforma_today())
        counts = {}
        for visibility in ("company", "own"):
            self.env.company.proforma_visibility = visibility
            self.authenticate("marie", "marie")

            counters = self.make_jsonrpc_request(
                "/my/counters", {"counters": ["proforma_due_count"]}
            )

            counts[visibility] = counters["proforma_due_count"]
        self.assertTrue(counts["company"])
        self.assertFalse(counts["own"])

    def test_page_of_a_colleague_is_closed_with_it(self):
        self._see_own()

        for path in (f"/my/proformas/{self.his.id}", f"/my/orders/{self.his.id}"):
            with self.subTest(path):
                self.assertNotIn(self.his.proforma_number, self._open(path).text)

    def test_link_of_a_colleague_opens_his_page_all_the_same(self):
        self._see_own()
        token = self.his._portal_ensure_token()

        page = self._open(f"/my/proformas/{self.his.id}?access_token={token}")

        self.assertIn(self.his.proforma_number, page.text)

    def test_quotations_of_colleagues_stay_as_core_has_them(self):
        self._see_own()
        quotation = self._create_order(partner_id=self.paul.id)

        user = self.env["res.users"].search([("login", "=", "marie")])

        self.assertTrue(quotation.with_user(user).has_access("read"))

    def test_employees_see_all(self):
        self._see_own()
        seller = new_test_user(
            self.env, "seller", "sales_team.group_sale_salesman_all_leads"
        )

        self.assertTrue(self.his.with_user(seller).has_access("read"))

    def test_action_of_a_colleague_carries_his_name(self):
        self.authenticate("marie", "marie")
        self.url_open(f"/my/proformas/{self.his.id}")

        [row] = [
            row
            for row in self.his.sudo()._prepare_proforma_timeline()
            if row["kind"] == "viewed"
        ]

        self.assertEqual(row["who"], "Marie Martin")
