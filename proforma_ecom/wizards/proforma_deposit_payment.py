from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context, format_date


class ProformaDepositPayment(models.TransientModel):
    _name = "proforma.deposit.payment"
    _description = "Register a Payment of a Deposit"
    _check_company_auto = True

    # === FIELDS === #

    deposit_id = fields.Many2one("proforma.deposit", required=True, readonly=True)
    order_id = fields.Many2one(related="deposit_id.order_id")
    company_id = fields.Many2one(related="deposit_id.company_id")
    currency_id = fields.Many2one(related="deposit_id.currency_id")
    amount_left = fields.Monetary(string="Left to Pay", compute="_compute_amount_left")
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    date = fields.Date(
        compute="_compute_date",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    journal_id = fields.Many2one(
        "account.journal",
        compute="_compute_journal_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash')),"
        " ('company_id', 'parent_of', company_id)]",
    )
    reason = fields.Char(
        string="How It Was Paid",
        required=True,
        help="For example: cheque 4711, or cash at the counter. The payment and the"
        " order keep it.",
    )

    # === COMPUTE METHODS === #

    @api.depends("deposit_id")
    def _compute_amount_left(self):
        for wizard in self:
            deposit = wizard.deposit_id.sudo()
            wizard.amount_left = deposit._get_amount_left() if deposit else 0.0

    @api.depends("amount_left")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.amount_left

    @api.depends("deposit_id")
    def _compute_date(self):
        for wizard in self:
            company = wizard.company_id or self.env.company
            wizard.date = company._get_proforma_today()

    @api.depends("deposit_id")
    def _compute_journal_id(self):
        for wizard in self:
            wizard.journal_id = self.env["account.journal"].search(
                [
                    ("type", "in", ("bank", "cash")),
                    # A branch uses those of its company.
                    ("company_id", "parent_of", wizard.company_id.id),
                ],
                order="type DESC, sequence, id",
                limit=1,
            )

    # === ACTION METHODS === #

    def action_register(self):
        """Note the payment: it confirms the order if it is waited for, and pays the
        invoice of the deposit.

        :raise UserError: If the guard of the pro forma or the amount forbids it.
        """
        self.ensure_one()
        self.deposit_id.check_access("read")
        self.journal_id.check_access("read")
        # Defaults of the form behind are not meant for invoices and payments.
        wizard = self.with_context(clean_context(self.env.context)).sudo()
        wizard = wizard.with_company(self.company_id)
        wizard.order_id._proforma_lock()
        wizard._check_can_be_registered()
        wizard._register_payment()
        return {"type": "ir.actions.act_window_close"}

    def _check_can_be_registered(self):
        """Check what was typed, after the pro forma's own guard.

        :raise UserError: If the payment may not be registered.
        """
        deposit, order = self.deposit_id, self.order_id
        order._proforma_check_money(deposit)
        left = deposit._get_amount_left()
        if self.currency_id.compare_amounts(self.amount, 0.0) <= 0:
            raise UserError(self.env._("Enter an amount above zero."))
        if self.currency_id.compare_amounts(self.amount, left) > 0:
            raise UserError(
                self.env._(
                    "Only %(left)s is left to pay of this deposit. Register the rest on"
                    " another one.",
                    left=order._format_proforma_amount(left),
                )
            )
        if self._is_part(left) and order.proforma_state != "accepted":
            raise UserError(
                self.env._(
                    "%(left)s confirms the order, a part of it does not. Wait for the"
                    " whole amount, or use “Accept for the Customer” first.",
                    left=order._format_proforma_amount(left),
                )
            )
        if self.date > self.company_id._get_proforma_today():
            raise UserError(self.env._("The payment cannot lie in the future."))
        if self.journal_id.type not in ("bank", "cash"):
            raise UserError(self.env._("Choose a journal of a bank or of cash."))

    def _is_part(self, left):
        """Return whether less than what is left of the deposit is paid."""
        return self.currency_id.compare_amounts(self.amount, left) < 0

    # === BUSINESS METHODS === #

    def _register_payment(self):
        """Book the payment; of a part, the rest of the deposit stays open."""
        deposit = self.deposit_id
        invoice = deposit.invoice_id.filtered(lambda move: move.state == "posted")
        is_part = self._is_part(deposit._get_amount_left())
        if is_part and invoice:
            # Its invoice says what is left of it.
            self._book(invoice)
        else:
            if is_part:
                deposit._split(self.amount)
            deposit._receive(self._book, paid_on=self.date)
            is_transfer = self.journal_id.type == "bank"
            deposit._close_announced_transfers(is_received=is_transfer)
        self._post_note()

    def _book(self, invoice):
        """Create and post the payment.

        :param account.move invoice: What it pays, empty for earnest money.
        :return: Its journal items of the receivable account.
        :rtype: account.move.line
        """
        if invoice:
            register = self.env["account.payment.register"].with_context(
                active_model="account.move",
                active_ids=invoice.ids,
                force_payment_move=True,
            )
            payment = register.create(self._prepare_register_vals())._create_payments()
        else:
            payments = self.env["account.payment"].with_context(force_payment_move=True)
            payment = payments.create(self._prepare_payment_vals())
            payment.action_post()
        payment.proforma_deposit_id = self.deposit_id
        return payment.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )

    def _prepare_register_vals(self):
        """Return the values of core's wizard, for a deposit that has an invoice.

        :rtype: dict
        """
        return {
            "journal_id": self.journal_id.id,
            "currency_id": self.currency_id.id,
            "amount": self.amount,
            "payment_date": self.date,
            "communication": self._get_memo(),
            "payment_difference_handling": "open",
        }

    def _prepare_payment_vals(self):
        """Return the values of a payment without an invoice.

        :rtype: dict
        """
        deposit = self.deposit_id
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": deposit._get_paying_partner().id,
            "destination_account_id": deposit._get_receivable_account(
                self.env["account.move"]
            ).id,
            "journal_id": self.journal_id.id,
            "currency_id": self.currency_id.id,
            "amount": self.amount,
            "date": self.date,
            "memo": self._get_memo(),
        }

    def _get_memo(self):
        """Return what the payment says of itself."""
        reference = self.deposit_id.reference
        return f"{self.reason} - {reference}" if reference else self.reason

    def _post_note(self):
        """Note on the order what was paid how, in the name of the user."""
        order = self.order_id
        order.message_post(
            body=self.env._(
                "%(amount)s of “%(deposit)s” was paid on %(day)s by other means:"
                " %(reason)s",
                amount=order._format_proforma_amount(self.amount),
                deposit=self.deposit_id.name,
                day=format_date(self.env, self.date),
                reason=self.reason,
            )
        )
