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
        deposits = self._get_proforma_deposits_paid_by_hand()
        res = super().unlink()
        deposits._note_lost_money()
        return res

    # === ACTION METHODS === #

    def action_post(self):
        """Override of `account`: earnest money that is booked anew pays its deposit."""
        res = super().action_post()
        self._get_proforma_deposits_paid_by_hand()._note_found_earnest_money()
        return res

    def action_cancel(self):
        """Override of `account`: a deposit without its payment is asked for again."""
        res = super().action_cancel()
        self._get_proforma_deposits_paid_by_hand()._note_lost_money()
        return res

    def action_draft(self):
        """Override of `account`: a deposit without its payment is asked for again."""
        res = super().action_draft()
        self._get_proforma_deposits_paid_by_hand()._note_lost_money()
        return res

    # === HELPERS === #

    def _get_proforma_deposits_paid_by_hand(self):
        """Return the deposits of the payments that a user registered.

        :return: In sudo mode.
        :rtype: proforma.deposit
        """
        by_hand = self.sudo().filtered(lambda p: not p.payment_transaction_id)
        return by_hand.proforma_deposit_id
