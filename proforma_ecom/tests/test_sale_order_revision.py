from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderRevision(ProformaCommon):
    def test_change_of_a_quantity_means_revision(self):
        order = self._create_proforma()

        order.order_line.product_uom_qty = 11

        self.assertEqual(order.proforma_state, "revising")

    def test_new_line_means_revision(self):
        order = self._create_proforma()

        order.order_line = [Command.create({"product_id": self.service_product.id})]

        self.assertEqual(order.proforma_state, "revising")

    def test_deleted_line_means_revision(self):
        order = self._create_order()
        order.order_line = [Command.create({"product_id": self.service_product.id})]
        order.action_proforma_issue()

        order.order_line[-1].unlink()

        self.assertEqual(order.proforma_state, "revising")

    def test_change_of_the_validity_means_revision(self):
        order = self._create_proforma()

        order.validity_date = "2099-01-01"

        self.assertEqual(order.proforma_state, "revising")

    def test_writing_the_same_value_changes_nothing(self):
        order = self._create_proforma()

        order.order_line.name = order.order_line.name

        self.assertEqual(order.proforma_state, "issued")

    def test_what_is_not_printed_changes_nothing(self):
        order = self._create_proforma()

        order.write({"user_id": self.sale_user.id, "origin": "A note to oneself"})

        self.assertEqual(order.proforma_state, "issued")

    def test_change_of_an_expired_proforma_means_revision(self):
        order = self._create_proforma()
        order._set_proforma_expired()

        order.order_line.price_unit = 90

        self.assertEqual(order.proforma_state, "revising")

    def test_new_version_voids_the_signature(self):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan_30_70.id)
        self._sign(order)
        order.order_line.price_unit = 90

        order.action_proforma_issue()

        self.assertFalse(order.signature)

    def test_new_version_plans_the_deposits_anew(self):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan_30_70.id)
        order.order_line.price_unit = 50

        order.action_proforma_issue()

        self.assertEqual(order.proforma_deposit_ids.mapped("amount"), [150.0, 350.0])

    def test_customer_whose_address_changed_keeps_his_version(self):
        order = self._create_proforma()

        self.customer.street = "Another street"

        self.assertEqual(order.proforma_state, "issued")
