from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class ProformaPortalMixin(models.AbstractModel):
    """What the portal shows of a pro forma and checks before a payment."""

    _name = "proforma.portal.mixin"
    _description = "Pro Forma Portal"

    # === BUSINESS METHODS - STATUS === #

    def _get_proforma_status(self):
        """Return how the pro forma stands, in words for the customer.

        :return: `key` (the state, or `expiring`), `label`, `sentence` and `tone` (a
            Bootstrap colour).
        :rtype: dict[str, str]
        """
        self.ensure_one()
        key = "expiring" if self.proforma_expiring else self.proforma_state
        if key == "issued" and self._is_proforma_past_deadline():
            key = "expired"
        label, sentence, tone = self._get_proforma_status_texts()[key]
        return {"key": key, "label": label, "sentence": sentence, "tone": tone}

    def _get_proforma_status_texts(self):
        """Return label, sentence and tone of each status.

        :rtype: dict[str, tuple[str, str, str]]
        """
        _ = self.env._
        until = format_date(self.env, self.proforma_version_id.valid_until)
        return {
            "none": (_("Quotation"), "", "secondary"),
            "issued": (
                _("Issued"),
                _("Valid until %(day)s (%(left)s)", day=until, left=self._get_days_left()),
                "info",
            ),
            "expiring": (
                _("Expiring soon"),
                _("Valid until %(day)s (%(left)s)", day=until, left=self._get_days_left()),
                "warning",
            ),
            "revising": (
                _("In revision"),
                _("We are preparing a new version for you."),
                "primary",
            ),
            "accepted": (
                _("Accepted"),
                _("Your order %(order)s is confirmed.", order=self.name),
                "success",
            ),
            "declined": (_("Declined"), _("You declined this pro forma."), "danger"),
            "expired": (
                _("Expired"),
                _("It was valid until %(day)s. Ask us to renew it.", day=until),
                "secondary",
            ),
            "cancelled": (_("Cancelled"), _("This pro forma was cancelled."), "danger"),
        }

    def _get_days_left(self):
        """Return the days of validity that are left, in words.

        The last day counts: "last day today" is shown until its end.
        """
        self.ensure_one()
        today = self.company_id._get_proforma_today()
        days = (self.proforma_version_id.valid_until - today).days
        if days <= 0:
            return self.env._("last day today")
        if days == 1:
            return self.env._("1 day left")
        return self.env._("%(days)s days left", days=days)

    # === BUSINESS METHODS - PAYMENT === #

    def _proforma_check_payment(self, amount):
        """Check a payment that the customer is about to make; the row is locked.

        Note: `self.ensure_one()`, in sudo mode.

        :param float amount: What the browser wants to pay; it must be the deposit.
        :return: The deposit to pay.
        :rtype: proforma.deposit
        :raise ValidationError: If nothing may be paid now or the amount is another.
        """
        self._proforma_lock()
        deposit = self._get_proforma_due_deposit()
        message = self._proforma_acceptance_error_message()
        if not message and not self.signature:
            message = self.env._("Sign the pro forma before you pay its deposit.")
        if not message and not deposit:
            message = self.env._("There is no deposit to pay.")
        if not message and self._has_proforma_payment_under_way(deposit):
            message = self.env._("A payment of this deposit is being processed already.")
        if not message and self._is_other_amount(amount, deposit):
            message = self.env._("The amount is not the amount of the deposit.")
        if message:
            raise ValidationError(message)
        return deposit

    def _has_proforma_payment_under_way(self, deposit):
        """Return whether a payment of the deposit waits for its provider or is done."""
        return bool(
            deposit.sudo().transaction_ids.filtered(
                lambda tx: tx.state in ("pending", "authorized", "done")
            )
        )

    def _is_other_amount(self, amount, deposit):
        """Return whether an amount from a browser differs from the deposit's."""
        try:
            return bool(self.currency_id.compare_amounts(float(amount), deposit.amount))
        except (TypeError, ValueError, OverflowError):
            return True
