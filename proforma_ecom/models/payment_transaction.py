from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..const import DEPOSIT_OPEN_STATES


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    proforma_deposit_id = fields.Many2one(
        "proforma.deposit", string="Deposit", readonly=True, index="btree_not_null"
    )
    proforma_version_id = fields.Many2one(
        "proforma.version",
        string="Pro Forma Version",
        readonly=True,
        help="The version that the customer saw when he paid.",
    )
    proforma_is_used = fields.Boolean(
        string="Paid Its Deposit",
        readonly=True,
        help="The deposit is paid by this payment and no other one.",
    )

    # === BUSINESS METHODS - POST-PROCESSING === #

    def _post_process(self):
        """Override of `payment`: say what is left to do when the provider gave the
        money of a deposit back.
        """
        super()._post_process()
        for tx in self.filtered(
            lambda tx: tx.operation == "refund" and tx.state == "done"
        ):
            tx.sudo()._proforma_report_refund()

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: a payment accepts a pro forma only through its guard.

        Core confirms an order that has expired or was not signed, as soon as it is
        paid.
        """
        proforma_txs = self.filtered(lambda tx: tx._get_proforma_order())
        confirmed = super(
            PaymentTransaction, self - proforma_txs
        )._check_amount_and_confirm_order()
        for tx in proforma_txs:
            confirmed |= tx._proforma_process_payment()
        return confirmed

    def _create_payment(self, **extra_create_values):
        """Override of `account_payment`: the payment knows its deposit, also that of a
        part which was captured by itself.
        """
        deposit = self.proforma_deposit_id
        if self.operation != "refund":
            deposit = deposit or self.source_transaction_id.proforma_deposit_id
        if deposit:
            extra_create_values["proforma_deposit_id"] = deposit.id
        return super()._create_payment(**extra_create_values)

    def _invoice_sale_orders(self):
        """Override of `sale`: the deposits of pro formas are invoiced one by one.

        Core would invoice all that was paid so far with every payment, so of the
        further payments of an accepted pro forma only the last one is left to it.
        """
        partial_txs = self.filtered(
            lambda tx: (
                tx._get_proforma_order()
                or any(
                    order.proforma_state != "none" and not order._is_paid()
                    for order in tx.sale_order_ids
                )
            )
        )
        return super(PaymentTransaction, self - partial_txs)._invoice_sale_orders()

    def _get_proforma_order(self):
        """Return the pro forma that the transaction pays, if it is one.

        Once it is accepted, what names no deposit is the payment of an order as ever.

        :rtype: sale.order
        """
        self.ensure_one()
        orders = self.sale_order_ids.filtered(
            lambda order: (
                order.proforma_state not in ("none", "accepted")
                or (order.proforma_state == "accepted" and self.proforma_deposit_id)
            )
        )
        return orders if len(self.sale_order_ids) == 1 else orders.browse()

    def _proforma_process_payment(self):
        """Accept the pro forma and invoice its deposit, or say why that cannot be.

        Money that cannot be used is recorded by core all the same; the salesperson
        gets an activity. A second call finds everything done and changes nothing.

        Note: `self.ensure_one()`, in sudo mode.

        :return: The order, if this payment confirmed it.
        :rtype: sale.order
        """
        self.ensure_one()
        order = self._get_proforma_order().with_user(SUPERUSER_ID)
        order = order.with_company(order.company_id)
        order._proforma_lock()
        deposit = self.proforma_deposit_id.with_env(order.env)
        if (
            self.state == "done"
            and deposit.state == "paid"
            and self._is_deposit_payer()
        ):
            return order.browse()

        def get_reason(order):
            return self.with_env(order.env)._proforma_payment_error_message(
                order, deposit.with_env(order.env)
            )

        if get_reason(order):
            self._proforma_report_unused_payment(order, get_reason)
            return order.browse()
        was_accepted = order.proforma_state == "accepted"
        try:
            with self.env.cr.savepoint():
                self._proforma_use_payment(order, deposit)
        except UserError as error:
            # The money must be recorded whatever the order lacks.
            reason = str(error)
            self._proforma_report_unused_payment(order, lambda _order: reason)
            return order.browse()
        if self.state == "done" and not self._is_deposit_payer():
            self._proforma_report_unused_payment(order, get_reason)
        return order.browse() if was_accepted else order

    def _proforma_use_payment(self, order, deposit):
        """Accept the pro forma, invoice its deposit and note that it is paid.

        :param sale.order order: The pro forma; its row is locked.
        :param proforma.deposit deposit: The deposit that is paid.
        """
        self.ensure_one()
        if order.proforma_state != "accepted":
            order._proforma_accept()
        if self.state == "done" and deposit.state != "paid":
            deposit._settle(self)

    def _is_amount_of_deposit(self):
        """Return whether this is a payment of just the amount of its deposit."""
        self.ensure_one()
        deposit = self.proforma_deposit_id
        return self.currency_id == deposit.currency_id and not (
            self.currency_id.compare_amounts(
                self._get_proforma_received(), deposit.amount
            )
        )

    def _get_proforma_captures(self):
        """Return the payments of the parts that were captured one by one."""
        return self.child_transaction_ids.filtered(
            lambda tx: tx.operation != "refund" and tx.state == "done"
        )

    def _get_proforma_received(self):
        """Return what the customer paid: of an authorization that was captured in
        parts, core says that all is done though the rest of it was given up.

        :return: In the currency of the transaction.
        :rtype: float
        """
        self.ensure_one()
        captures = self._get_proforma_captures()
        if self.state == "done" and captures:
            return self.currency_id.round(sum(captures.mapped("amount")))
        return self.amount

    def _is_deposit_payer(self):
        """Return whether this is the payment that paid its deposit."""
        self.ensure_one()
        is_invoiced = self.proforma_deposit_id.invoice_id in self.invoice_ids
        return self.proforma_is_used or is_invoiced

    def _proforma_payment_error_message(self, order, deposit):
        """Return why the payment cannot be used for a deposit, or False.

        :param sale.order order: The pro forma.
        :param proforma.deposit deposit: The deposit that was to be paid, may be empty.
        :rtype: str|bool
        """
        self.ensure_one()
        if not deposit:
            return self.env._("The payment names no deposit of the pro forma.")
        if deposit.order_id != order:
            return self.env._("The payment names a deposit of another order.")
        if deposit.state not in DEPOSIT_OPEN_STATES:
            return self.env._("The deposit was paid already or is cancelled.")
        if self.currency_id != order.currency_id:
            return self.env._("The payment is in another currency than the pro forma.")
        if not self._is_amount_of_deposit():
            return self.env._("The amount is not the amount of the deposit.")
        if order.proforma_state == "accepted":
            return deposit._get_invoicing_error_message()
        return (
            order._proforma_acceptance_error_message(
                self.proforma_version_id, now=self.last_state_change
            )
            or order._proforma_missing_step_message()
        )

    def _proforma_report_unused_payment(self, order, get_reason):
        """Tell the salesperson, once, of money that did not confirm the pro forma.

        :param sale.order order: The pro forma.
        :param callable get_reason: Given the order in the salesperson's language,
            returns why.
        """
        self.ensure_one()
        if order.sudo().proforma_event_ids.filtered(
            lambda e: e.kind == "payment_refused" and e.note == self.reference
        ):
            return

        def get_texts(order):
            return (
                order.env._(
                    "Payment %(reference)s could not be used",
                    reference=self.reference,
                ),
                order.env._(
                    "The money was received, but it does not confirm the order:"
                    " %(reason)s Renew the pro forma, match the payment with an invoice"
                    " or refund the customer.",
                    reason=get_reason(order),
                ),
            )

        order._proforma_log_event("payment_refused", note=self.reference)
        order._proforma_schedule_activity(get_texts)

    def _proforma_report_refund(self):
        """Tell who looks after the order that the money of a paid deposit was given
        back, while its invoice still says that it is paid.
        """
        self.ensure_one()
        deposit = self.source_transaction_id.proforma_deposit_id
        if deposit.state != "paid":
            return
        deposit.order_id._proforma_schedule_activity(
            lambda order: (
                order.env._(
                    "The money of “%(deposit)s” was given back", deposit=deposit.name
                ),
                order.env._(
                    "The payment provider paid %(amount)s back to the customer"
                    " (%(reference)s). The deposit still counts as paid: use its button"
                    " “Refund” and match the credit note with this payment.",
                    amount=format_amount(order.env, -self.amount, self.currency_id),
                    reference=self.reference,
                ),
            )
        )
