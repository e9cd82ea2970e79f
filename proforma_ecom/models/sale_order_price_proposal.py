from odoo import models
from odoo.tools import format_amount

ACTIVITY_TYPE = "proforma_ecom.mail_activity_type_prices"


class SaleOrder(models.Model):
    """What the salesperson is asked about new prices, and when prices may not move."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - PROPOSAL === #

    def _proforma_propose_prices(self, check, note=None):
        """Ask the salesperson; an older question gives way to this one.

        :param proforma.price.check check: The row of the history that says it.
        :param str note: What else there is to say.
        """
        self.ensure_one()
        self._proforma_withdraw_price_proposal()
        self.write(
            {"proforma_price_proposal_id": check.id, "proforma_price_proposed": True}
        )
        user = self._get_proforma_responsible_user()
        order = self.with_context(lang=user.lang)
        reason = order._get_proforma_price_reason(check)
        # No e-mail besides: on a day when a rate jumps there would be hundreds.
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            ACTIVITY_TYPE,
            user_id=user.id,
            summary=order.env._(
                "New prices for %(name)s?", name=self.proforma_version_id.name
            ),
            note=" ".join(
                filter(None, (order._get_proforma_price_sentence(check), reason, note))
            ),
        )
        self._proforma_log_event("price_checked")

    def _proforma_withdraw_price_proposal(self):
        """Take back the questions to the salesperson that are not answered."""
        asked = self.sudo().filtered("proforma_price_proposed")
        asked.proforma_price_proposed = False
        if asked:
            asked.activity_unlink([ACTIVITY_TYPE])

    def _proforma_drop_price_proposal(self):
        """Take back and forget what was proposed and not answered."""
        asked = self.filtered("proforma_price_proposed")
        asked._proforma_withdraw_price_proposal()
        asked.sudo().proforma_price_proposal_id = False

    def _get_proforma_price_sentence(self, check):
        """Return what a check found as a sentence, in the environment's language.

        :param proforma.price.check check: One of the order.
        :rtype: str
        """
        self.ensure_one()
        values = {
            "old": format_amount(self.env, check.old_total, self.currency_id),
            "new": format_amount(self.env, check.new_total, self.currency_id),
            "change": self._format_proforma_number(check.total_change, sign="+"),
            "old_margin": self._format_proforma_number(check.old_margin),
            "new_margin": self._format_proforma_number(check.new_margin),
        }
        if self.currency_id.compare_amounts(check.old_total, check.new_total):
            return self.env._(
                "The total would be %(new)s instead of %(old)s (%(change)s %%), the"
                " margin %(new_margin)s %% instead of %(old_margin)s %%.",
                **values,
            )
        return self.env._(
            "The total would stay %(old)s, the margin is %(new_margin)s %% instead of"
            " %(old_margin)s %%.",
            **values,
        )

    def _format_proforma_number(self, number, sign=""):
        """Return a number with one decimal, in the environment's language.

        :param str sign: "+" to write that of a positive number too.
        """
        lang = self.env["res.lang"]._lang_get(self.env.lang or self.env.user.lang)
        return lang.format(f"%{sign}.1f", round(number, 1) or 0.0, grouping=True)

    def _get_proforma_price_reason(self, check):
        """Return why the plan only proposes, as a sentence, or "".

        :param proforma.price.check check: One of the order.
        :rtype: str
        """
        return {
            "floor": self.env._(
                "No new version was made: at these prices the margin of the document"
                " or of a line is below the floor of the price plan."
            ),
            "no_price": self.env._(
                "No price of the document follows by itself: change the prices, or"
                " keep them."
            ),
            "refused": self.env._("The new version could not be issued."),
        }.get(check.reason, "")

    # === BUSINESS METHODS - GUARD === #

    def _proforma_price_error_message(self):
        """Return why the prices of the pro forma may not move now, or False.

        :rtype: str|bool
        """
        self.ensure_one()
        name = self.sudo().proforma_version_id.name
        if self.proforma_state != "issued":
            return self.env._(
                "The prices of a pro forma move only while the customer can accept it."
            )
        if self._is_proforma_past_deadline():
            return self.env._("%(name)s has expired. Renew it instead.", name=name)
        if self.signature:
            return self.env._(
                "The customer has signed %(name)s. Its prices stay.", name=name
            )
        if self._has_proforma_money():
            return self.env._(
                "A payment for %(name)s came or is on its way. Its prices stay.",
                name=name,
            )
        return False

    def _has_proforma_money(self):
        """Return whether anything was paid or invoiced in advance, or is being paid."""
        self.ensure_one()
        order = self.sudo()
        deposits = order.proforma_deposit_ids
        return bool(
            order.transaction_ids.filtered(
                lambda tx: tx.state in ("pending", "authorized", "done")
            )
            or any(
                deposit.state in ("paid", "refunded", "forfeited")
                or deposit.invoice_id
                or deposit._has_money()
                or deposit._is_payment_starting()
                for deposit in deposits
            )
        )
