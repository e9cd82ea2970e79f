from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import DEPOSIT_SETTLEMENTS


class ProformaDepositRefund(models.TransientModel):
    _name = "proforma.deposit.refund"
    _description = "Refund a Deposit"
    _check_company_auto = True

    # === FIELDS === #

    deposit_id = fields.Many2one("proforma.deposit", required=True, readonly=True)
    company_id = fields.Many2one(related="deposit_id.company_id")
    currency_id = fields.Many2one(related="deposit_id.currency_id")
    amount = fields.Monetary(related="deposit_id.amount")
    is_earnest_money = fields.Boolean(compute="_compute_is_earnest_money")
    kind = fields.Selection(
        DEPOSIT_SETTLEMENTS, string="What to Do", required=True, default="refund"
    )
    date = fields.Date(
        required=True,
        compute="_compute_date",
        store=True,
        readonly=False,
        precompute=True,
    )
    reason = fields.Char(required=True, help="The customer reads it.")
    account_id = fields.Many2one(
        "account.account",
        string="Account of the Indemnity",
        compute="_compute_account_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
    )

    # === COMPUTE METHODS === #

    @api.depends("deposit_id")
    def _compute_is_earnest_money(self):
        for wizard in self:
            deposit = wizard.deposit_id
            wizard.is_earnest_money = deposit and deposit._is_receipt_only()

    @api.depends("deposit_id")
    def _compute_date(self):
        for wizard in self:
            company = wizard.deposit_id.company_id or self.env.company
            wizard.date = company._get_proforma_today()

    @api.depends("deposit_id", "kind")
    def _compute_account_id(self):
        for wizard in self:
            deposit = wizard.deposit_id
            wizard.account_id = deposit and deposit._get_indemnity_account(wizard.kind)

    # === ACTION METHODS === #

    def action_settle(self):
        """Do what was chosen, once.

        :return: The action that shows the document.
        :rtype: dict
        :raise UserError: If it cannot be done.
        """
        self.ensure_one()
        deposit = self.deposit_id
        deposit.check_access("read")
        deposit.order_id.sudo()._proforma_lock()
        deposit.invalidate_recordset()
        message = deposit._refund_error_message(self.kind) or (
            self._date_error_message() or self._account_error_message()
        )
        if message:
            raise UserError(message)
        if self.kind == "refund":
            document = deposit._give_back(self.date, self.reason)
        elif self.kind == "keep":
            document = deposit._keep(self.date, self.reason, self.account_id)
        else:
            document = deposit._give_back_double(
                self.date, self.reason, self.account_id
            )
        return document._get_records_action()

    # === HELPERS === #

    def _date_error_message(self):
        """Return why the date cannot be that of the document, or False."""
        invoice = self.deposit_id.invoice_id
        if self.date > self.company_id._get_proforma_today():
            return self.env._("Choose a day that is not in the future.")
        if invoice.invoice_date and self.date < invoice.invoice_date:
            return self.env._(
                "Choose a day that is not before the date of %(invoice)s.",
                invoice=invoice.name,
            )
        return False

    def _account_error_message(self):
        """Return that the account of an indemnity is missing, or False."""
        if self.kind != "refund" and not self.account_id:
            return self.env._("Choose the account of the indemnity.")
        return False
