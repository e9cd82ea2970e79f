from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    proforma_deposit_ids = fields.One2many(
        "proforma.deposit", "invoice_id", string="Pro Forma Deposits", readonly=True
    )

    def _invoice_paid_hook(self):
        """Override of `account`: a paid deposit invoice means a paid deposit."""
        res = super()._invoice_paid_hook()
        self.sudo().proforma_deposit_ids._set_paid()
        return res
