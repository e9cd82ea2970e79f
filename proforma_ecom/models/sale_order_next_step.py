from odoo import models
from odoo.tools import format_date

from ..utils import today_in


class SaleOrder(models.Model):
    """What the customer reads once his order is confirmed."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _get_proforma_next_steps(self):
        """Return what happens next, in the order in which it does. Extension point.

        :return: Sentences, texts or markup.
        :rtype: list[str]
        """
        self.ensure_one()
        return [
            sentence
            for sentence in (
                self._get_proforma_paid_step(),
                self._get_proforma_payment_step(),
                self._get_proforma_delivery_step(),
            )
            if sentence
        ]

    def _get_proforma_paid_step(self):
        """Return what became of the money that confirmed the order, or ""."""
        deposits = self.proforma_deposit_ids.filtered(
            lambda deposit: deposit.needed_to_confirm and deposit.state == "paid"
        )
        if not deposits:
            return ""
        values = {"amount": self._get_bold_amount(sum(deposits.mapped("amount")))}
        if all(deposit._is_receipt_only() for deposit in deposits):
            return self.env._(
                "We received your payment of %(amount)s. Its receipt is among the"
                " documents.",
                **values,
            )
        return self.env._(
            "We received your payment of %(amount)s. Its invoice is among the"
            " documents.",
            **values,
        )

    def _get_proforma_payment_step(self):
        """Return what is paid next, and when."""
        coming = self._get_proforma_coming_deposit()
        if not coming:
            return self.env._("Nothing is to be paid now. Our invoice follows.")
        when = coming._get_portal_when_text()
        return self.env._(
            "Next payment: %(amount)s, %(label)s. %(when)s.",
            amount=self._get_bold_amount(coming.amount),
            label=coming.name,
            when=when or coming._get_portal_state()["label"],
        )

    def _get_proforma_delivery_step(self):
        """Return when it is delivered, as far as that is known; "" if there is nothing
        to deliver.
        """
        if self.commitment_date:
            day = today_in(self.company_id._get_proforma_tz(), self.commitment_date)
            return self.env._("Delivery: %(day)s.", day=format_date(self.env, day))
        if self.proforma_delivery_time:
            return self.env._(
                "Delivery time: %(time)s.", time=self.proforma_delivery_time
            )
        if any(line.product_id.type == "consu" for line in self.order_line):
            return self.env._("We will tell you the day of the delivery.")
        return ""
