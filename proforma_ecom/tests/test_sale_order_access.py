from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderAccess(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proforma(
            user_id=cls.sale_manager.id, proforma_deposit_plan_id=cls.plan_30_70.id
        )
        cls.records = (
            cls.order.proforma_version_ids,
            cls.order.proforma_event_ids,
            cls.order.proforma_deposit_ids,
        )

    def _assert_sees(self, user, is_visible):
        for records in (self.order, *self.records):
            found = records.with_user(user).search([("id", "in", records.ids)])
            self.assertEqual(found, records if is_visible else found.browse())

    def test_manager_sees_all(self):
        self._assert_sees(self.sale_manager, True)

    def test_salesperson_sees_his_own_only(self):
        self._assert_sees(self.sale_user, False)
        self.order.user_id = self.sale_user
        self._assert_sees(self.sale_user, True)

    def test_user_of_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Second"})
        user = new_test_user(
            self.env,
            "second_manager",
            "sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

        self._assert_sees(user, False)

    def test_portal_user_reads_none_of_the_records_directly(self):
        user = new_test_user(
            self.env, "marie", "base.group_portal", partner_id=self.customer.id
        )
        for records in self.records:
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.with_user(user).check_access("read")

    def test_manager_cannot_write_what_was_sent(self):
        versions, events, _deposits = self.records
        for records in (versions, events):
            with self.subTest(records._name):
                self.assertFalse(
                    records.with_user(self.sale_manager).has_access("write")
                )
                self.assertFalse(
                    records.with_user(self.sale_manager).has_access("unlink")
                )

    def test_manager_cannot_write_the_deposits_that_were_sent(self):
        deposit = self.order.proforma_deposit_ids[0].with_user(self.sale_manager)
        for values in ({"percent": 1.0}, {"state": "paid"}, {"name": "Other"}):
            with self.subTest(values), self.assertRaises(UserError):
                deposit.write(values)
        with self.assertRaises(UserError):
            deposit.unlink()

    def test_salesperson_cannot_change_plans(self):
        self.assertFalse(self.plan_30_70.with_user(self.sale_user).has_access("write"))
        self.assertTrue(
            self.plan_30_70.with_user(self.sale_manager).has_access("write")
        )

    def test_salesperson_cannot_accept_for_anothers_customer(self):
        wizard = (
            self.env["proforma.acceptance"]
            .with_user(self.sale_user)
            .create({"order_id": self.order.id, "reason": "By phone"})
        )

        with self.assertRaises(AccessError):
            wizard.action_accept()
