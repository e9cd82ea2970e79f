from odoo import models
from odoo.tools import float_compare

from ..pricing import PriceFigures, is_below_floor, margin_of


class SaleOrder(models.Model):
    """How far the market has moved pro formas since they were issued."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - FIGURES === #

    def _get_proforma_price_figures(self, today):
        """Return the pro formas as they were issued and as they would be today.

        Touches nothing. Lines without a plan, with a price or a discount of the
        salesperson's own stay as they were issued: price, cost and rate.

        :param date today: The day of the company; the pro formas are of one company.
        :return: One entry for each pro forma that has a line that may move.
        :rtype: dict[sale.order, PriceFigures]
        """
        orders = self.with_company(self.company_id)
        baselines = orders._get_proforma_baselines()
        moving = orders._get_proforma_moving_lines(baselines)
        prices = orders._get_proforma_moved_prices(moving, baselines, today)
        if prices:
            orders.order_line.fetch(["tax_ids"])  # Not order by order.
        return {
            order: order._prepare_proforma_price_figures(
                {line: baselines[line] for line in lines},
                {line: prices[line] for line in lines if line in prices},
                order._get_proforma_rate(today),
                baselines,
            )
            for order, lines in moving.grouped("order_id").items()
        }

    def _get_proforma_baselines(self):
        """Return what the lines of the current versions stood on at their issue.

        :rtype: dict[sale.order.line, proforma.price.baseline]
        """
        rows = (
            self.env["proforma.price.baseline"]
            .sudo()
            .search_fetch([("version_id", "in", self.proforma_version_id.ids)])
        )
        return {row.line_id: row for row in rows}

    def _get_proforma_moving_lines(self, baselines):
        """Return the lines whose price may move: their plan, as it was at the issue,
        still moves prices, and neither price nor discount was entered by hand.

        :param dict baselines: See `_get_proforma_baselines`.
        :rtype: sale.order.line
        """
        return self._get_proforma_repriced_lines().filtered(
            lambda line: (
                line in baselines
                and baselines[line].plan_id._is_moving(line.company_id)
                and not line._has_proforma_own_discount()
            )
        )

    def _get_proforma_moved_prices(self, lines, baselines, today):
        """Return the prices of today that differ from those that were sent.

        :param sale.order.line lines: Those that may move.
        :param dict baselines: See `_get_proforma_baselines`.
        :param date today: The company's day.
        :rtype: dict[sale.order.line, float]
        """
        instant = self._get_proforma_price_instant(today)
        plans = {line: baselines[line].plan_id for line in lines}
        then = {line: baselines[line].priced_on for line in lines}
        followed = lines.filtered(lambda line: plans[line].watch_pricelist)
        days = {
            line: instant if plans[line].watch_rate else then[line] for line in followed
        }
        prices = self._get_proforma_list_prices(followed, instant, days)
        converted = (lines - followed).filtered(lambda line: plans[line].watch_rate)
        prices |= self._get_proforma_converted_prices(converted, instant, then)
        digits = self.env["decimal.precision"].precision_get("Product Price")
        return {
            line: price
            for line, price in prices.items()
            if float_compare(price, line.price_unit, precision_digits=digits)
        }

    def _get_proforma_converted_prices(self, lines, instant, then):
        """Return the prices that were sent, moved by the exchange rate alone.

        By the same rules at both rates: a price that the list fixes in the currency of
        the document does not move.

        :param sale.order.line lines: Those that watch nothing but the rate.
        :param datetime instant: Of the new rate: UTC, naive.
        :param dict then: Line -> day of the old rate.
        :rtype: dict[sale.order.line, float]
        """
        new = self._get_proforma_list_prices(
            lines, instant, dict.fromkeys(lines, instant)
        )
        old = self._get_proforma_list_prices(lines, instant, then)
        return {
            line: line.price_unit * new[line] / old[line] for line in lines if old[line]
        }

    def _prepare_proforma_price_figures(self, rows, prices, rate, baselines):
        """Return the figures of one pro forma.

        :param dict rows: Line that may move -> its baseline.
        :param dict prices: Line -> new price, where it differs.
        :param float rate: Today's, units of the currency for one of the company's.
        :param dict baselines: See `_get_proforma_baselines`.
        :rtype: PriceFigures
        """
        self.ensure_one()
        plans = {line: row.plan_id for line, row in rows.items()}
        costs = self._get_proforma_moved_costs(rows)
        total, untaxed = self._get_proforma_repriced_totals(prices)
        old_rate = self.proforma_version_id.currency_rate or 1.0
        old_revenue = old_cost = new_revenue = new_cost = 0.0
        is_below = False
        for line in self._get_priced_lines():
            plan = plans.get(line, self.env["proforma.price.plan"])
            cost = baselines[line].cost if line in baselines else 0.0
            line_rate = rate if plan.watch_rate else old_rate
            revenue = untaxed.get(line, line.price_subtotal) / line_rate
            line_cost = costs.get(line, (cost, cost))[1] * line.product_uom_qty
            if line in prices:
                # A floor holds for what is true today, be it watched or not.
                is_below |= is_below_floor(
                    min(revenue, revenue * line_rate / rate),
                    max(line_cost, line._get_proforma_cost() * line.product_uom_qty),
                    plan.floor_margin,
                )
            old_revenue += line.price_subtotal / old_rate
            old_cost += cost * line.product_uom_qty
            new_revenue += revenue
            new_cost += line_cost
        terms = self.env["proforma.price.plan"].union(*plans.values())._get_terms()
        return PriceFigures(
            old_total=self.amount_total,
            new_total=total,
            old_margin=margin_of(old_revenue, old_cost),
            new_margin=margin_of(new_revenue, new_cost),
            old_rate=old_rate,
            new_rate=rate,
            prices=prices,
            costs=costs,
            is_below_floor=is_below
            or is_below_floor(new_revenue, new_cost, terms.floor),
            terms=terms,
        )

    def _get_proforma_moved_costs(self, rows):
        """Return the watched costs that differ from those at the issue.

        :param dict rows: Line that may move -> its baseline.
        :return: Line -> cost then and now, in the currency of the company.
        :rtype: dict[sale.order.line, tuple]
        """
        digits = self.env["decimal.precision"].precision_get("Product Price")
        pairs = {
            line: (row.cost, line._get_proforma_cost())
            for line, row in rows.items()
            if row.plan_id.watch_cost
        }
        return {
            line: (then, now)
            for line, (then, now) in pairs.items()
            if float_compare(then, now, precision_digits=digits)
        }

    def _get_proforma_repriced_totals(self, prices):
        """Return what the order would amount to at other prices.

        :param dict prices: Line -> unit price.
        :return: The total with taxes, and the untaxed amount of each line; of no line
            if there is no other price.
        :rtype: tuple[float, dict]
        """
        self.ensure_one()
        if not prices:
            return self.amount_total, {}
        taxes = self.env["account.tax"]
        base_lines = [
            line._prepare_base_line_for_taxes_computation(
                price_unit=prices.get(line, line.price_unit)
            )
            for line in self._get_priced_lines()
        ]
        extra = self._add_base_lines_for_early_payment_discount()
        taxes._add_tax_details_in_base_lines(base_lines + extra, self.company_id)
        taxes._round_base_lines_tax_details(base_lines + extra, self.company_id)
        summary = taxes._get_tax_totals_summary(
            base_lines=base_lines + extra,
            currency=self.currency_id,
            company=self.company_id,
        )
        return summary["total_amount_currency"], {
            base_line["record"]: base_line["tax_details"]["total_excluded_currency"]
            for base_line in base_lines
        }

    def _get_proforma_rate(self, today):
        """Return today's rate: units of the order's currency for one of the company's.

        :param date today: The company's day.
        :rtype: float
        """
        self.ensure_one()
        return self.env["res.currency"]._get_conversion_rate(
            self.company_id.currency_id, self.currency_id, self.company_id, today
        )
