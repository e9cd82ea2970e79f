from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    proforma_deposit_id = fields.Many2one(
        "proforma.deposit",
        string="Pro Forma Deposit",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )

    # === CRUD METHODS === #

    def unlink(self):
        """Override of `account`: a deposit without its payment is asked for again."""
        deposits = self.sudo().proforma_deposit_id
        res = super().unlink()
        deposits._note_lost_money()
        return res

    # === ACTION METHODS === #

    def action_post(self):
        """Override of `account`: earnest money that is booked anew pays its deposit."""
        res = super().action_post()
        self._get_proforma_used_deposits()._note_found_earnest_money()
        return res

    def action_cancel(self):
        """Override of `account`: a deposit without its payment is asked for again."""
        res = super().action_cancel()
        self.sudo().proforma_deposit_id._note_lost_money()
        return res

    def action_draft(self):
        """Override of `account`: a deposit without its payment is asked for again."""
        res = super().action_draft()
        self.sudo().proforma_deposit_id._note_lost_money()
        return res

    # === HELPERS === #

    def _get_proforma_used_deposits(self):
        """Return the deposits that the payments pay: money that came online for a
        deposit may have been refused.

        :return: In sudo mode.
        :rtype: proforma.deposit
        """
        used = self.sudo().filtered(
            lambda payment: (
                not payment.payment_transaction_id
                or payment.payment_transaction_id.proforma_is_used
            )
        )
        return used.proforma_deposit_id
