from odoo import fields, models
from odoo.exceptions import UserError

from ..const import DEPOSIT_OPEN_STATES, PAYMENT_START_MINUTES


class ProformaDepositPaymentMixin(models.AbstractModel):
    """The money of a deposit: what came, whether it is enough, what it entails."""

    _name = "proforma.deposit.payment.mixin"
    _description = "Pro Forma Deposit Payment"

    # === FIELDS === #

    transaction_ids = fields.One2many(
        "payment.transaction",
        "proforma_deposit_id",
        string="Online Payments",
        readonly=True,
        groups="account.group_account_invoice",
    )
    payment_ids = fields.One2many(
        "account.payment",
        "proforma_deposit_id",
        string="Payments",
        readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    statement_line_ids = fields.One2many(
        "account.bank.statement.line",
        "proforma_deposit_id",
        string="Bank Transactions",
        readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    # === BUSINESS METHODS - ONLINE === #

    def _is_payment_secured(self):
        """Return whether the deposit is paid, or a payment of just its amount is done
        or authorized and only has to be processed.

        Note: `self.ensure_one()`, in sudo mode.
        """
        self.ensure_one()
        return self.state == "paid" or bool(self._get_securing_transactions())

    def _get_securing_transactions(self):
        """Return the confirmed payments of just the amount of their deposit.

        :return: In sudo mode: a salesperson may not read transactions.
        :rtype: payment.transaction
        """
        return self.sudo().transaction_ids.filtered(
            lambda tx: tx.state in ("authorized", "done") and tx._is_amount_of_deposit()
        )

    def _get_secured_on(self):
        """Return when the first payment that secures what confirms the order came.

        :return: UTC, naive, or None.
        :rtype: datetime|None
        """
        needed = self.filtered("needed_to_confirm")
        return min(
            needed._get_securing_transactions().mapped("last_state_change"),
            default=None,
        )

    def _get_last_payment(self):
        """Return the payment that tells how paying the deposits stands, if any.

        One that waits or is done goes before an attempt that failed; one that was not
        even sent to the provider tells nothing, nor does one whose money was taken back
        in the accounting.

        :return: In sudo mode: the customer may not read transactions.
        :rtype: payment.transaction
        """
        order = {"error": 1, "cancel": 1, "pending": 2, "authorized": 3, "done": 4}
        return (
            self.sudo()
            .transaction_ids.filtered(
                lambda tx: (
                    tx.state in order
                    and tx.payment_id.state not in ("canceled", "rejected")
                )
            )
            .sorted(lambda tx: (order[tx.state], tx.id))[-1:]
        )

    def _get_payment_error_message(self):
        """Return why the deposit cannot be paid online now, or False.

        Note: `self.ensure_one()`; the order's own guard comes before it.

        :rtype: str|bool
        """
        self.ensure_one()
        if self.state not in DEPOSIT_OPEN_STATES:
            return self.env._("This deposit is paid already or no longer asked for.")
        under_way = ("pending", "authorized", "done")
        states = self._get_payments_of_invoice().mapped("state")
        if self._get_last_payment().state in under_way or (
            not set(states).isdisjoint(under_way)
        ):
            return self.env._("A payment of this deposit is being processed already.")
        if self._is_payment_starting():
            return self.env._(
                "A payment of this deposit was begun a moment ago, perhaps in another"
                " window. Finish it there, or try again in %(minutes)s minutes.",
                minutes=PAYMENT_START_MINUTES,
            )
        return self._get_invoicing_error_message()

    def _is_paid_elsewhere(self):
        """Return whether somebody is paying one of the deposits on the page of its pro
        forma. A bank transfer that is only announced keeps nobody from paying at once.
        """
        since = self._get_payments_start()
        return any(
            (tx.state == "draft" and tx.create_date > since)
            or (tx.state in ("pending", "authorized") and tx.provider_code != "custom")
            or (tx.state == "done" and not tx.is_post_processed)
            for tx in self.sudo().transaction_ids
        )

    def _is_payment_starting(self):
        """Return whether the provider may be charging the customer right now."""
        since = self._get_payments_start()
        return any(
            tx.state == "draft" and tx.create_date > since
            for tx in self.sudo().transaction_ids | self._get_payments_of_invoice()
        )

    def _get_payments_start(self):
        """Return since when a payment may have been begun that is still going on.

        :return: UTC, naive.
        :rtype: datetime
        """
        now = fields.Datetime.now()
        return fields.Datetime.subtract(now, minutes=PAYMENT_START_MINUTES)

    def _get_payments_of_invoice(self):
        """Return the payments that the customer began on the page of the deposit
        invoice, and that are not matched with it yet.

        :return: In sudo mode.
        :rtype: payment.transaction
        """
        return self.sudo().invoice_id.transaction_ids.filtered(
            lambda tx: not (tx.proforma_deposit_id or tx.is_post_processed)
        )

    # === BUSINESS METHODS - MONEY === #

    def _get_money(self):
        """Return the posted journal items of the customer's account that hold what was
        paid for the deposits, whatever the way.

        :rtype: account.move.line
        """
        moves = self.sudo().payment_ids.move_id | self.sudo().statement_line_ids.move_id
        moves |= self.sudo().transaction_ids.payment_id.move_id
        return moves.line_ids.filtered(
            lambda line: (
                line.parent_state == "posted"
                and line.account_type in ("asset_receivable", "liability_payable")
            )
        )

    def _get_amount_left(self):
        """Return what is still to be paid of an open deposit: parts of its invoice may
        be paid already. In the currency of the order.

        :rtype: float
        """
        self.ensure_one()
        invoice = self.invoice_id
        return invoice.amount_residual if invoice.state == "posted" else self.amount

    def _settle(self, transaction=None, book_money=None):
        """Invoice the deposit and note that it is paid; a second time changes nothing.

        Earnest money has no invoice: it is a credit of the customer until the final
        invoice uses it, and a receipt tells him so.

        Note: `self.ensure_one()`, in sudo mode; the row of the order is locked.

        :param payment.transaction transaction: The online payment, done.
        :param callable book_money: See `_receive`.
        :raise UserError: If it cannot be invoiced.
        """
        self.ensure_one()
        is_settled = self.state == "paid" and (
            self.invoice_id or self._is_receipt_only()
        )
        if is_settled and not book_money:
            return
        invoice = self.env["account.move"]
        if not self._is_receipt_only():
            today = self.company_id._get_proforma_today()
            # Money of its own pays it: core must match no other payment with it.
            payer = self.env["payment.transaction"] if book_money else transaction
            invoice = self._create_deposit_invoice(today, payer)
        if transaction:
            if invoice:
                transaction.invoice_ids = [fields.Command.link(invoice.id)]
                self._match_captures(transaction, invoice)
            transaction.proforma_is_used = True
        if book_money:
            self._match_with_invoice(book_money(invoice), invoice)
        self._set_paid()
        self._queue_paper()

    def _match_captures(self, transaction, invoice):
        """Reconcile what was captured in parts with the invoice; core does so only with
        what is captured after it was made.
        """
        moves = transaction._get_proforma_captures().payment_id.move_id
        lines = (moves.line_ids | invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        if moves:
            lines.reconcile()

    def _match_with_invoice(self, money, invoice):
        """Reconcile money with the receivable of an invoice.

        :param account.move.line money: Journal items of the receivable account; what
            is reconciled already is left alone.
        :param account.move invoice: Posted, or empty for earnest money.
        :raise UserError: If the invoice is not paid by it.
        """
        items = (money + invoice.line_ids).filtered(
            lambda line: (
                line.account_id in money.account_id
                and line.account_type == "asset_receivable"
                and not line.reconciled
            )
        )
        if invoice and items:
            items.reconcile()
        if invoice and not invoice.currency_id.is_zero(invoice.amount_residual):
            raise UserError(
                self.env._(
                    "%(invoice)s could not be matched with the money.",
                    invoice=invoice.display_name,
                )
            )

    def _receive(self, book_money, paid_on=None):
        """Use money that came for the deposit: confirm the order if it waits for it,
        invoice the deposit, note that it is paid.

        Note: `self.ensure_one()`, in sudo mode.

        :param callable book_money: Given the deposit invoice, posted and open, or an
            empty recordset for earnest money, books the money and returns its journal
            items of the receivable account. It fits what is left to pay.
        :param date paid_on: The company's day of the payment; today by default.
        :raise UserError: If it cannot be used: the guard of the pro forma refuses, or
            the deposit is not open. Nothing has changed then.
        """
        self.ensure_one()
        order = self.order_id
        order._proforma_lock()
        with self.env.cr.savepoint():
            order._proforma_check_money(self)
            if order.proforma_state != "accepted":
                # Paid before the confirmation asks for it.
                self._set_paid()
                order._proforma_accept()
            self._settle(book_money=book_money)
            if paid_on:
                self.paid_on = min(paid_on, self.paid_on)

    def _split(self, amount):
        """Make one deposit of the amount, and one of what is left of it.

        Note: `self.ensure_one()`, in sudo mode; open.

        :param float amount: Above 0 and below the amount of the deposit.
        :return: The deposit of the rest.
        :rtype: proforma.deposit
        """
        self.ensure_one()
        left = self.currency_id.round(self.amount - amount)
        position = max(self.order_id.proforma_deposit_ids.mapped("sequence")) + 1
        rest = self.copy(
            {
                "order_id": self.order_id.id,
                "sequence": position,
                "amount_type": "fixed",
                "fixed_amount": left,
                "due_date": self.due_date,
                "state": self.state,
            }
        )
        rest.amount = left
        self.write({"amount_type": "fixed", "fixed_amount": amount, "amount": amount})
        self.order_id._proforma_assign_references()
        return rest
