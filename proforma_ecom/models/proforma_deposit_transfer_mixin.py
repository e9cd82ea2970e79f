from odoo import models


class ProformaDepositTransferMixin(models.AbstractModel):
    """The money of a deposit that does not come through an online payment: by bank
    transfer, in cash, by cheque.
    """

    _name = "proforma.deposit.transfer.mixin"
    _description = "Pro Forma Deposit Transfer"

    # === ACTION METHODS === #

    def action_register_payment(self):
        """Return the wizard that notes a payment which was received by hand."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register a Payment"),
            "res_model": "proforma.deposit.payment",
            "view_mode": "form",
            "target": "new",
            "context": {"default_deposit_id": self.id},
        }

    # === BUSINESS METHODS - ANNOUNCED TRANSFERS === #

    def _get_announced_transfers(self):
        """Return the bank transfers that the customer announced on the portal and that
        nobody confirmed yet.

        :return: In sudo mode.
        :rtype: payment.transaction
        """
        return self.sudo().transaction_ids.filtered(
            lambda tx: tx.provider_code == "custom" and tx.state == "pending"
        )

    def _close_announced_transfers(self, is_received):
        """Close the announced transfers of deposits that are paid. Their money is in
        the books already: no payment is made of them any more.

        :param bool is_received: Whether the money came by bank transfer; else the
            customer paid otherwise, and they are cancelled.
        """
        for deposit in self:
            announced = deposit._get_announced_transfers()
            payer = announced.filtered(
                lambda tx: is_received and tx._is_amount_of_deposit()
            ).sorted("id")[-1:]
            payer._set_done()
            payer.proforma_is_used = True
            (announced - payer)._set_canceled()
            # What core does after a payment is done here.
            announced.is_post_processed = True

    def _reopen_announced_transfers(self):
        """Wait again for the announced transfers that a bank transaction had closed."""
        self.sudo().transaction_ids.filtered(
            lambda tx: (
                tx.provider_code == "custom"
                and tx.state == "done"
                and tx.proforma_is_used
                and not tx.payment_id
            )
        ).write({"state": "pending", "proforma_is_used": False})

    # === BUSINESS METHODS - LOST MONEY === #

    def _note_lost_money(self):
        """Ask again for the paid deposits whose money was taken away: nothing is booked
        of earnest money any more, or the invoice is open again.
        """
        lost = self.sudo().filtered(lambda d: d.state == "paid" and d._is_money_lost())
        moved = lost._set_unpaid()
        moved._log_moves("deposit_due")
        moved._reopen_announced_transfers()

    def _note_found_earnest_money(self):
        """Note that earnest money is paid whose payment was corrected and posted anew;
        other deposits are paid when their invoice is.
        """
        for deposit in self.filtered(
            lambda d: d.state == "due" and d._is_receipt_only()
        ):
            money = -sum(deposit._get_money().mapped("amount_residual_currency"))
            if not deposit.currency_id.compare_amounts(money, deposit.amount):
                deposit._set_paid()

    def _is_money_lost(self):
        """Return whether the money that paid the deposit is not there any more."""
        self.ensure_one()
        if self._is_receipt_only():
            return not self._get_money()
        invoice = self.invoice_id
        return invoice.state == "posted" and not invoice.currency_id.is_zero(
            invoice.amount_residual
        )

    # === HELPERS === #

    def _get_paying_partner(self):
        """Return the contact in whose name the money of the deposit is booked.

        :rtype: res.partner
        """
        self.ensure_one()
        return self.order_id.partner_invoice_id.commercial_partner_id

    def _get_receivable_account(self, invoice):
        """Return the account on which the money of the deposit is booked: that of its
        invoice, or that which the final invoice will have.

        :param account.move invoice: The deposit invoice, empty for earnest money.
        :rtype: account.account
        """
        self.ensure_one()
        if invoice:
            return invoice.line_ids.account_id.filtered(
                lambda account: account.account_type == "asset_receivable"
            )[:1]
        partner = self._get_paying_partner().with_company(self.company_id)
        return self.order_id.fiscal_position_id.map_account(
            partner.property_account_receivable_id
        )
