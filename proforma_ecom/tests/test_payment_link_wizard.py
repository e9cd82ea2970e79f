from odoo.tests import new_test_user, tagged

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestPaymentLinkWizard(ProformaInstalmentCommon):
    def _create_wizard(self, order, **values):
        wizards = self.env["payment.link.wizard"].with_context(
            active_model="sale.order", active_id=order.id
        )
        return wizards.create(values)

    def test_link_asks_for_what_confirms_the_order(self):
        order = self._create_instalment_proforma()

        wizard = self._create_wizard(order)

        self.assertEqual(wizard.amount, 360.0)
        self.assertIn(f"/my/proformas/{order.id}/pay?", wizard.link)
        self.assertIn(f"deposit_id={order.proforma_deposit_ids[0].id}", wizard.link)

    def test_link_of_an_accepted_order_asks_for_the_next_instalment(self):
        order = self._create_accepted()

        wizard = self._create_wizard(order)

        self.assertEqual(wizard.amount, 480.0)
        self.assertIn(f"deposit_id={order.proforma_deposit_ids[1].id}", wizard.link)
        self.assertFalse(wizard.warning_message)

    def test_link_names_no_amount_and_says_so(self):
        order = self._create_accepted()

        wizard = self._create_wizard(order, amount=5.0)

        self.assertNotIn("amount", wizard.link)
        self.assertIn("480.00", wizard.warning_message)

    def test_nothing_left_to_pay_is_said(self):
        order = self._create_accepted()
        for deposit in order.proforma_deposit_ids[1:]:
            self._pay(self._create_instalment_tx(deposit))

        wizard = self._create_wizard(order)

        self.assertIn("No instalment is left", wizard.warning_message)
        self.assertIn(f"/my/proformas/{order.id}?", wizard.link)

    def test_expired_proforma_is_said(self):
        order = self._create_instalment_proforma()
        order._set_proforma_expired()

        self.assertIn("has expired", self._create_wizard(order).warning_message)

    def test_salesperson_makes_the_link(self):
        order = self._create_accepted()
        salesperson = new_test_user(
            self.env, "seller", "sales_team.group_sale_salesman_all_leads"
        )

        wizard = (
            self.env["payment.link.wizard"]
            .with_user(salesperson)
            .with_context(active_model="sale.order", active_id=order.id)
            .create({})
        )

        self.assertIn(f"deposit_id={order.proforma_deposit_ids[1].id}", wizard.link)

    def test_link_of_a_plain_order_is_core_s(self):
        order = self._create_order()
        order.action_confirm()

        wizard = self._create_wizard(order, amount=100.0)

        self.assertIn("payment_amount=100.0", wizard.link)
