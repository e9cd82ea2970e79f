from markupsafe import Markup

from odoo import models
from odoo.tools import format_amount, format_date


class SaleOrder(models.Model):
    """What the portal says of a pro forma."""

    _inherit = "sale.order"

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
                self._get_proforma_issued_text(until),
                "info",
            ),
            "expiring": (
                self.env._("Expiring soon"),
                self._get_proforma_issued_text(until),
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
                self.env._("It was valid until %(day)s.", day=until)
                if self._has_proforma_event("renewal_asked")
                else self.env._(
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
        if not self._is_proforma_being_sent():
            return self.env._("Your pro forma is ready.")
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
            "customer": self._get_bold(self._get_proforma_buyer_name()),
        }
        if deposit := self._get_proforma_due_deposit():
            text = self.env._(
                "By signing you accept %(version)s of %(total)s on behalf of"
                " %(customer)s. You then pay the deposit of %(deposit)s; the order is"
                " confirmed with it.",
                deposit=self._get_bold_amount(deposit.amount),
                **values,
            )
            return Markup(" ").join([text, *self._get_proforma_forfeit_texts(deposit)])
        return self.env._(
            "By signing you accept %(version)s of %(total)s on behalf of %(customer)s."
            " The order is confirmed with your signature.",
            **values,
        )

    def _get_proforma_forfeit_texts(self, deposit):
        """Return what the customer has to know of a deposit that he may lose, as by
        the French consumer code, article L. 214-1. The terms say the rest.

        :param proforma.deposit deposit: What he is about to pay.
        :return: One sentence, or none.
        :rtype: list[str]
        """
        if deposit.nature != "arrhes":
            return []
        return [
            self.env._(
                "This deposit is earnest money: you lose it if you give up the order."
                " Your right of withdrawal, if you have one, is not touched by it."
            )
        ]

    def _get_proforma_buyer_name(self):
        """Return for whom is bought: the company that the customer typed, as the
        document says it, or the one that he belongs to. Another one may get the
        invoice.

        :rtype: str
        """
        self.ensure_one()
        version_sudo = self.sudo().proforma_version_id
        customer = version_sudo._get_document()["customer"] if version_sudo else {}
        typed = customer.get("organization")
        return typed or self.partner_id.commercial_partner_id.name or ""

    def _get_proforma_issued_text(self, until):
        """Return how long the pro forma is open, and that it is signed if it is.

        :param str until: The last day of validity.
        :rtype: str
        """
        self.ensure_one()
        values = {"day": until, "left": self._get_days_left()}
        if self.signed_by:
            return self.env._(
                "Signed by %(name)s; the payment confirms the order. Valid until"
                " %(day)s (%(left)s)",
                name=self.signed_by,
                **values,
            )
        return self.env._("Valid until %(day)s (%(left)s)", **values)

    def _get_proforma_pay_text(self, deposit):
        """Return what a deposit is for, as markup.

        :param proforma.deposit deposit: What the customer is about to pay.
        :rtype: Markup
        """
        self.ensure_one()
        amount = self._get_bold_amount(deposit.amount)
        if self.proforma_state == "accepted":
            return self.env._(
                "You pay %(amount)s of your order %(order)s: %(label)s.",
                amount=amount,
                order=self._get_bold(self.name),
                label=deposit.name,
            )
        return self.env._(
            "Signed by %(name)s. The deposit of %(deposit)s confirms your order of"
            " %(total)s.",
            name=self._get_bold(self.signed_by),
            deposit=amount,
            total=self._get_bold_amount(self.proforma_version_id.amount_total),
        )

    def _get_proforma_received_text(self, deposit):
        """Return the thanks for a deposit that is paid, as markup.

        :rtype: Markup
        """
        self.ensure_one()
        return self.env._(
            "Thank you. We received your payment of %(amount)s.",
            amount=self._get_bold_amount(deposit.amount),
        )

    def _get_bold_amount(self, amount):
        """Return an amount of the order's currency in bold."""
        return self._get_bold(format_amount(self.env, amount, self.currency_id))

    def _get_bold(self, text):
        """Return a text, escaped, in bold."""
        return Markup("<strong>%s</strong>") % (text or "")
