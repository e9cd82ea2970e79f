from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common_instalment import ProformaInstalmentCommon


@tagged("post_install", "-at_install")
class TestAccountMovePaidElsewhere(ProformaInstalmentCommon):
    """The invoice of a deposit that is being paid on the page of the pro forma."""

    def setUp(self):
        super().setUp()
        order = self._create_accepted()
        self.second = order.sudo().proforma_deposit_ids[1]
        self.second.invoice_on = "due"
        self.second._set_due(order.company_id._get_proforma_today())
        self.second._ask()
        self.invoice = self.second.invoice_id

    def _assert_payable(self, is_payable):
        self.assertEqual(self.invoice._has_to_be_paid(), is_payable)
        if is_payable:
            self.invoice._check_proforma_not_paid_elsewhere()
        else:
            with self.assertRaisesRegex(ValidationError, "being processed already"):
                self.invoice._check_proforma_not_paid_elsewhere()

    def test_invoice_is_payable_only_while_nobody_pays_its_deposit(self):
        tx = self._create_instalment_tx(self.second)
        tx.provider_id.support_manual_capture = "partial"
        for state, is_payable in (
            ("draft", False),
            ("pending", False),
            ("authorized", False),
            ("done", False),
            ("cancel", True),
            ("error", True),
        ):
            with self.subTest(state):
                tx.state = state

                self._assert_payable(is_payable)

    def test_payment_that_was_begun_long_ago_keeps_nobody_from_paying(self):
        self._create_instalment_tx(self.second)

        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self._assert_payable(True)

    def test_payment_of_another_deposit_keeps_nobody_from_paying(self):
        third = self.second.order_id.proforma_deposit_ids[2]
        self._create_instalment_tx(third).state = "pending"

        self._assert_payable(True)

    def test_announced_transfer_keeps_nobody_from_paying_at_once(self):
        tx = self._create_instalment_tx(self.second)
        tx._set_pending()
        # As `payment_custom` has it, which is perhaps not installed.
        self.env.cr.execute(
            "UPDATE payment_provider SET code = 'custom' WHERE id = %s",
            [tx.provider_id.id],
        )
        self.env.invalidate_all()

        self._assert_payable(True)
