from odoo import models

from ..const import DEPOSIT_OPEN_STATES
from ..schedule import due_date_of, split_total
from ..utils import today_in


class SaleOrder(models.Model):
    """The schedule of an accepted order: when the deposits are due, and what becomes of
    them when the order changes.
    """

    _inherit = "sale.order"

    # === BUSINESS METHODS - DATES === #

    def _get_proforma_delivery_day(self):
        """Return the company's day of the promised delivery, or None.

        :rtype: date|None
        """
        self.ensure_one()
        if not self.commitment_date:
            return None
        return today_in(self.company_id._get_proforma_tz(), self.commitment_date)

    def _get_proforma_accepted_day(self):
        """Return the company's day of the acceptance, or None before it.

        :rtype: date|None
        """
        self.ensure_one()
        if self.proforma_state != "accepted":
            return None
        return today_in(self.company_id._get_proforma_tz(), self.date_order)

    def _proforma_date_deposits(self):
        """Write on the open deposits when they are due, as far as it is known; those
        whose day has come are due. One that is due and invoiced stays as it is.
        """
        for order in self.sudo().filtered(lambda o: o.proforma_state == "accepted"):
            today = order.company_id._get_proforma_today()
            accepted_on = order._get_proforma_accepted_day()
            delivery_on = order._get_proforma_delivery_day()
            for deposit in order.proforma_deposit_ids._get_open():
                if not order._is_proforma_deposit_fixed(deposit):
                    day = due_date_of(
                        deposit.trigger,
                        accepted_on,
                        deposit.days,
                        deposit.fixed_date,
                        delivery_on,
                    )
                    order._proforma_date_deposit(deposit, day, today)

    def _proforma_date_deposit(self, deposit, day, today):
        """Write the day on which a deposit is due; `day` may be None."""
        if deposit.due_date != day and (day or deposit.state == "planned"):
            deposit.due_date = day
        if deposit.due_date and deposit.due_date <= today:
            deposit._set_due(today)
        elif deposit.state == "due" and day:
            deposit._set_planned()

    def _is_proforma_deposit_fixed(self, deposit):
        """Return whether an open deposit must stay as it is: its invoice is sent."""
        invoice = deposit.invoice_id
        return bool(invoice and invoice.state != "cancel")

    def _is_proforma_amount_fixed(self, deposit):
        """Return whether the amount of an open deposit must stay as it is: it is
        invoiced, or the customer is paying it.
        """
        return self._is_proforma_deposit_fixed(deposit) or deposit._is_being_paid()

    def _proforma_note_delivery(self):
        """Ask for what is to be paid at the delivery: something was delivered."""
        for order in self.sudo().filtered(lambda o: o.proforma_state == "accepted"):
            today = order.company_id._get_proforma_today()
            waiting = order.proforma_deposit_ids.filtered(
                lambda d: d.state == "planned" and d.trigger == "delivery"
            )
            waiting.write({"due_date": today})
            waiting._set_due(today)._ask()

    # === BUSINESS METHODS - BALANCE === #

    def _proforma_rebalance_deposits(self):
        """Spread what is left to pay over the open deposits of accepted orders, in
        proportion to what they were. Paid and invoiced ones stay as they are.
        """
        for order in self.sudo().filtered(lambda o: o.proforma_state == "accepted"):
            if not order.proforma_deposit_ids:
                continue
            counted = order._get_proforma_counted_deposits()
            gap = order.amount_total - sum(counted.mapped("amount"))
            if not order.currency_id.is_zero(gap):
                order._proforma_spread_balance(counted)
            order._proforma_note_overpayment()

    def _proforma_spread_balance(self, counted):
        """Make the deposits add up to the total again.

        :param proforma.deposit counted: Those that count towards it.
        """
        moving = counted._get_open().filtered(
            lambda deposit: not self._is_proforma_amount_fixed(deposit)
        )
        kept = counted - moving
        left = self.currency_id.round(self.amount_total - sum(kept.mapped("amount")))
        if self.currency_id.compare_amounts(left, 0) < 0:
            moving._set_cancelled()
            return
        if not moving and left:
            self._proforma_add_rest(left)
            return
        amounts = split_total(left, moving.mapped("amount"), self.currency_id.round)
        for deposit, amount in zip(moving, amounts, strict=True):
            deposit.amount = amount
        moving.filtered(lambda d: d.currency_id.is_zero(d.amount))._set_cancelled()

    def _proforma_add_rest(self, amount, **values):
        """Ask for an amount that no open deposit asks for, with the final invoice.

        :param float amount: In the currency of the order.
        :param values: Other values of the deposit.
        """
        position = max(self.proforma_deposit_ids.mapped("sequence"), default=0) + 1
        rest = self.env["proforma.deposit"].create(
            {
                "order_id": self.id,
                "sequence": position,
                "name": self.with_context(lang=self._get_proforma_lang()).env._(
                    "Balance"
                ),
                "amount_type": "balance",
                "trigger": "final_invoice",
                "nature": "balance",
                **values,
            }
        )
        rest.amount = amount
        self._proforma_assign_references()

    def _proforma_note_overpayment(self):
        """Note how much more was paid or invoiced than the order costs now, and tell
        who looks after the order; the same amount is told once.
        """
        self.ensure_one()
        counted = self._get_proforma_counted_deposits()
        excess = max(sum(counted.mapped("amount")) - self.amount_total, 0.0)
        excess, noted = self.currency_id.round(excess), self.proforma_overpayment
        if not self.currency_id.compare_amounts(excess, noted):
            return
        self.proforma_overpayment = excess
        if noted:
            self._proforma_withdraw_activity(
                lambda order: order._get_proforma_overpayment_texts(noted)
            )
        if excess:
            self._proforma_schedule_activity(
                lambda order: order._get_proforma_overpayment_texts(excess)
            )

    def _get_proforma_overpayment_texts(self, amount):
        """Return summary and note of the activity about an overpayment, in the
        environment's language.

        :rtype: tuple[str, str]
        """
        values = {"order": self.name, "amount": self._format_proforma_amount(amount)}
        return (
            self.env._(
                "%(order)s: the customer has paid %(amount)s more than it costs now",
                **values,
            ),
            self.env._(
                "%(amount)s too much was paid or invoiced in deposits. Refund a"
                " deposit, or settle it with the final invoice.",
                amount=values["amount"],
            ),
        )

    def _proforma_withdraw_activity(self, get_texts):
        """Delete an open to-do that `_proforma_schedule_activity` planned: it no longer
        holds.

        :param callable get_texts: What it was planned with.
        """
        self.ensure_one()
        for activity in self.activity_ids:
            localized = self.with_context(lang=activity.user_id.lang)
            if activity.summary == get_texts(localized)[0]:
                activity.unlink()

    # === BUSINESS METHODS - INVOICES === #

    def _get_proforma_sales_invoices(self):
        """Return the posted invoices and credit notes of the order.

        :rtype: account.move
        """
        self.ensure_one()
        return self.sudo().invoice_ids.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type in ("out_invoice", "out_refund")
            )
        )

    def _get_proforma_invoiced_amount(self):
        """Return what is invoiced of the order, deposits included, credit notes
        deducted; with taxes, in the currency of the order.

        :rtype: float
        """
        self.ensure_one()
        return self.currency_id.round(
            sum(
                self._get_proforma_part_of_invoice(move)
                for move in self._get_proforma_sales_invoices()
            )
        )

    def _get_proforma_part_of_invoice(self, move):
        """Return what an invoice asks for this order: it may be one of several orders.

        :param account.move move: An invoice, or a credit note, which is negative.
        :return: With taxes, in the currency of the order.
        :rtype: float
        """
        if move.line_ids.sale_line_ids.order_id <= self:
            return -move.direction_sign * move.amount_total
        amounts = move._get_proforma_amounts(self.currency_id)
        return self._get_proforma_total(
            values
            for line, values in amounts.items()
            if line.sale_line_ids.order_id == self
        )

    def _get_proforma_open_invoices(self):
        """Return the posted invoices of the order that are no deposit invoices and not
        paid yet.

        :rtype: account.move
        """
        self.ensure_one()
        return self._get_proforma_sales_invoices().filtered(
            lambda move: (
                move.move_type == "out_invoice"
                and not move.proforma_deposit_ids
                and move.payment_state in ("not_paid", "partial")
            )
        )

    def _proforma_settle_by_invoices(self):
        """Note that the open deposits are paid once all of the order is invoiced and
        nothing of it is left to pay.
        """
        for order in self.sudo().filtered(lambda o: o.proforma_state == "accepted"):
            left = order.amount_total - order._get_proforma_invoiced_amount()
            invoices = order._get_proforma_sales_invoices()
            is_open = any(
                move.payment_state in ("not_paid", "partial")
                for move in invoices
                if move.move_type == "out_invoice"
            )
            if order.currency_id.compare_amounts(left, 0) <= 0 and not is_open:
                order.proforma_deposit_ids._get_open()._set_paid()

    def _get_proforma_blocking_deposits(self):
        """Return the deposits without which nothing may be delivered.

        :rtype: proforma.deposit
        """
        return self.sudo().proforma_deposit_ids.filtered(
            lambda d: d.before_delivery and d.state in DEPOSIT_OPEN_STATES
        )
