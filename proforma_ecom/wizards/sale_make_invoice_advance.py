from odoo import fields, models


class SaleAdvancePaymentInv(models.TransientModel):
    _inherit = "sale.advance.payment.inv"

    # === FIELDS === #

    proforma_deposit_id = fields.Many2one(
        "proforma.deposit",
        string="Pro Forma Deposit",
        readonly=True,
        help="The deposit whose invoice is made.",
    )
    proforma_invoice_date = fields.Date(string="Invoice Date", readonly=True)

    # === BUSINESS METHODS - INVOICE === #

    def _prepare_down_payment_invoice_values(self, order, so_lines):
        """Override of `sale`: the invoice of a deposit says so from the beginning."""
        values = super()._prepare_down_payment_invoice_values(order, so_lines)
        if deposit := self.proforma_deposit_id:
            values |= deposit._prepare_deposit_invoice_vals(self.proforma_invoice_date)
        return values

    def _prepare_down_payment_invoice_line_values(self, order, so_line, account):
        """Override of `sale`: the line of a deposit names it."""
        values = super()._prepare_down_payment_invoice_line_values(
            order, so_line, account
        )
        if deposit := self.proforma_deposit_id:
            values |= deposit._prepare_deposit_invoice_line_vals()
        return values
