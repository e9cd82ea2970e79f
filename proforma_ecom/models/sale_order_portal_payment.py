from datetime import date

from odoo import models
from odoo.exceptions import ValidationError

from ..reports.qr import qr_uri
from ..utils import decimal_text


class SaleOrder(models.Model):
    """What the customer may pay on the portal, checked before and shown after it."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - GUARDS === #

    def _proforma_check_payment(self, amount, version=None, deposit=None):
        """Check a payment that the customer is about to make; the row is locked.

        Note: `self.ensure_one()`, in sudo mode.

        :param float amount: What the browser wants to pay; it must be the deposit.
        :param proforma.version version: The version that the customer saw, if known.
        :param proforma.deposit deposit: What he wants to pay, as his browser says; what
            comes next if he named none, while an empty one is refused.
        :return: The deposit to pay.
        :rtype: proforma.deposit
        :raise ValidationError: If nothing may be paid now or the amount is another.
        """
        self._proforma_lock()
        if deposit is None:
            deposit = self._get_proforma_next_deposit()
        message = self._get_proforma_payment_error_message(deposit, version)
        if not message and self._is_other_amount(amount, deposit.amount):
            message = self.env._("The amount is not the amount of the deposit.")
        if message:
            raise ValidationError(message)
        return deposit

    def _get_proforma_payment_error_message(self, deposit, version=None):
        """Return why the customer cannot pay a deposit now, or False.

        Before the acceptance he pays what confirms the order, once he has signed;
        afterwards any deposit that is open, also ahead of its day.

        :param proforma.deposit deposit: May be empty.
        :param proforma.version version: The version that the customer saw, if known.
        :rtype: str|bool
        """
        self.ensure_one()
        if self.proforma_state != "accepted":
            if message := self._proforma_acceptance_error_message(version):
                return message
            if not self.signature:
                return self.env._("Sign the pro forma before you pay its deposit.")
        if not deposit or deposit.order_id != self:
            return self.env._("There is no deposit to pay.")
        if self.proforma_state != "accepted" and not deposit.needed_to_confirm:
            return self.env._("The order is confirmed with another deposit first.")
        if deposit._is_paid_in_part():
            return self.env._(
                "A part of this deposit is paid already. Pay what is left of its"
                " invoice instead: %(invoice)s",
                invoice=deposit.sudo().invoice_id.name,
            )
        return deposit._get_payment_error_message()

    # === BUSINESS METHODS - CHOICE === #

    def _get_proforma_next_deposit(self):
        """Return what the customer pays next: what confirms the order, then what is due
        the longest; empty if nothing is due.

        :rtype: proforma.deposit
        """
        self.ensure_one()
        if self.proforma_state != "accepted":
            return self._get_proforma_due_deposit()
        due = self.proforma_deposit_ids._get_open().filtered(lambda d: d.state == "due")
        return due.sorted(lambda d: (d.due_date, d.sequence))[:1]

    def _get_proforma_coming_deposit(self):
        """Return the deposit that the customer pays next, though it may not be due yet;
        empty if none is left, an invoice has taken over or the pro forma is closed.

        :rtype: proforma.deposit
        """
        self.ensure_one()
        if self.proforma_state not in ("issued", "accepted"):
            return self.proforma_deposit_ids.browse()
        deposit = (
            self._get_proforma_next_deposit()
            or (
                self.proforma_deposit_ids._get_open().sorted(
                    lambda d: (d.due_date or date.max, d.sequence)
                )[:1]
            )
        )
        return deposit.filtered(lambda d: not d._get_invoicing_error_message())

    def _get_proforma_payable_deposits(self):
        """Return the deposits that the customer may pay now, also ahead of their day.

        :rtype: proforma.deposit
        """
        self.ensure_one()
        return self.sudo().proforma_deposit_ids.filtered(
            lambda d: not self._get_proforma_payment_error_message(d)
        )

    def _get_proforma_payment_url(self, deposit):
        """Return the address where the customer pays a deposit, for an e-mail.

        :rtype: str
        """
        self.ensure_one()
        token = self.sudo()._portal_ensure_token()
        query = f"access_token={token}&deposit_id={deposit.id}"
        return f"{self.get_base_url()}/my/proformas/{self.id}/pay?{query}"

    def _get_proforma_mailed_deposit(self):
        """Return the deposit that the e-mail which is being written is about.

        :return: That of the context, else what is paid next, else any for a preview.
        :rtype: proforma.deposit
        """
        self.ensure_one()
        deposits = self.sudo().proforma_deposit_ids
        named = self._get_proforma_seen_deposit(
            self.env.context.get("proforma_deposit_id")
        )
        return named.sudo() or self._get_proforma_next_deposit() or deposits[:1]

    def _get_proforma_seen_deposit(self, deposit_id):
        """Return the deposit that the customer chose, as his browser says.

        :param int deposit_id: Anything; what is no deposit of this order is none.
        :rtype: proforma.deposit
        """
        self.ensure_one()
        return self.proforma_deposit_ids.filtered(lambda d: d.id == deposit_id)

    def _get_proforma_seen_version(self, version_id):
        """Return the version that the customer saw, as his browser says.

        :param int version_id: Anything; what is no version of this order counts as its
            first one, so that it is the current one only if there is no other.
        :rtype: proforma.version
        """
        self.ensure_one()
        versions = self.proforma_version_ids.sorted("version")
        return versions.filtered(lambda v: v.id == version_id) or versions[:1]

    def _has_proforma_payment_under_way(self):
        """Return whether the due deposit waits for its provider or has its money."""
        return self._get_proforma_next_deposit()._is_payment_under_way()

    def _get_proforma_shown_payment(self, deposit):
        """Return the payment whose state the page tells, if any.

        :param proforma.deposit deposit: What the customer has just paid, may be empty:
            then what he has to pay, or the open one whose payment is under way.
        :rtype: payment.transaction
        """
        self.ensure_one()
        if deposit:
            # What is paid says so itself.
            return deposit._get_open()._get_last_payment()
        if self.proforma_state != "accepted":
            return self._get_proforma_next_deposit()._get_last_payment()
        under_way = self.proforma_deposit_ids._get_open().filtered(
            lambda d: d._is_payment_under_way()
        )
        return under_way[:1]._get_last_payment()

    def _is_other_amount(self, amount, expected):
        """Return whether an amount from a browser differs from what is to be paid."""
        try:
            return bool(self.currency_id.compare_amounts(float(amount), expected))
        except (TypeError, ValueError, OverflowError):
            return True

    # === BUSINESS METHODS - SCHEDULE === #

    def _prepare_proforma_schedule_values(self):
        """Return what the page shows of the instalments.

        :return: `rows` (see `proforma.deposit._prepare_portal_row`), `next` (the row
            that is to be paid now, or None), `paid`, `total`, `percent` (0-100, whole),
            `invoices`, which have taken over what is left, and `sent` (see
            `_get_proforma_sent_instalments`), shown instead of the rows.
        :rtype: dict
        """
        self.ensure_one()
        deposits = self.proforma_deposit_ids.sorted(lambda d: (d.sequence, d.id))
        is_accepted = self.proforma_state == "accepted"
        payable = self._get_proforma_payable_deposits() if is_accepted else ()
        rows = [deposit._prepare_portal_row(payable) for deposit in deposits]
        coming = self._get_proforma_next_deposit() if is_accepted else None
        is_next = (r for r in rows if r["deposit"] == coming)
        next_row = next(is_next, {"action": ""})
        counted = self._get_proforma_counted_deposits()
        paid = self.currency_id.round(sum(d._get_paid_amount() for d in counted))
        total = self.currency_id.round(sum(counted.mapped("amount")))
        invoices = self._get_proforma_open_invoices()
        return {
            "rows": rows,
            "next": next_row if next_row["action"] in ("pay", "rest") else None,
            "paid": paid,
            "total": total,
            "percent": int(100 * paid / total) if total else 0,
            "invoices": invoices if is_accepted else invoices.browse(),
            "sent": [] if paid else self._get_proforma_sent_instalments(),
        }

    def _get_proforma_sent_instalments(self):
        """Return the instalments of the current version, if those of the order are
        others by now: what we are still writing is nobody's business.

        :return: As the snapshot has them, see `proforma.snapshot`.
        :rtype: list[dict]
        """
        self.ensure_one()
        if self.proforma_state not in ("revising", "declined", "expired"):
            return []
        sent = self.proforma_version_id._get_document()["deposits"]
        digits = self.currency_id.decimal_places
        deposits = self._get_proforma_printed_deposits()
        now = [decimal_text(deposit.amount, digits) for deposit in deposits]
        return sent if now != [row["amount"] for row in sent] else []

    def _get_proforma_progress_text(self, paid, total):
        """Return how much of an amount is paid, in words.

        :rtype: str
        """
        return self.env._(
            "Paid %(paid)s of %(total)s",
            paid=self._format_proforma_amount(paid),
            total=self._format_proforma_amount(total),
        )

    def _prepare_proforma_transfer_values(self, payment_qr):
        """Return how the next deposit is paid by transfer: what was printed asks for
        the first one.

        :param str payment_qr: The code that was printed; "" if there is none.
        :return: Nothing before the acceptance, or if nothing is due.
        :rtype: dict
        """
        self.ensure_one()
        deposit = self._get_proforma_next_deposit()
        if self.proforma_state != "accepted" or not deposit:
            return {}
        reference = deposit._get_printed_reference() or self.proforma_number
        code = payment_qr and self.env["proforma.snapshot"]._get_transfer_code(
            self, reference, deposit._get_left_amount()
        )
        return {"transfer_reference": reference, "payment_qr": qr_uri(code)}

    # === BUSINESS METHODS - CORE'S HOOKS === #

    def _get_default_payment_link_values(self):
        """Override of `sale`: the link of a pro forma asks for its next deposit."""
        values = super()._get_default_payment_link_values()
        if self.proforma_state != "none":
            amount = self.sudo()._get_proforma_coming_deposit().amount
            values.update({"amount": amount, "amount_max": amount})
        return values
