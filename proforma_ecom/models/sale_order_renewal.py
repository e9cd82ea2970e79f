from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..const_context import CHECK_LATER
from ..reports.formatter import MINUS
from ..typed import typed_text
from ..utils import today_in


class SaleOrder(models.Model):
    """Renewing what has expired: at once where the rule of the company allows it."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _proforma_request_renewal(self, partner, message=None):
        """Renew an expired pro forma for the customer, or ask the salesperson to. Once
        a version.

        Note: `self.ensure_one()`, in sudo mode.

        :param res.partner partner: Who asks.
        :param str message: The customer's words, plain text, may be empty.
        :return: `renewed` if there is a new version, `renewal_asked` if somebody has
            to look at it.
        :rtype: str
        :raise UserError: If there is nothing to renew, or the words are too long.
        """
        self._proforma_lock()
        if self.proforma_state == "issued" and self._is_proforma_past_deadline():
            self._set_proforma_expired()
        if self.proforma_state == "issued" and self._has_proforma_event("renewed"):
            return "renewed"
        words = typed_text(message)
        if text := (
            self._proforma_renewal_error_message()
            or self._proforma_words_error_message(words)
        ):
            raise UserError(text)
        if self._has_proforma_event("renewal_asked"):
            return "renewal_asked"
        if words:
            self.with_context(
                proforma_is_answer=True  # It goes with the request, below.
            )._proforma_post_customer_message(words, partner)
        today = self.company_id._get_proforma_today()
        plan = self._prepare_proforma_renewal(today)
        if not plan["reason"] and self._try_proforma_renewal(plan, today):
            self._proforma_log_event("renewed", partner=partner)
            self._proforma_send_mail()
            return "renewed"
        self._proforma_log_event("renewal_asked", partner=partner)
        self._proforma_create_request(
            "renewal",
            get_texts=lambda order: order._get_proforma_renewal_texts(plan),
            partner_id=partner.id,
            message=words,
            amount_preview=plan["total"],
        )
        return "renewal_asked"

    def _proforma_renewal_error_message(self):
        """Return why there is nothing to renew, or False.

        :rtype: str|bool
        """
        self.ensure_one()
        if self.proforma_state == "expired":
            return False
        return self._proforma_acceptance_error_message() or self.env._(
            "%(name)s is still valid.", name=self.proforma_version_id.name
        )

    def _prepare_proforma_renewal(self, today):
        """Return what a renewal would change, and why it may not happen by itself.

        :param date today: The company's day.
        :return: `changes` and `reasons` (by line, see `sale_order_repricing`),
            `total` (the new one) and `reason` (a key of
            `_get_proforma_renewal_reason`, or False).
        :rtype: dict
        """
        self.ensure_one()
        changes = self._get_proforma_price_changes(today)
        total = self._get_proforma_total_with(changes, today)
        return {
            "changes": changes,
            "reasons": self._get_proforma_price_reasons(changes, today),
            "total": total,
            "reason": self._get_proforma_renewal_obstacle(changes, total),
        }

    def _get_proforma_renewal_obstacle(self, changes, total):
        """Return why the salesperson has to look at a renewal, or False.

        :param dict changes: See `_get_proforma_price_changes`.
        :param float total: The new one.
        :return: A key of `_get_proforma_renewal_reason`.
        :rtype: str|bool
        """
        self.ensure_one()
        if self.company_id.proforma_renewal_policy != "automatic":
            return "policy"
        deposits = self.proforma_deposit_ids
        if any(d.state == "paid" or d._has_money() for d in deposits):
            return "money"
        # The product of a delivery method is sold by the method only.
        lines = self.order_line.filtered(lambda line: not line._is_delivery())
        products = lines.product_id
        if products.filtered(lambda product: not (product.active and product.sale_ok)):
            return "product"
        if self._has_proforma_unclear_discount():
            return "discount"
        limit = self.company_id.proforma_renewal_limit
        change = abs(self._get_proforma_renewal_percent(total))
        is_within = change <= limit if limit else not (changes or change)
        return False if is_within else "limit"

    def _get_proforma_renewal_percent(self, total):
        """Return by how many percent a total differs from that of the version."""
        self.ensure_one()
        old = self.proforma_version_id.amount_total
        difference = self.currency_id.round(total - old)
        return difference / abs(old) * 100 if old else 100.0 * bool(difference)

    def _format_proforma_change(self, percent):
        """Return a change in percent (0-100) with its sign, in the language of the
        environment.

        :rtype: str
        """
        sign = MINUS if percent < 0 else "+"
        return sign + formatLang(self.env, abs(percent), digits=1)

    def _has_proforma_unclear_discount(self):
        """Return whether nobody can tell if a discount was agreed on or comes from a
        rule of the price list, which has changed since.
        """
        self.ensure_one()
        today = self.company_id._get_proforma_today()
        instant = self._get_proforma_price_instant(today)
        return any(
            line._has_proforma_manual_discount()
            and line._get_proforma_discount_at(instant)
            for line in self._get_proforma_new_prices(today)
        )

    def _try_proforma_renewal(self, plan, today):
        """Issue the renewed version; if it is refused, the plan says why.

        :param dict plan: See `_prepare_proforma_renewal`.
        :param date today: The company's day.
        :return: Whether there is a new version.
        :rtype: bool
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._proforma_renew(plan, today)
        except UserError as error:
            plan.update(reason="refused", error=str(error))
            return False
        return True

    def _proforma_renew(self, plan, today):
        """Issue a new version with the prices of today, valid for as many days as the
        last one was.

        :param dict plan: See `_prepare_proforma_renewal`.
        :param date today: The company's day.
        :raise UserError: If something is missing.
        """
        self.ensure_one()
        reasons = {str(line.id): reason for line, reason in plan["reasons"].items()}
        order = self.with_context(proforma_price_reasons=reasons)
        order._proforma_apply_renewal(plan, today)
        order._check_proforma_readiness()
        order._proforma_issue()

    def _proforma_apply_renewal(self, plan, today):
        """Give the order the prices of today and a last day as far away as before.

        Whoever calls it compares the order with its version, or issues a new one.

        :param dict plan: See `_prepare_proforma_renewal`.
        :param date today: The company's day.
        """
        self.ensure_one()
        self._proforma_apply_price_changes(plan["changes"], today)
        until = fields.Date.add(today, days=self._get_proforma_renewal_days())
        self.with_context(**{CHECK_LATER: True}).validity_date = until

    def _get_proforma_renewal_days(self):
        """Return the days of validity of a renewed version: as many as before.

        :return: From the day of issue to the last day, inclusive; at least 1.
        :rtype: int
        """
        self.ensure_one()
        version = self.proforma_version_id
        issued = today_in(self.company_id._get_proforma_tz(), version.issued_on)
        return max((version.valid_until - issued).days, 1)

    # === HELPERS === #

    def _has_proforma_event(self, kind):
        """Return whether something happened to the current version."""
        return bool(self._get_proforma_event(kind))

    def _get_proforma_event(self, kind):
        """Return the last event of a kind of the current version, empty if none.

        :rtype: proforma.event
        """
        self.ensure_one()
        return self.sudo().proforma_event_ids.filtered(
            lambda e: e.kind == kind and e.version_id == self.proforma_version_id
        )[:1]

    def _get_proforma_renewal_texts(self, plan):
        """Return summary and note of the to-do, in the language of the environment.

        :param dict plan: See `_prepare_proforma_renewal`.
        """
        self.ensure_one()
        version = self.sudo().proforma_version_id
        change = self._get_proforma_renewal_percent(plan["total"])
        return (
            self.env._("Renew %(name)s", name=version.name),
            self.env._(
                "The customer asks for a renewal. Total of the expired version:"
                " %(old)s; with the prices of today: %(new)s (%(change)s %%)."
                " %(reason)s",
                old=self._format_proforma_amount(version.amount_total),
                new=self._format_proforma_amount(plan["total"]),
                change=self._format_proforma_change(change),
                reason=self._get_proforma_renewal_reason(plan),
            ),
        )

    def _get_proforma_renewal_reason(self, plan):
        """Return why a renewal did not happen by itself, in words.

        :param dict plan: See `_prepare_proforma_renewal`.
        :rtype: str
        """
        return {
            "policy": self.env._("You decide on renewals."),
            "money": self.env._("A payment was received for it already."),
            "product": self.env._("A product is not sold any more."),
            "discount": self.env._(
                "A discount is neither that of the price list nor none: check it."
            ),
            "limit": self.env._("The prices changed by more than the settings allow."),
            "refused": plan.get("error", ""),
        }[plan["reason"]]
