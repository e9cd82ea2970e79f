from odoo import models
from odoo.tools import format_date

from ..const import DEPOSIT_OPEN_STATES

# State -> colour of Bootstrap; the word stands beside it.
STATE_TONES = {
    "planned": "secondary",
    "due": "info",
    "overdue": "warning",
    "paid": "success",
    "refunded": "secondary",
    "forfeited": "secondary",
    "cancelled": "secondary",
}


class ProformaDepositPortalMixin(models.AbstractModel):
    """What the portal says of a deposit."""

    _name = "proforma.deposit.portal.mixin"
    _description = "Pro Forma Deposit Portal"

    # === BUSINESS METHODS - WORDS === #

    def _get_portal_state(self):
        """Return how the deposit stands, in one word and one colour.

        :return: `key` (the state, or `overdue`), `label` and `tone` (of Bootstrap).
        :rtype: dict[str, str]
        """
        self.ensure_one()
        if self.is_overdue:
            key, label = "overdue", self.env._("Overdue")
        else:
            key = "cancelled" if self._is_void_on_portal() else self.state
            label = self._get_label("state", key)
        return {"key": key, "label": label, "tone": STATE_TONES[key]}

    def _get_portal_when_text(self):
        """Return when the deposit is, or was, paid, in words for the customer.

        :return: "" if there is no more to say than its state.
        :rtype: str
        """
        self.ensure_one()
        if self.state == "paid":
            return self._get_paid_text()
        if self.state not in DEPOSIT_OPEN_STATES or self._is_void_on_portal():
            return ""
        if not self.due_date:
            return self._get_when_text(self._get_label("trigger"))
        today = self.company_id._get_proforma_today()
        day = format_date(self.env, self.due_date)
        if self.due_date == today:
            return self.env._("Due today")
        if self.due_date < today:
            return self.env._("Was due on %(day)s", day=day)
        return self.env._("Due on %(day)s", day=day)

    def _is_void_on_portal(self):
        """Return whether the customer has declined what the deposit is for; a new
        version may ask for it again.
        """
        self.ensure_one()
        is_declined = self.order_id.proforma_state == "declined"
        return is_declined and self.state == "planned"

    def _get_paid_text(self):
        """Return when the deposit was paid, in words."""
        if not self.paid_on:
            return ""
        day = format_date(self.env, self.paid_on)
        if self.due_date and self.paid_on < self.due_date:
            return self.env._("Paid on %(day)s, ahead of its day", day=day)
        return self.env._("Paid on %(day)s", day=day)

    def _get_label(self, fname, value=None):
        """Return the label of a value of a selection, of its own one by default, in
        the user's language.
        """
        labels = dict(self._fields[fname]._description_selection(self.env))
        return labels.get(value or self[fname], "")

    def _get_scan_text(self):
        """Return what the code of the transfer is for."""
        self.ensure_one()
        return self.env._(
            "Scan to pay %(amount)s by transfer",
            amount=self.order_id._format_proforma_amount(self._get_left_amount()),
        )

    # === BUSINESS METHODS - PAYMENT === #

    def _is_payment_under_way(self):
        """Return whether the provider has a payment of it, or its money."""
        return self._get_last_payment().state in ("pending", "authorized", "done")

    def _get_paid_amount(self):
        """Return what is paid of the deposit, also of its invoice in part.

        :return: In the currency of the order; 0 if it was given back.
        :rtype: float
        """
        self.ensure_one()
        if self.state in ("paid", "forfeited"):
            return self.amount
        invoice = self.sudo().invoice_id
        if self.state not in DEPOSIT_OPEN_STATES or invoice.state != "posted":
            return 0.0
        paid = invoice.amount_total - invoice.amount_residual
        return self.currency_id.round(min(max(paid, 0.0), self.amount))

    def _get_left_amount(self):
        """Return what is left to pay of the deposit.

        :return: In the currency of the order.
        :rtype: float
        """
        self.ensure_one()
        return self.currency_id.round(self.amount - self._get_paid_amount())

    def _is_paid_in_part(self):
        """Return whether a part of its invoice is paid: only the rest is asked for."""
        self.ensure_one()
        return self.state in DEPOSIT_OPEN_STATES and self._get_paid_amount() > 0

    def _get_portal_action(self, payable):
        """Return what the customer may do with the deposit.

        :param proforma.deposit payable: What may be paid now.
        :return: `pay`, `ahead` (of its day), `rest` (what is left of its invoice),
            `wait` (a payment is under way) or "".
        :rtype: str
        """
        self.ensure_one()
        if self in payable:
            return "pay" if self.state == "due" else "ahead"
        is_open = self.state in DEPOSIT_OPEN_STATES
        if is_open and (self._is_payment_under_way() or self._is_payment_starting()):
            return "wait"
        return "rest" if self._is_paid_in_part() else ""

    def _prepare_portal_row(self, payable):
        """Return what the schedule of the page shows of the deposit.

        :param proforma.deposit payable: What may be paid now.
        :return: `deposit`, `share` (0-100), `when`, `state`, `action`, `left` (to pay),
            `paid` and `percent` (of one that is paid in part, else 0), `reference` and
            `invoice` (may be empty).
        :rtype: dict
        """
        self.ensure_one()
        is_open = self.state in DEPOSIT_OPEN_STATES
        paid = self._get_paid_amount() if is_open else 0.0
        invoice = self.sudo().invoice_id
        return {
            "deposit": self,
            "share": self._get_share(),
            "when": self._get_portal_when_text(),
            "state": self._get_portal_state(),
            "action": self._get_portal_action(payable),
            "left": self._get_left_amount(),
            "paid": paid,
            "percent": int(100 * paid / self.amount) if self.amount else 0,
            "reference": self._get_printed_reference() if is_open else "",
            "invoice": invoice.filtered(lambda move: move.state == "posted"),
        }
