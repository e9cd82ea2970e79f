from odoo.tests import tagged

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestProformaDepositNotice(ProformaInstalmentCommon):
    """A payment is confirmed by one e-mail, never by two."""

    def _get_mailings(self, order):
        return order.proforma_version_id.all_mailing_ids.filtered(
            lambda mailing: mailing.kind == "deposit_received"
        )

    def _create_asked(self):
        """Return a due deposit whose invoice was sent to ask for it."""
        self.plan_30_40_30.invoice_on = "due"
        order = self._create_accepted()
        deposit = order.proforma_deposit_ids[1]
        deposit._set_due(self.env.company._get_proforma_today())
        deposit._ask()
        with self.mock_mail_gateway():
            self._run_cron_of_account()
        self.assertTrue(deposit.invoice_id.is_move_sent)
        return deposit

    def _run_cron_of_account(self):
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()

    def test_payment_of_an_invoice_that_was_sent_is_confirmed_once(self):
        deposit = self._create_asked()

        with self.mock_mail_gateway():
            self._pay(self._create_instalment_tx(deposit))
            deposit.order_id._proforma_send_notice("deposit_received", deposit)

        self.assertEqual(deposit.state, "paid")
        [mail] = self._mails
        self.assertIn("received your payment", mail["subject"])
        self.assertIn("480.00", mail["body"])

    def test_invoice_that_comes_with_the_payment_says_it_itself(self):
        order = self._create_accepted()
        deposit = order.proforma_deposit_ids[0]

        self.assertEqual(deposit.state, "paid")
        self.assertTrue(deposit.invoice_id.sending_data or deposit.invoice_id)
        self.assertFalse(self._get_mailings(order))

    def test_core_confirms_no_payment_of_a_deposit_besides(self):
        order = self._create_accepted()
        deposit = order.proforma_deposit_ids[1]
        deposit._set_due(self.env.company._get_proforma_today())

        with self.mock_mail_gateway():
            self._pay(self._create_instalment_tx(deposit))

        self.assertFalse([m for m in self._mails if "payment" in m["subject"].lower()])

    def test_each_deposit_is_told_of(self):
        first = self._create_asked()
        order = first.order_id
        last = order.proforma_deposit_ids[2]

        with self.mock_mail_gateway():
            for deposit in (first, last, first):
                order._proforma_send_notice("deposit_received", deposit)

        self.assertEqual(self._get_mailings(order).deposit_id, first | last)
        self.assertEqual(len(self._mails), 2)
