from odoo import models
from odoo.tools import format_date

from odoo.addons.proforma_ecom.schedule import instalment_amounts


class SaleOrder(models.Model):
    """What the visitor is told before he asks for a pro forma of his cart."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - OFFER === #

    def _has_proforma_shop_offer(self):
        """Return whether the shop speaks of pro formas to whoever has this cart. One
        that costs nothing yet has its prices from whoever looks at it.
        """
        return bool(
            self
            and self.sudo().website_id.proforma_enabled
            and self.website_order_line
            and (
                self.currency_id.compare_amounts(self.amount_total, 0) > 0
                or self._is_proforma_review_needed()
            )
        )

    def _prepare_proforma_shop_offer(self):
        """Return what the cart says of its pro forma.

        :return: `refusal` (see `_get_proforma_refusal`), `rows`, sentences on what the
            visitor would get, empty where he gets none, and `is_review`, whether
            somebody looks at it first.
        :rtype: dict
        """
        self.ensure_one()
        refusal = self._get_proforma_refusal()
        return {
            "refusal": refusal,
            "rows": [] if refusal else self._get_proforma_shop_offer_rows(),
            "is_review": self._is_proforma_review_needed(),
        }

    def _get_proforma_shop_offer_rows(self):
        """Return what the visitor would get, in his language. Extension point.

        :rtype: list[str]
        """
        self.ensure_one()
        rows = (
            self._get_proforma_shop_offer_validity(),
            self._get_proforma_shop_offer_deposit(),
            self._get_proforma_shop_offer_delivery(),
        )
        return [row for row in rows if row]

    def _get_proforma_shop_offer_validity(self):
        """Return until when the pro forma would be valid."""
        # Nothing else of the customer is needed on this page.
        cart = self.with_context(prefetch_fields=False)
        day = cart._get_proforma_validity_day(self.company_id._get_proforma_today())
        return self.env._("Valid until %(day)s", day=format_date(self.env, day))

    def _get_proforma_shop_offer_deposit(self):
        """Return what would have to be paid to confirm the order.

        While the delivery cost is not known, a share is said instead of an amount that
        would not hold.
        """
        needed = [row for row in self._get_proforma_shop_offer_instalments() if row[0]]
        shares = [share for _needed, share, _amount in needed]
        if not needed:
            return self.env._("No deposit: your signature confirms the order")
        if self._is_proforma_delivery_open() and all(shares):
            return self.sudo().website_id._get_proforma_share_term(sum(shares))
        amount = sum(amount for _needed, _share, amount in needed)
        return self.env._(
            "Deposit to confirm the order: %(amount)s",
            amount=self._format_proforma_amount(amount),
        )

    def _get_proforma_shop_offer_instalments(self):
        """Return the instalments that the plan would ask for, of the cart as it is.

        :return: Whether it is needed to confirm, percent of the total (0 if it is no
            such share), amount.
        :rtype: list[tuple[bool, float, float]]
        """
        lines = self._get_proforma_deposit_plan_lines()
        if not lines:
            return []
        today = self.company_id._get_proforma_today()
        instalments = [
            (line.amount_type, line._get_fixed_amount(self, today) or line.percent)
            for line in lines
        ]
        amounts = instalment_amounts(
            self.amount_total,
            self.amount_untaxed,
            instalments,
            self.currency_id.round,
        )
        return [
            (line.needed_to_confirm, value if kind == "percent" else 0.0, amount)
            for line, (kind, value), amount in zip(
                lines, instalments, amounts, strict=True
            )
        ]

    def _get_proforma_shop_offer_delivery(self):
        """Return what is known of the delivery cost, or False if nothing is delivered.

        :rtype: str|bool
        """
        if not self._has_deliverable_products():
            return False
        if not self._is_proforma_delivery_open():
            return self.env._(
                "Delivery included: %(amount)s (%(method)s)",
                amount=self._format_proforma_amount(self.amount_delivery),
                method=self.carrier_id.name,
            )
        return self.sudo().website_id._get_proforma_delivery_term()

    # === HELPERS === #

    def _is_proforma_delivery_open(self):
        """Return whether the delivery cost of the cart is not known yet."""
        self.ensure_one()
        return self._has_deliverable_products() and not self.carrier_id
