from odoo import models
from odoo.tools import format_date
from odoo.tools.misc import formatLang


class Website(models.Model):
    """What a visitor is told where there is no cart yet to speak of."""

    _inherit = "website"

    # === BUSINESS METHODS === #

    def _get_proforma_terms(self, is_delivered=True):
        """Return what a pro forma of the website promises to whoever visits it.

        :param bool is_delivered: Whether what he looks at is delivered.
        :return: Sentences in his language.
        :rtype: list[str]
        """
        self.ensure_one()
        order = self.env["sale.order"].sudo().new(self._prepare_proforma_terms_vals())
        today = self.sudo().company_id._get_proforma_today()
        day = order._get_proforma_validity_day(today)
        rows = [
            self.env._("Valid until %(day)s", day=format_date(self.env, day)),
            self._get_proforma_deposit_term(order._get_proforma_deposit_plan_lines()),
        ]
        if is_delivered:
            rows.append(self._get_proforma_delivery_term())
        if self._get_proforma_rule("proforma_review") == "always":
            rows.insert(0, self.env._("We look at it first and answer by e-mail"))
        return rows

    def _prepare_proforma_terms_vals(self):
        """Return the values of an order without lines, of whoever visits."""
        return {
            "company_id": self.company_id.id,
            "partner_id": self.env.user.partner_id.id,
            "website_id": self.id,
        }

    def _get_proforma_deposit_term(self, lines):
        """Return which deposit confirms the order.

        :param proforma.deposit.plan.line lines: What the plan asks for.
        :rtype: str
        """
        needed = lines.filtered("needed_to_confirm")
        if not needed:
            return self.env._("No deposit: your signature confirms the order")
        if set(needed.mapped("amount_type")) != {"percent"}:
            return self.env._("A deposit confirms the order")
        return self._get_proforma_share_term(sum(needed.mapped("percent")))

    def _get_proforma_share_term(self, share):
        """Return which share of the total confirms the order.

        :param float share: In percent (0-100).
        :rtype: str
        """
        digits = 0 if share == int(share) else 2
        return self.env._(
            "Deposit to confirm the order: %(share)s %% of the total",
            share=formatLang(self.env, share, digits=digits),
        )

    def _get_proforma_delivery_term(self):
        """Return what is said of a delivery cost that nobody knows yet.

        :rtype: str
        """
        if self._get_proforma_rule("proforma_delivery_agreed"):
            return self.env._(
                "Delivery cost added for your address, or agreed on with you"
            )
        return self.env._("Delivery cost added for your address")
