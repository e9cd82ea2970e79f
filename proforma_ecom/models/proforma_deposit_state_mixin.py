from odoo import models

from ..const import DEPOSIT_TRANSITIONS


class ProformaDepositStateMixin(models.AbstractModel):
    """The state machine of a deposit. Nothing else writes its `state`."""

    _name = "proforma.deposit.state.mixin"
    _description = "Pro Forma Deposit State"

    # === BUSINESS METHODS - STATE === #

    def _update_state(self, target, values=None):
        """Move the deposits that may move to the target state; the others stay.

        :param str target: A key of `DEPOSIT_TRANSITIONS`.
        :param dict values: Further values to write with the state.
        :return: The deposits that moved.
        :rtype: recordset of `proforma.deposit`
        """
        sources = DEPOSIT_TRANSITIONS[target]
        to_move = self.filtered(lambda deposit: deposit.state in sources)
        to_move.sudo().write({"state": target, **(values or {})})
        return to_move

    def _log_moves(self, kind):
        """Write one event of a kind for each deposit."""
        for deposit in self:
            deposit.order_id._proforma_log_event(kind, note=deposit.name)

    def _set_due(self, today):
        """Ask for the deposits; without a day they are due today.

        :param date today: The company's day.
        """
        planned = self.filtered(lambda deposit: deposit.state == "planned")
        undated = planned.filtered(lambda deposit: not deposit.due_date)
        moved = undated._update_state("due", {"due_date": today})
        moved |= (planned - undated)._update_state("due")
        moved._log_moves("deposit_due")
        return moved

    def _set_planned(self):
        """Wait for the day of due deposits again: it has moved. Then the customer is
        asked anew.
        """
        moved = self._update_state(
            "planned", {"asked_on": False, "reminded_from": False}
        )
        moved._restart_reminders()
        return moved

    def _set_paid(self):
        """Note that the deposits are paid. A paid deposit stays as it is.

        :return: The deposits that became paid now.
        :rtype: recordset of `proforma.deposit`
        """
        moved = self.browse()
        # What was given back is not paid by what happens to its invoice.
        payable = self.filtered(lambda deposit: deposit.state != "refunded")
        for company, deposits in payable.grouped("company_id").items():
            paid_on = company._get_proforma_today()
            moved |= deposits._update_state("paid", {"paid_on": paid_on})
        moved._log_moves("deposit_paid")
        moved._send_received_notice()
        return moved

    def _send_received_notice(self):
        """Thank for the deposits of which no other e-mail says that they are paid.

        An invoice that is made with the payment says so itself, as does a receipt; one
        that had been sent before, to ask for the money, is not sent again.
        """
        for deposit in self.sudo().filtered("invoice_id.is_move_sent"):
            deposit.order_id._proforma_send_notice("deposit_received", deposit)

    def _set_cancelled(self):
        """Cancel the deposits that nobody paid."""
        return self._update_state("cancelled")

    def _set_unpaid(self):
        """Ask again for paid deposits whose invoice or money is there no more; of a
        cancelled order nothing is asked for.
        """
        paid = self.filtered(lambda deposit: deposit.state == "paid")
        moved = paid._update_state("due", {"paid_on": False})
        for deposit in moved.sudo().filtered(lambda deposit: not deposit.due_date):
            deposit.due_date = deposit.company_id._get_proforma_today()
        for deposit in moved:
            deposit._remind_from(deposit.company_id._get_proforma_today())
        moved.filtered(lambda d: d.order_state == "cancelled")._set_cancelled()
        moved.order_id._proforma_rebalance_deposits()
        return moved

    def _set_refunded(self):
        """Note that the deposits are given back; the order asks for the rest anew."""
        moved = self._update_state("refunded")
        moved._log_moves("deposit_refunded")
        moved._replace_held()
        moved.order_id._proforma_rebalance_deposits()
        return moved

    def _set_credited(self):
        """Note that the invoices of the deposits are credited: what was paid is given
        back, what was not is no longer asked for in this way.
        """
        void = self._set_cancelled()
        void._replace_held()
        void.order_id._proforma_rebalance_deposits()
        return void | self._set_refunded()

    def _set_not_refunded(self):
        """Note that deposits which were given back are paid after all: their credit
        note was taken back.
        """
        refunded = self.filtered(lambda deposit: deposit.state == "refunded")
        moved = refunded._update_state("paid")
        moved._withdraw_replacements()
        moved.order_id._proforma_rebalance_deposits()
        return moved

    def _set_forfeited(self):
        """Note that earnest money is kept after the customer withdrew."""
        moved = self._update_state("forfeited")
        moved._log_moves("deposit_forfeited")
        return moved

    # === BUSINESS METHODS - HOLD === #

    def _replace_held(self):
        """Hold the deliveries of accepted orders until what had to be paid before them,
        and is given back or credited, is paid again: by deposits of their own, as the
        others may hold nothing.
        """
        for deposit in self.sudo().filtered("before_delivery"):
            order, currency = deposit.order_id, deposit.currency_id
            if order.proforma_state != "accepted":
                continue
            counted = order._get_proforma_counted_deposits()
            left = currency.round(order.amount_total - sum(counted.mapped("amount")))
            amount = min(deposit.amount, left)
            if currency.compare_amounts(amount, 0) > 0:
                order._proforma_add_rest(
                    amount, **deposit._prepare_replacement_vals(amount)
                )

    def _prepare_replacement_vals(self, amount):
        """Return the values of the deposit that asks again for this one. It has no day:
        the customer pays it when he wants his goods, and nobody urges him to.

        :param float amount: In the currency of the deposit.
        :rtype: dict
        """
        self.ensure_one()
        return {
            "name": self.name,
            "amount_type": "fixed",
            "fixed_amount": amount,
            "nature": self.nature,
            "invoice_on": self.invoice_on,
            "before_delivery": True,
            "replaces_id": self.id,
        }

    def _withdraw_replacements(self):
        """Ask no longer for what replaced the deposits, unless it is being paid."""
        replacing = (
            self.sudo()
            .order_id.proforma_deposit_ids._get_open()
            .filtered(
                lambda d: (
                    d.replaces_id in self
                    and not d.order_id._is_proforma_amount_fixed(d)
                )
            )
        )
        replacing._set_cancelled()
