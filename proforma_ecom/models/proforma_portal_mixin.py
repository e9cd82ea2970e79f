from markupsafe import Markup

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import format_amount, format_date


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
        until = format_date(self.env, self.proforma_version_id.valid_until)
        return {
            "none": (self.env._("Quotation"), "", "secondary"),
            "issued": (
                self.env._("Issued"),
                self.env._(
                    "Valid until %(day)s (%(left)s)",
                    day=until,
                    left=self._get_days_left(),
                ),
                "info",
            ),
            "expiring": (
                self.env._("Expiring soon"),
                self.env._(
                    "Valid until %(day)s (%(left)s)",
                    day=until,
                    left=self._get_days_left(),
                ),
                "warning",
            ),
            "revising": (
                self.env._("In revision"),
                self.env._("We are preparing a new version for you."),
                "primary",
            ),
            "accepted": (
                self.env._("Accepted"),
                self.env._("Your order %(order)s is confirmed.", order=self.name),
                "success",
            ),
            "declined": (
                self.env._("Declined"),
                self.env._("You declined this pro forma."),
                "danger",
            ),
            "expired": (
                self.env._("Expired"),
                self.env._(
                    "It was valid until %(day)s. Ask us to renew it.", day=until
                ),
                "secondary",
            ),
            "cancelled": (
                self.env._("Cancelled"),
                self.env._("This pro forma was cancelled."),
                "danger",
            ),
        }

    def _get_days_left(self):
        """Return the days of validity that are left, in words.

        The last day counts: "last day today" is shown until its end. The grace that
        may follow is no part of the document and shown without a promise.
        """
        self.ensure_one()
        today = self.company_id._get_proforma_today()
        days = (self.proforma_version_id.valid_until - today).days
        if days < 0:
            return self.env._("accept it right away")
        if days == 0:
            return self.env._("last day today")
        if days == 1:
            return self.env._("1 day left")
        return self.env._("%(days)s days left", days=days)

    def _has_proforma_discussion(self):
        """Return whether something was said that the page may show."""
        self.ensure_one()
        return bool(
            self.website_message_ids.filtered(
                lambda message: (
                    message.message_type in ("comment", "email")
                    and not message.is_internal
                    and not message.subtype_id.internal
                )
            )
        )

    def _get_proforma_sent_text(self):
        """Return where the pro forma that was just issued is sent to, as markup.

        :rtype: Markup
        """
        self.ensure_one()
        email = self.partner_id.email or self.partner_invoice_id.email
        return self.env._(
            "Your pro forma is ready. We are sending it to %(email)s.",
            email=self._get_bold(email),
        )

    def _get_proforma_sign_text(self):
        """Return what the customer declares by signing, as markup.

        :rtype: Markup
        """
        self.ensure_one()
        values = {
            "version": self._get_bold(self.proforma_version_id.name),
            "total": self._get_bold_amount(self.proforma_version_id.amount_total),
            "customer": self._get_bold(self.partner_id.commercial_partner_id.name),
        }
        if deposit := self._get_proforma_due_deposit():
            return self.env._(
                "By signing you accept %(version)s of %(total)s on behalf of"
                " %(customer)s. You then pay the deposit of %(deposit)s; the order is"
                " confirmed with it.",
                deposit=self._get_bold_amount(deposit.amount),
                **values,
            )
        return self.env._(
            "By signing you accept %(version)s of %(total)s on behalf of %(customer)s."
            " The order is confirmed with your signature.",
            **values,
        )

    def _get_proforma_pay_text(self):
        """Return what the deposit is for, as markup.

        :rtype: Markup
        """
        self.ensure_one()
        return self.env._(
            "Signed by %(name)s. With the deposit of %(deposit)s your order of"
            " %(total)s is confirmed.",
            name=self._get_bold(self.signed_by),
            deposit=self._get_bold_amount(self._get_proforma_due_deposit().amount),
            total=self._get_bold_amount(self.proforma_version_id.amount_total),
        )

    def _get_bold_amount(self, amount):
        """Return an amount of the order's currency in bold."""
        return self._get_bold(format_amount(self.env, amount, self.currency_id))

    def _get_bold(self, text):
        """Return a text, escaped, in bold."""
        return Markup("<strong>%s</strong>") % (text or "")

    # === BUSINESS METHODS - PAYMENT === #

    def _proforma_check_payment(self, amount, version=None, deposit=None):
        """Check a payment that the customer is about to make; the row is locked.

        Note: `self.ensure_one()`, in sudo mode.

        :param float amount: What the browser wants to pay; it must be the deposit.
        :param proforma.version version: The version that the customer saw, if known.
        :param proforma.deposit deposit: What he wants to pay, as his browser says; by
            default what comes next.
        :return: The deposit to pay.
        :rtype: proforma.deposit
        :raise ValidationError: If nothing may be paid now or the amount is another.
        """
        self._proforma_lock()
        deposit = deposit or self._get_proforma_next_deposit()
        message = self._get_proforma_payment_error_message(deposit, version)
        if not message and self._is_other_amount(amount, deposit):
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
        return deposit._get_payment_error_message()

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
        transaction = self._get_proforma_last_payment()
        return transaction.state in ("pending", "authorized", "done")

    def _get_proforma_last_payment(self):
        """Return the payment of the next deposit that tells how it stands, if any.

        :rtype: payment.transaction
        """
        return self._get_proforma_next_deposit()._get_last_payment()

    def _is_other_amount(self, amount, deposit):
        """Return whether an amount from a browser differs from the deposit's."""
        try:
            return bool(self.currency_id.compare_amounts(float(amount), deposit.amount))
        except (TypeError, ValueError, OverflowError):
            return True
