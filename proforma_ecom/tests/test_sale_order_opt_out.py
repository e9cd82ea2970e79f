from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderOptOut(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marie, cls.paul = (
            cls._create_customer(name, parent_id=cls.customer.id, is_company=False)
            for name in ("Marie", "Paul")
        )
        cls.order = cls._create_proforma(partner_id=cls.marie.id).sudo()

    def test_document_alone_is_silenced(self):
        other = self._create_proforma(partner_id=self.marie.id)

        self.order._proforma_choose_reminders("document", self.marie)

        self.assertEqual(self.order._get_proforma_reminder_choice(), "document")
        self.assertEqual(other._get_proforma_reminder_choice(), "none")

    def test_contact_speaks_for_himself_not_for_his_colleagues(self):
        others = self._create_proforma(partner_id=self.paul.id)

        self.order._proforma_choose_reminders("all", self.marie)

        self.assertTrue(self.marie.proforma_no_reminders)
        self.assertFalse(self.customer.proforma_no_reminders)
        self.assertEqual(others._get_proforma_reminder_choice(), "none")

    def test_order_of_the_company_itself_silences_the_company(self):
        order = self._create_proforma().sudo()

        order._proforma_choose_reminders("all", self.customer)

        self.assertTrue(self.customer.proforma_no_reminders)
        self.assertEqual(self.order._get_proforma_reminder_choice(), "company")

    def test_colleague_speaks_for_this_document_only(self):
        with self.assertRaises(UserError):
            self.order._proforma_choose_reminders("all", self.paul)
        self.assertFalse(self.marie.proforma_no_reminders)

        self.order._proforma_choose_reminders("document", self.paul)
        self.assertTrue(self.order.proforma_no_reminders)

    def test_colleague_does_not_take_back_what_the_contact_chose(self):
        self.order._proforma_choose_reminders("all", self.marie)

        with self.assertRaises(UserError):
            self.order._proforma_choose_reminders("none", self.paul)

        self.assertTrue(self.marie.proforma_no_reminders)

    def test_colleague_takes_back_the_choice_of_the_document(self):
        self.order._proforma_choose_reminders("document", self.marie)

        self.order._proforma_choose_reminders("none", self.paul)

        self.assertFalse(self.order.proforma_no_reminders)

    def test_contact_does_not_take_back_what_the_company_chose(self):
        self.customer.proforma_no_reminders = True

        changed = self.order._proforma_choose_reminders("none", self.marie)

        self.assertFalse(changed)
        self.assertTrue(self.customer.proforma_no_reminders)

    def test_choice_is_not_copied_to_another_order(self):
        self.order._proforma_choose_reminders("document", self.marie)

        self.assertFalse(self.order.copy().proforma_no_reminders)

    def test_choice_is_no_change_of_the_document(self):
        self.order._proforma_choose_reminders("document", self.marie)

        self.assertEqual(self.order.proforma_state, "issued")
