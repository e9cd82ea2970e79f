from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    proforma_deposit_ids = fields.One2many(
        "proforma.deposit", "invoice_id", string="Pro Forma Deposits", readonly=True
    )

    def _get_invoice_proforma_pdf_report_filename(self):
        """Override of `account`: a posted deposit invoice is an invoice."""
        if self.sudo().proforma_deposit_ids:
            return self._get_invoice_report_filename()
        return super()._get_invoice_proforma_pdf_report_filename()

    def button_cancel(self):
        """Override of `account`: a deposit without its invoice is asked for again."""
        res = super().button_cancel()
        self.sudo().proforma_deposit_ids._set_unpaid()
        return res

    def unlink(self):
        """Override of `account`: a deposit without its invoice is asked for again."""
        deposits = self.sudo().proforma_deposit_ids
        res = super().unlink()
        deposits._set_unpaid()
        return res

    def _invoice_paid_hook(self):
        """Override of `account`: a paid deposit invoice means a paid deposit."""
        res = super()._invoice_paid_hook()
        self.sudo().proforma_deposit_ids._set_paid()
        return res
