from odoo import models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # === CRUD METHODS === #

    def unlink(self):
        """Override of `account`: a deposit whose invoice is open again is asked for
        again, whoever took its money away and how.
        """
        deposits = self.sudo().debit_move_id.move_id.proforma_deposit_ids
        res = super().unlink()
        deposits._note_lost_money()
        return res
