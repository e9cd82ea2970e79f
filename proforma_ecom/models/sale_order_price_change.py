from odoo import models

from ..const_context import CHECK_LATER


class SaleOrder(models.Model):
    """What changes if an order takes the prices of today, and why."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _get_proforma_new_discounts(self, today):
        """Return the discounts that the price list gives today, where the discount is
        the price list's and not one that was agreed on by hand.

        :param date today: The company's day.
        :return: Percent (0-100) by line, of the lines of `_get_proforma_new_prices`.
        :rtype: dict[sale.order.line, float]
        """
        self.ensure_one()
        instant = self._get_proforma_price_instant(today)
        return {
            line: line._get_proforma_discount_at(instant)
            for line in self._get_proforma_new_prices(today)
            if not line._has_proforma_manual_discount()
        }

    def _get_proforma_price_changes(self, today):
        """Return what the lines would cost otherwise than now.

        :param date today: The company's day.
        :return: Values to write by line: `price_unit`, `technical_price_unit` and, if
            it is the price list's, `discount`. Lines that stay the same are left out.
        :rtype: dict[sale.order.line, dict]
        """
        discounts = self._get_proforma_new_discounts(today)
        changes = {}
        for line, price in self._get_proforma_new_prices(today).items():
            discount = discounts.get(line, line.discount)
            if line._is_proforma_price_changed(price, discount):
                changes[line] = {
                    "price_unit": price,
                    "technical_price_unit": price,
                    "discount": discount,
                }
        return changes

    def _proforma_apply_price_changes(self, changes, today):
        """Give the lines new prices; from now on the order's prices are of this day.

        Whoever calls it compares the order with its version, or issues a new one.

        :param dict changes: See `_get_proforma_price_changes`.
        :param date today: The company's day.
        """
        self.ensure_one()
        order = self.with_context(**{CHECK_LATER: True})
        order.date_order = self._get_proforma_price_instant(today)
        for line, vals in changes.items():
            line.with_env(order.env).write(vals)

    def _get_proforma_total_with(self, changes, today):
        """Return the total of the order with other prices. Nothing is written.

        :param dict changes: See `_get_proforma_price_changes`.
        :param date today: The company's day.
        :rtype: float
        """
        self.ensure_one()
        with self.env.cr.savepoint() as savepoint:
            self._proforma_apply_price_changes(changes, today)
            total = self.amount_total
            savepoint.rollback()
        return total

    # === BUSINESS METHODS - REASONS === #

    def _get_proforma_price_reasons(self, changes, today):
        """Return why the prices changed, as far as it is known.

        :param dict changes: See `_get_proforma_price_changes`.
        :param date today: The company's day.
        :return: By line `rate`, `cost`, `pricelist` or `product`.
        :rtype: dict[sale.order.line, str]
        """
        self.ensure_one()
        instant = self._get_proforma_price_instant(today)
        factor = self._get_proforma_rate_factor(instant)
        return {
            line: line._get_proforma_price_reason(vals["price_unit"], factor, instant)
            for line, vals in changes.items()
        }

    def _prepare_proforma_price_reasons(self, prices, today):
        """Return why prices change, as the next version keeps it.

        :param dict prices: Line -> new unit price; those that stay are left out.
        :param date today: The company's day.
        :return: A key as of `_get_proforma_price_reasons` by the id of the line.
        :rtype: dict[str, str]
        """
        self.ensure_one()
        changes = {
            line: {"price_unit": price}
            for line, price in prices.items()
            if line.order_id == self
            and line._is_proforma_price_changed(price, line.discount)
        }
        reasons = self._get_proforma_price_reasons(changes, today)
        return {str(line.id): reason for line, reason in reasons.items()}

    def _get_proforma_rate_factor(self, instant):
        """Return how the rate of the order's currency moved since its prices were made.

        :param datetime instant: UTC, naive.
        :return: New by old; 1 if the order is in the company's currency.
        :rtype: float
        """
        self.ensure_one()
        company = self.company_id
        new = self.env["res.currency"]._get_conversion_rate(
            company.currency_id, self.currency_id, company, instant.date()
        )
        old = self.sudo().proforma_version_id.currency_rate or self.currency_rate
        return new / old if old else 1.0
