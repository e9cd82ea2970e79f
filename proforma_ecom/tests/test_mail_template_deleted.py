from odoo.tests import tagged

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestMailTemplateDeleted(ProformaInstalmentCommon):
    """A user deleted one of our templates: nothing else stops because of it."""

    def _delete(self, name):
        self.env.ref(f"proforma_ecom.mail_template_{name}").unlink()

    def _make_due(self, order):
        deposit = order.sudo().proforma_deposit_ids[1]
        deposit.due_date = order.company_id._get_proforma_today()
        return deposit

    def test_deposit_is_due_and_the_seller_told(self):
        orders = self._create_accepted() | self._create_accepted()
        deposits = self.env["proforma.deposit"].union(*map(self._make_due, orders))
        self._delete("deposit_due")

        self._run_cron("ir_cron_follow_up_deposits")

        self.assertEqual(deposits.mapped("state"), ["due", "due"])
        self.assertFalse(any(deposits.mapped("asked_on")))
        for order in orders:
            self.assertIn("was deleted", order.activity_ids.note)

    def test_receipt_waits_and_the_others_are_asked(self):
        self.plan_30_40_30.line_ids[0].nature = "arrhes"
        earnest, other = self._create_accepted(), self._create_accepted()
        deposit = self._make_due(other)
        self._delete("deposit_receipt")

        self._run_cron("ir_cron_follow_up_deposits")

        self.assertTrue(earnest.proforma_deposit_ids[0].is_receipt_waiting)
        self.assertIn("was deleted", earnest.activity_ids.note)
        self.assertTrue(deposit.asked_on)

    def test_payment_is_accepted_and_the_seller_told(self):
        for name in ("proforma_accepted", "proforma_accepted_seller"):
            with self.subTest(name):
                self._delete(name)

                order = self._create_accepted()

                self.assertEqual(order.proforma_deposit_ids[0].state, "paid")
                self.assertIn("was deleted", order.activity_ids.note)

    def test_deposit_invoice_is_sent_with_the_template_of_core(self):
        order = self._create_accepted()
        self._delete("deposit_invoice")

        with self.mock_mail_gateway(), self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()

        self.assertTrue(order.proforma_deposit_ids[0].invoice_id.is_move_sent)
