from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_amount

from ..utils import scale_amounts


class AccountMove(models.Model):
    _inherit = "account.move"

    proforma_deposit_ids = fields.One2many(
        "proforma.deposit", "invoice_id", string="Pro Forma Deposits", readonly=True
    )

    # === ACTION METHODS === #

    def action_proforma_match_deposits(self):
        """Match the bank transaction of the entry with the deposit that it names."""
        return self.statement_line_id.action_proforma_match_deposits()

    # === BUSINESS METHODS - PAPER === #

    def _get_invoice_proforma_pdf_report_filename(self):
        """Override of `account`: a posted deposit invoice is an invoice."""
        if self._is_proforma_deposit_invoice():
            return self._get_invoice_report_filename()
        return super()._get_invoice_proforma_pdf_report_filename()

    def _get_mail_template(self):
        """Override of `account`: a deposit invoice has an e-mail of its own."""
        own = self.env["mail.template"]
        if self and all(move._is_proforma_deposit_invoice() for move in self):
            own = self.env.ref(
                "proforma_ecom.mail_template_deposit_invoice", raise_if_not_found=False
            )
        # One that was deleted must not keep core from sending all other invoices.
        return own or super()._get_mail_template()

    def _is_proforma_deposit_invoice(self):
        """Return whether this is the invoice of a deposit."""
        self.ensure_one()
        return bool(self.sudo().proforma_deposit_ids)

    def _queue_proforma_sending(self):
        """Have core's queue send the invoices by e-mail, once, after the transaction.

        The PDF is rendered there: what goes wrong with it must not undo a payment.
        """
        author = self.env.ref("base.user_root")
        for move in self.sudo():
            if move.is_move_sent or move.sending_data or move.state != "posted":
                continue
            # Core would compute the lines of the invoice anew.
            move.with_context(skip_invoice_sync=True).sending_data = {
                "author_user_id": author.id,
                "author_partner_id": author.partner_id.id,
            }
            self.env.ref("account.ir_cron_account_move_send").sudo()._trigger()

    @api.model
    def _cron_account_move_send(self, job_count=10):
        """Override of `account`: what it leaves in the queue of mails goes out now; the
        queue by itself runs hourly.
        """
        res = super()._cron_account_move_send(job_count=job_count)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return res

    # === BUSINESS METHODS - LIFE === #

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

    def button_draft(self):
        """Override of `account`: a deposit is paid after all when its credit note is
        taken back; one whose bank transaction is no longer booked is not.
        """
        res = super().button_draft()
        self.sudo().statement_line_id.proforma_deposit_id._note_lost_money()
        for invoice in self.sudo().reversed_entry_id:
            if not invoice._is_proforma_credited():
                invoice.proforma_deposit_ids._set_not_refunded()
        return res

    def _post(self, soft=True):
        """Override of `account`: credit notes over a whole deposit invoice mean that
        the deposit is given back; a final invoice uses the earnest money; what settles
        earnest money is matched with it.

        :raise UserError: If a deposit invoice has another amount than its deposit.
        """
        for move in self.sudo():
            move._check_proforma_deposit_amount()
        posted = super()._post(soft)
        moves = posted.sudo()
        refunds = moves.filtered(lambda move: move.move_type == "out_refund")
        for invoice in refunds.reversed_entry_id:
            if invoice._is_proforma_credited():
                invoice.proforma_deposit_ids._set_credited()
        moves.filtered(
            lambda move: move.move_type == "entry"
        )._match_proforma_earnest_money()
        moves.statement_line_id.proforma_deposit_id._note_found_earnest_money()
        finals = moves.filtered(lambda move: move.move_type == "out_invoice")
        for move in finals.filtered(lambda m: not m.proforma_deposit_ids):
            move._use_proforma_earnest_money()
        return posted

    def _check_proforma_deposit_amount(self):
        """Check that the invoice of a deposit asks for just its amount: the schedule
        and the final invoice rely on it.

        :raise UserError: If it asks for another one.
        """
        self.ensure_one()
        deposit = self.proforma_deposit_ids
        if not deposit or (
            self.currency_id == deposit.currency_id
            and not self.currency_id.compare_amounts(self.amount_total, deposit.amount)
        ):
            return
        raise UserError(
            self.env._(
                "This is the invoice of instalment “%(deposit)s” of pro forma"
                " %(proforma)s over %(amount)s, and it must have that amount. Cancel it"
                " and the instalment is asked for anew, or post it as it was and"
                " correct it by a credit note.",
                deposit=deposit.name,
                proforma=deposit.order_id.proforma_number,
                amount=format_amount(self.env, deposit.amount, deposit.currency_id),
            )
        )

    def _is_proforma_credited(self):
        """Return whether posted credit notes amount to the whole invoice."""
        self.ensure_one()
        credits = self.reversal_move_ids.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type == "out_refund"
                and move.currency_id == self.currency_id
            )
        )
        credited = sum(credits.mapped("amount_total"))
        return bool(credits) and (
            self.currency_id.compare_amounts(credited, self.amount_total) >= 0
        )

    def _match_proforma_earnest_money(self):
        """Match earnest money with the entries that give it back or keep it."""
        if self:
            deposits = self.env["proforma.deposit"].sudo()
            deposits.search(
                [
                    "|",
                    ("indemnity_move_id", "in", self.ids),
                    ("refund_payment_id", "in", self.origin_payment_id.ids),
                ]
            )._match_earnest_money()

    def _use_proforma_earnest_money(self):
        """Match the earnest money of the orders with their invoice; core does so only
        with online payments.
        """
        self.ensure_one()
        orders = self.line_ids.sale_line_ids.order_id
        deposits = orders.proforma_deposit_ids.filtered(
            lambda d: d.state == "paid" and d._is_receipt_only()
        )
        for line in deposits._get_money().filtered(lambda line: not line.reconciled):
            if not self.currency_id.is_zero(self.amount_residual):
                self.js_assign_outstanding_line(line.id)

    def _invoice_paid_hook(self):
        """Override of `account`: a paid deposit invoice means a paid deposit, and
        nothing left to pay of an order that none of its deposits is open.
        """
        res = super()._invoice_paid_hook()
        moves = self.sudo()
        moves.proforma_deposit_ids._set_paid()
        moves.line_ids.sale_line_ids.order_id._proforma_settle_by_invoices()
        return res

    # === BUSINESS METHODS - ONLINE === #

    def _has_to_be_paid(self):
        """Override of `account_payment`: a deposit that is being paid on the page of
        its pro forma is not offered on that of its invoice too.
        """
        return super()._has_to_be_paid() and not (
            self.sudo().proforma_deposit_ids._is_paid_elsewhere()
        )

    def _check_proforma_not_paid_elsewhere(self):
        """Check that nobody is paying the deposits of the invoices on the page of their
        pro forma; the rows of their orders are locked.

        :raise ValidationError: If somebody is.
        """
        deposits = self.sudo().proforma_deposit_ids
        for order in deposits.order_id.sorted("id"):
            order._proforma_lock()
        if deposits._is_paid_elsewhere():
            raise ValidationError(
                self.env._("A payment of this deposit is being processed already.")
            )

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
        rate = self.env["res.currency"]._get_conversion_rate(
            self.currency_id,
            currency,
            self.company_id,
            self.invoice_date or fields.Date.context_today(self),
        )
        return {
            base_line["record"]: scale_amounts(
                self.env["account.tax"]._get_proforma_amounts(base_line),
                sign * rate,
                currency.round,
            )
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
        gone = empty + self._get_proforma_emptied_sections(empty)
        if gone:
            self.write({"invoice_line_ids": [Command.delete(li.id) for li in gone]})
        self._proforma_set_line_vals(
            {
                line: line._prepare_proforma_deduction_vals(amounts)
                for line, amounts in deductions.items()
                if line not in empty
            }
        )

    def _proforma_set_line_vals(self, line_vals):
        """Write quantity, price and given amounts of lines of a draft invoice.

        :param dict line_vals: Values by line.
        """
        self.ensure_one()
        changed = {
            line: vals
            for line, vals in line_vals.items()
            if any(line[fname] != value for fname, value in vals.items())
        }
        # Core computes the journal items anew when a quantity changes, not when given
        # amounts do.
        for values in ({line: {"quantity": 0.0} for line in changed}, changed):
            commands = [Command.update(li.id, vals) for li, vals in values.items()]
            self.write({"invoice_line_ids": commands})

    def _get_proforma_emptied_sections(self, gone):
        """Return core's sections of down payments that have no other ones.

        :param account.move.line gone: The down payment lines that go away.
        :rtype: account.move.line
        """
        emptied = kept = section = self.line_ids.browse()
        for line in self.invoice_line_ids.sorted(lambda li: (li.sequence, li.id)):
            if line.display_type == "line_section":
                section = line.filtered(lambda li: not li.sale_line_ids)
            elif line in gone:
                emptied |= section
            elif line.is_downpayment:
                kept |= section
        return emptied - kept
