from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ProformaRefundCommon

FOLLOW_UP_LOGGER = "odoo.addons.proforma_ecom.models.proforma_deposit_reminder_mixin"
INVOICED = "You will find the invoice of your deposit"


@tagged("post_install", "-at_install")
class TestSaleOrderAcceptanceMail(ProformaRefundCommon):
    def _get_confirmation(self, order):
        """Return the e-mail that tells the customer of the confirmation."""
        return order.message_ids.filtered(
            lambda message: "thank you for accepting" in (message.body or "")
        ).body

    def test_mail_names_the_invoice_of_the_deposit_that_is_paid(self):
        order = self._create_paid_order()

        body = self._get_confirmation(order)

        self.assertIn(INVOICED, body)
        self.assertIn("360.00", body)

    def test_mail_names_no_invoice_of_a_deposit_that_nobody_paid(self):
        order = self._create_deposit_proforma()
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()

        self.assertNotIn(INVOICED, self._get_confirmation(order))

    def test_mail_names_no_invoice_of_earnest_money(self):
        order = self._create_earnest_order()

        self.assertNotIn(INVOICED, self._get_confirmation(order))

    def test_broken_receipt_stops_no_other_deposit(self):
        broken = self._create_earnest_order()
        # What a shop changes of a report may raise anything, unlike its e-mails.
        self.env.ref(
            "proforma_ecom.report_deposit_receipt"
        ).arch = '<t t-name="receipt"><t t-out="1 / 0"/></t>'
        self.plan_30_70.line_ids[0].nature = "acompte"
        order = self._create_deposit_proforma()
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()
        other = order.sudo().proforma_deposit_ids[0]
        other.asked_on = False

        with mute_logger(FOLLOW_UP_LOGGER):
            self._run_cron("ir_cron_follow_up_deposits")

        self.assertTrue(other.asked_on)
        self.assertIn("could not be asked for", broken.activity_ids[-1:].summary)
