from markupsafe import Markup

from odoo import models


class SaleOrder(models.Model):
    """What a cancelled order leaves to do: deposits to give back or to keep."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - CANCELLATION === #

    def _proforma_report_deposits_to_settle(self):
        """Tell who looks after each cancelled order, in one activity, what was paid or
        invoiced. Nothing of it is given back by itself.
        """
        for order in self.sudo():
            if order._get_proforma_deposits_to_settle():
                order._proforma_schedule_activity(
                    lambda localized: (
                        localized.env._(
                            "%(order)s is cancelled: settle its deposits",
                            order=localized.name,
                        ),
                        localized._get_proforma_settlement_note(),
                    )
                )

    def _get_proforma_deposits_to_settle(self):
        """Return the deposits that are paid, or asked for by a posted invoice.

        :rtype: proforma.deposit
        """
        self.ensure_one()
        return self.proforma_deposit_ids.filtered(
            lambda d: (
                d.state == "paid"
                or (
                    d.state == "cancelled"
                    and d.invoice_id.state == "posted"
                    and d.invoice_id.payment_state != "reversed"
                )
            )
        )

    def _get_proforma_settlement_note(self):
        """Return what to do with each deposit, in the environment's language.

        :rtype: Markup
        """
        deposits = self._get_proforma_deposits_to_settle()
        rows = [self._get_proforma_settlement_text(deposit) for deposit in deposits]
        if deposits.filtered(lambda d: d.state == "paid" and d._is_receipt_only()):
            rows.append(
                self.env._(
                    "Earnest money: keep it if the customer withdrew, pay it back"
                    " double if you withdrew, give it back if both agreed. Use the"
                    " button “Refund” of the deposit."
                )
            )
        return Markup().join(Markup("<p>%s</p>") % row for row in rows)

    def _get_proforma_settlement_text(self, deposit):
        """Return what to do with a deposit, as a sentence."""
        values = {
            "name": deposit.name,
            "amount": self._format_proforma_amount(deposit.amount),
        }
        invoice = deposit.invoice_id
        if deposit.state != "paid":
            return self.env._(
                "%(invoice)s of %(amount)s (%(name)s) is not paid: credit it, so that"
                " it is no longer asked for.",
                invoice=invoice.name,
                **values,
            )
        if deposit._is_receipt_only():
            return self.env._(
                "Earnest money of %(amount)s was paid (%(name)s).", **values
            )
        if invoice.state == "posted":
            return self.env._(
                "%(invoice)s of %(amount)s (%(name)s) is paid: refund it, unless it is"
                " owed all the same.",
                invoice=invoice.name,
                **values,
            )
        return self.env._(
            "%(amount)s (%(name)s) were paid with an invoice of the order: refund this"
            " one, unless it is owed all the same.",
            **values,
        )
