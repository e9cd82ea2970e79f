from collections import defaultdict
from datetime import datetime, time

from odoo import fields, models
from odoo.tools import float_round


class SaleOrder(models.Model):
    """What the lines of orders would cost today, by their price lists.

    Core computes prices at the date of the order, one line at a time, and overwrites
    what the salesperson entered. Here the rules of a price list are read once for all
    orders that use it, and nothing is written.
    """

    _inherit = "sale.order"

    # === BUSINESS METHODS - PRICES === #

    def _get_proforma_new_prices(self, today):
        """Return what the lines would cost today. Touches nothing.

        Discounts stay: they apply to the new price as they did to the old one.

        :param date today: The company's day: its price list rules and exchange rates.
        :return: Line -> unit price in the currency of its order, for the lines whose
            price comes from a price list and was not entered by hand.
        :rtype: dict[sale.order.line, float]
        """
        prices = {}
        for company, orders in self.grouped("company_id").items():
            orders = orders.with_company(company)
            lines = orders._get_proforma_repriced_lines()
            instant = self._get_proforma_price_instant(today)
            prices |= self._get_proforma_list_prices(
                lines, instant, dict.fromkeys(lines, instant)
            )
        return prices

    def _get_proforma_repriced_lines(self):
        """Return the lines whose price is that of the price list.

        :rtype: sale.order.line
        """
        return self._get_update_prices_lines().filtered(
            lambda line: line._is_proforma_list_priced()
        )

    def _get_proforma_price_instant(self, today):
        """Return the present instant, or the nearest one of the day.

        Core takes the day of a conversion from an instant in UTC; shortly after
        midnight that is another one than the company's.

        :param date today: The company's day.
        :return: UTC, naive; its date is the day.
        :rtype: datetime
        """
        start = datetime.combine(today, time.min)
        end = datetime.combine(today, time.max).replace(microsecond=0)
        return min(max(fields.Datetime.now(), start), end)

    def _get_proforma_list_prices(self, lines, instant, converted_on):
        """Return the prices of lines of one company by the rules of their price lists.

        :param sale.order.line lines: In the environment of their company.
        :param datetime instant: Which rules hold: UTC, naive.
        :param dict converted_on: Line -> date or datetime of the exchange rate.
        :rtype: dict[sale.order.line, float]
        """
        digits = self.env["decimal.precision"].precision_get("Product Price")
        prices = {}
        for pricelist, listed in lines.grouped(
            lambda line: line.order_id.pricelist_id
        ).items():
            get_rules = self._get_proforma_rule_finder(
                pricelist, listed.product_id, instant
            )
            for line in listed:
                price = line._get_proforma_list_price(
                    get_rules(line.product_id), converted_on[line]
                )
                prices[line] = float_round(price, precision_digits=digits)
        return prices

    def _get_proforma_rule_finder(self, pricelist, products, instant):
        """Return a function that names the rules of a price list for a product.

        A list may have a rule for each product: each product shall meet its own ones.

        :param product.pricelist pricelist: May be empty.
        :param product.product products: All that will be asked for.
        :param datetime instant: UTC, naive.
        :rtype: callable
        """
        general, special, found = [], defaultdict(list), {}
        rules = pricelist._get_applicable_rules(products, instant)
        for position, rule in enumerate(rules):
            template = rule.product_tmpl_id or rule.product_id.product_tmpl_id
            (special[template] if template else general).append((position, rule))

        def get_rules(product):
            template = product.product_tmpl_id
            if template not in found:
                ranked = sorted(
                    general + special[template], key=lambda ranked: ranked[0]
                )
                found[template] = rules.browse(rule.id for _rank, rule in ranked)
            return found[template]

        return get_rules
