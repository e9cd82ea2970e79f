from odoo import fields, models
from odoo.fields import Command


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

    # === BUSINESS METHODS - DEDUCTION === #

    def _get_proforma_amounts(self, currency):
        """Return what the lines of the invoice amount to; a credit note is negative.

        Note: `self.ensure_one()`

        :param res.currency currency: Of the amounts.
        :return: Amounts by line, see `_get_proforma_amounts` of `account.tax`.
        :rtype: dict[account.move.line, dict]
        """
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        sign = -self.direction_sign
        date = self.invoice_date or fields.Date.context_today(self)
        return {
            base_line["record"]: {
                key: self.currency_id._convert(
                    sign * amount, currency, self.company_id, date
                )
                for key, amount in self.env["account.tax"]
                ._get_proforma_amounts(base_line)
                .items()
            }
            for base_line in base_lines
        }

    def _proforma_set_deductions(self, deductions):
        """Let the lines of a draft invoice deduct amounts; one of nothing goes away.

        :param dict deductions: Positive amounts by line.
        """
        self.ensure_one()
        empty = self.line_ids.browse(
            line.id for line, amounts in deductions.items() if not any(amounts.values())
        )
        commands = [
            Command.update(line.id, line._prepare_proforma_deduction_vals(amounts))
            for line, amounts in deductions.items()
            if line not in empty
        ]
        gone = empty + self._get_proforma_emptied_sections(empty)
        commands += [Command.delete(line.id) for line in gone]
        self.write({"invoice_line_ids": commands})

    def _get_proforma_emptied_sections(self, gone):
        """Return core's sections of down payments that have no other lines.

        :param account.move.line gone: The down payment lines that go away.
        :rtype: account.move.line
        """
        emptied = section = self.line_ids.browse()
        for line in self.invoice_line_ids.sorted(lambda li: (li.sequence, li.id)):
            if line.display_type == "line_section":
                section = line if not line.sale_line_ids else section.browse()
                emptied += section
            elif line not in gone:
                emptied -= section
        return emptied
