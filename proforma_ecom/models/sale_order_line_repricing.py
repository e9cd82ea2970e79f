from odoo import models
from odoo.tools import float_compare


class SaleOrderLine(models.Model):
    """What a line would cost at another time."""

    _inherit = "sale.order.line"

    # === BUSINESS METHODS === #

    def _get_order_date(self):
        """Override of `sale`: prices may be asked for at another time."""
        return self.env.context.get("proforma_price_instant") or (
            super()._get_order_date()
        )

    def _get_proforma_discount_at(self, instant):
        """Return the discount of the price list, see core's `_compute_discount`.

        :param datetime instant: UTC, naive.
        :return: Percent (0-100).
        :rtype: float
        """
        with _PriceInstant(self, instant) as line:
            rules = line.pricelist_item_id
            if not (rules._is_discount_feature_enabled() and rules._show_discount()):
                return 0.0
            base = line._get_pricelist_price_before_discount()
            price = line._get_pricelist_price()
        discount = (base - price) / base * 100 if base else 0.0
        return discount if discount * base > 0 else 0.0

    def _has_proforma_manual_discount(self):
        """Return whether the discount of the line is another one than the price list
        gave when the order was priced.
        """
        self.ensure_one()
        return bool(
            self._compare_proforma_discounts(
                self.discount, self._get_proforma_discount_at(self._get_order_date())
            )
        )

    def _is_proforma_price_changed(self, price, discount):
        """Return whether a price or discount differs from that of the line, as far as
        both are printed.

        :param float price: Unit price in the order's currency.
        :param float discount: Percent (0-100).
        """
        self.ensure_one()
        digits = self.env["decimal.precision"].precision_get("Product Price")
        return bool(
            float_compare(price, self.price_unit, precision_digits=digits)
            or self._compare_proforma_discounts(discount, self.discount)
        )

    def _compare_proforma_discounts(self, one, other):
        digits = self.env["decimal.precision"].precision_get("Discount")
        return float_compare(one, other, precision_digits=digits)

    def _get_proforma_price_reason(self, price, factor, instant):
        """Return why the price of the line changed.

        :param float price: The new unit price.
        :param float factor: How the rate of the order's currency moved: new by old.
        :param datetime instant: That of the new price.
        :return: `rate` (nothing but the exchange rate), `cost`, `pricelist` or
            `product` (its price in the catalogue).
        :rtype: str
        """
        self.ensure_one()
        currency = self.currency_id
        if currency.compare_amounts(factor, 1.0) and not currency.compare_amounts(
            self.price_unit * factor, price
        ):
            return "rate"
        with _PriceInstant(self, instant) as line:
            rule = line.pricelist_item_id
        if rule.compute_price != "fixed" and rule.base == "standard_price":
            return "cost"
        return "pricelist" if rule else "product"


class _PriceInstant:
    """The line as it is priced at an instant; its rule is not stored, but cached."""

    def __init__(self, line, instant):
        line.ensure_one()
        self.line = line
        self.asked = line.with_company(line.company_id).with_context(
            proforma_price_instant=instant
        )

    def __enter__(self):
        self._forget_rule()
        return self.asked

    def __exit__(self, *_error):
        self._forget_rule()

    def _forget_rule(self):
        self.line.invalidate_recordset(["pricelist_item_id"], flush=False)
