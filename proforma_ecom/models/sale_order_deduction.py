from odoo import models

from ..utils import add_amounts, scale_amounts


class SaleOrder(models.Model):
    """The invoices of a pro forma deduct its deposits, to the cent.

    The deposits are the lines of deposit invoices; they are deducted by lines with a
    negative quantity that core links to the same down payment line of the order. What
    is undeducted is the sum of all those lines, so that an invoice that is deleted,
    cancelled or credited gives back what it deducted.
    """

    _inherit = "sale.order"

    # === BUSINESS METHODS - CORE'S HOOKS === #

    def _get_invoiceable_lines(self, final=False):
        """Override of `sale`: while something is left to invoice, deposits alone are
        no invoice; core would credit them.
        """
        lines = super()._get_invoiceable_lines(final)
        if not final or self.proforma_state == "none":
            return lines
        has_own = any(not (line.is_downpayment or line.display_type) for line in lines)
        if has_own or self._is_proforma_invoiced():
            return lines
        return lines.filtered(lambda line: not line.is_downpayment)

    def _create_account_invoices(self, invoice_vals_list, final):
        """Override of `sale`: core deducts every deposit completely; correct that
        before it turns an invoice below zero into a credit note.
        """
        moves = super()._create_account_invoices(invoice_vals_list, final)
        proformas = self.filtered(lambda order: order.proforma_state != "none")
        for order in proformas.sudo() if final else ():
            for move in moves.sudo() & order.order_line.invoice_lines.move_id:
                order._proforma_take_remainders(move)
                order._proforma_deduct_deposits(move)
        return moves

    # === BUSINESS METHODS - DEDUCTION === #

    def _get_proforma_deduction(self):
        """Return when the deposits are deducted.

        :return: A key of `DEPOSIT_DEDUCTIONS`.
        :rtype: str
        """
        self.ensure_one()
        return self.sudo().proforma_deposit_plan_id.deduction or "first"

    def _proforma_deduct_deposits(self, move):
        """Let a draft invoice deduct as much of the deposits as it should.

        Note: `self.ensure_one()`, in sudo mode.

        :param account.move move: With a line for each deposit that is not deducted
            completely, as core makes them.
        """
        lines = move.invoice_line_ids.filtered(
            lambda line: line.is_downpayment and line.sale_line_ids.order_id == self
        )
        if not lines:
            return
        invoiced = self._get_proforma_invoiced_amounts()
        undeducted = {}
        for line in lines:
            others = line.sale_line_ids.invoice_lines - line
            left = add_amounts(invoiced[o] for o in others if o in invoiced)
            undeducted[line] = scale_amounts(left, 1, self.currency_id.round)
        total = self._get_proforma_deducted_total(
            move, invoiced, self._get_proforma_total(undeducted.values())
        )
        deductions = self._split_proforma_deduction(undeducted, total)
        round_amount = self.currency_id.round
        if any(
            invoiced[line] != scale_amounts(amounts, -1, round_amount)
            for line, amounts in deductions.items()
        ):
            move._proforma_set_deductions(deductions)

    def _get_proforma_deducted_total(self, move, invoiced, undeducted):
        """Return how much of the deposits a draft invoice deducts.

        :param account.move move: The draft invoice.
        :param dict invoiced: See `_get_proforma_invoiced_amounts`.
        :param float undeducted: Deposits that no other invoice deducts.
        :return: In the order's currency, taxes included; negative only where deposits
            were credited after they had been deducted: they are charged then.
        :rtype: float
        """
        own_lines = [line for line in invoiced if not line.is_downpayment]
        own = [invoiced[line] for line in own_lines if line.move_id == move]
        if not own or self.currency_id.compare_amounts(undeducted, 0) <= 0:
            return undeducted
        own = self._get_proforma_total(own)
        done = self._get_proforma_total(invoiced[line] for line in own_lines)
        rest = 0.0 if self._is_proforma_invoiced() else max(self.amount_total - done, 0)
        deposits = self._get_proforma_total(
            amounts
            for line, amounts in invoiced.items()
            if line.is_downpayment and line.quantity > 0
        )
        # The later invoices can deduct no more than they amount to.
        least = undeducted - rest
        wanted = {
            "first": own,
            "proportional": undeducted - deposits * rest / (done + rest or 1.0),
            "last": least,
        }[self._get_proforma_deduction()]
        wanted = min(max(wanted, least), own, undeducted)
        return self.currency_id.round(max(wanted, 0.0))

    def _split_proforma_deduction(self, undeducted, total):
        """Deduct the same share of each deposit, of its base and of each tax.

        :param dict undeducted: Amounts by line of the draft invoice.
        :param float total: How much is deducted, taxes included.
        :return: Amounts by line; they add up to the total.
        :rtype: dict[account.move.line, dict]
        """
        currency = self.currency_id
        whole = self._get_proforma_total(undeducted.values())
        if not currency.compare_amounts(total, whole):
            return undeducted
        split = {
            line: scale_amounts(amounts, total / whole, currency.round)
            for line, amounts in undeducted.items()
        }
        delta = currency.round(total - self._get_proforma_total(split.values()))
        largest = max(split, key=lambda line: abs(split[line]["base",]))
        split[largest] = {
            key: currency.round(amount + delta) if key[0] != "tax" else amount
            for key, amount in split[largest].items()
        }
        return split

    # === HELPERS === #

    def _get_proforma_invoiced_amounts(self):
        """Return what was invoiced, credit notes being negative, drafts included.

        A discount for early payment that lowers the tax at once has lines of its own;
        on an invoice of several orders they cannot be told apart.

        :return: Amounts by invoice line, see `_get_proforma_amounts` of `account.move`.
        :rtype: dict[account.move.line, dict]
        """
        self.ensure_one()
        lines = self.order_line.invoice_lines
        amounts = {}
        for move in lines.move_id.filtered(lambda move: move.state != "cancel"):
            amounts |= move._get_proforma_amounts(self.currency_id)
            if move.line_ids.sale_line_ids.order_id == self:
                lines |= move.line_ids.filtered(lambda li: li.display_type == "epd")
        return {line: amounts[line] for line in lines if line in amounts}

    def _get_proforma_total(self, amounts):
        """Return the sum of amounts, taxes included, but those of a reverse charge.

        :param amounts: Iterable of amounts, see `_get_proforma_amounts`.
        :rtype: float
        """
        total = add_amounts(amounts)
        ids = [key[1] for key in total if key[0] == "tax"]
        taxes = self.env["account.tax"].browse(ids)
        charged = taxes.filtered(lambda tax: not tax.has_negative_factor)
        return self.currency_id.round(
            total.get(("base",), 0.0) + sum(total["tax", tax.id] for tax in charged)
        )

    def _is_proforma_invoiced(self):
        """Return whether all that was ordered is on an invoice, drafts included."""
        self.ensure_one()
        return all(
            line._get_proforma_qty_left() * line.product_uom_qty <= 0
            for line in self.order_line
            if not (line.is_downpayment or line.display_type)
        )
