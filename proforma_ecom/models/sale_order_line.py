from odoo import api, models
from odoo.tools import float_compare, float_round, format_date

from ..const import PROFORMA_PRINTED_LINE_FIELDS
from ..const_context import CHECK_LATER


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: a new line means a revision of the pro forma."""
        self._get_proforma_orders_to_hold(vals_list)._proforma_hold()
        lines = super().create(vals_list)
        lines._proforma_revise_orders(lines.order_id)
        return lines

    def write(self, vals):
        """Override of `sale`: a change of what is printed means a revision."""
        is_printed = not self._get_proforma_printed_fields().isdisjoint(vals)
        if is_printed:
            self._get_proforma_orders_with_words("name" in vals)._proforma_hold()
        res = super().write(vals)
        if is_printed:
            self._proforma_revise_orders(self.order_id)
        return res

    def unlink(self):
        """Override of `sale`: a line less means a revision of the pro forma."""
        orders = self.order_id
        words = self.filtered("display_type")
        self._get_proforma_orders_with_words(bool(words))._proforma_hold()
        res = super().unlink()
        self._proforma_revise_orders(orders)
        return res

    def _get_proforma_orders_with_words(self, is_words):
        """Return the orders that nobody may issue while their lines change: where no
        pro forma was issued yet, only for a change of mere words, see below.

        :param bool is_words: Whether words change that cost nothing.
        :return: In sudo mode.
        :rtype: sale.order
        """
        orders = self.order_id.sudo()
        return orders.filtered(lambda o: is_words or o.proforma_state != "none")

    @api.model
    def _get_proforma_orders_to_hold(self, vals_list):
        """Return the orders that nobody may issue while lines come to them.

        Where a line costs something the new total of the order sees to it; a new order
        waits for nobody.

        :param list[dict] vals_list: Of the lines.
        :return: In sudo mode.
        :rtype: sale.order
        """
        by_text = {v.get("order_id") for v in vals_list if v.get("display_type")}
        ids = {vals["order_id"] for vals in vals_list if vals.get("order_id")}
        orders = self.env["sale.order"].sudo().browse(ids)
        return orders.filtered(
            lambda order: order.id in by_text or order.proforma_state != "none"
        )

    def _proforma_revise_orders(self, orders):
        """Compare the orders with their versions, unless whoever writes does it."""
        if not self.env.context.get(CHECK_LATER):
            orders._proforma_revise_if_changed()

    @api.model
    def _get_proforma_printed_fields(self):
        """Return the fields of a line whose change may change what is printed.

        Extension point.

        :rtype: frozenset[str]
        """
        return PROFORMA_PRINTED_LINE_FIELDS

    # === BUSINESS METHODS - DEDUCTION === #

    @api.depends("invoice_lines.price_total")
    def _compute_qty_invoiced(self):
        """Override of `sale`: a deposit's line depends on amounts."""
        super()._compute_qty_invoiced()

    def _prepare_qty_invoiced(self):
        """Override of `sale`: the deposit of a pro forma is to be deducted as long as
        anything of it is left; core would count one deduction as all of it.
        """
        quantities = super()._prepare_qty_invoiced()
        for line in self.filtered("is_downpayment"):
            if line._is_proforma_deposit():
                quantities[line] = float(line._has_proforma_undeducted())
        return quantities

    def _get_downpayment_description(self):
        """Override of `sale`: name the deposit invoice of a pro forma."""
        invoice = self._is_proforma_deposit() and self._get_proforma_deposit_invoice()
        if not invoice:
            return super()._get_downpayment_description()
        return self.env._(
            "Deposit invoice %(number)s of %(date)s",
            number=invoice.name,
            date=format_date(self.env, invoice.invoice_date),
        )

    def _is_proforma_deposit(self):
        """Return whether the line is a down payment of a pro forma."""
        self.ensure_one()
        return (
            self.is_downpayment
            and not self.display_type
            and self.order_id.proforma_state != "none"
        )

    def _has_proforma_undeducted(self):
        """Return whether invoices, drafts included, leave anything of a deposit."""
        self.ensure_one()
        lines = self._get_invoice_lines().filtered(
            lambda li: li.parent_state != "cancel"
        )
        return any(
            not self.currency_id.is_zero(
                sum(-line.move_id.direction_sign * line[fname] for line in lines)
            )
            for fname in ("price_subtotal", "price_total")
        )

    def _get_proforma_deposit_invoice(self):
        """Return the posted invoice that asked for the deposit, if there is one.

        :rtype: account.move
        """
        moves = self._get_invoice_lines().filtered(lambda li: li.quantity > 0).move_id
        return moves.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )[:1]

    def _get_proforma_qty_left(self):
        """Return what was ordered and is on no invoice, drafts included."""
        self.ensure_one()
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return float_round(
            self.product_uom_qty - self.qty_invoiced, precision_digits=digits
        )

    # === BUSINESS METHODS - PRICES === #

    def _is_proforma_list_priced(self):
        """Return whether the price comes from the price list and from nothing else.

        Not so: a price that was entered by hand, a delivery, a down payment, a
        reward or a discount line, what is invoiced, what is charged at cost; and what
        has a way of its own to its price: combos, tickets and booths of events.
        """
        self.ensure_one()
        product = self.product_id
        return not (
            not product
            or not self.product_uom_id
            or self.display_type
            or self.is_downpayment
            or self.is_expense
            or self.qty_invoiced
            or self.currency_id.compare_amounts(
                self.technical_price_unit, self.price_unit
            )
            or product.type == "combo"
            or self.combo_item_id
            or product.service_tracking in ("event", "event_booth")
            or self._is_delivery()
            or self._is_proforma_discount()
        )

    def _get_proforma_list_price(self, rules, converted_on):
        """Return the price by the first of the rules that holds for the line.

        As `_reset_price_unit` of core, which searches the rules for each line.

        :param product.pricelist.item rules: Those of the price list, in its order.
        :param date|datetime converted_on: The day of the exchange rate.
        :rtype: float
        """
        self.ensure_one()
        product = self.product_id
        if context := self._get_product_price_context():
            product = product.with_context(**context)
        values = {
            **self._get_pricelist_kwargs(),
            "product": product,
            "date": converted_on,
        }
        quantity = self.product_uom_id._compute_quantity(
            values["quantity"], product.uom_id, raise_if_failure=False
        )
        rule = next(
            (rule for rule in rules if rule._is_applicable_for(product, quantity)),
            rules.browse(),
        )
        price = rule._compute_price(**values)
        if rule._show_discount():
            price = max(rule._compute_price_before_discount(**values), price)
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        return product._get_tax_included_unit_price_from_price(
            price,
            product_taxes=taxes,
            fiscal_position=self.order_id.fiscal_position_id,
        )

    def _has_proforma_own_discount(self):
        """Return whether the line has a discount that the price list does not show.

        Where the list shows its discounts, one of another percentage is somebody's own.
        """
        self.ensure_one()
        if not self.discount:
            return False
        line = self.with_company(self.company_id)
        item = line.pricelist_item_id
        if not item._show_discount():
            return True
        base = line._get_pricelist_price_before_discount()
        shown = base and (base - line._get_pricelist_price()) / base * 100
        return bool(float_compare(shown, self.discount, precision_digits=2))

    def _get_proforma_cost(self):
        """Return what one unit costs today, in the currency of the company.

        :rtype: float
        """
        self.ensure_one()
        product = self.product_id.sudo().with_company(self.company_id)
        if not product or not self.product_uom_id:
            return 0.0
        return product.uom_id._compute_price(
            product.standard_price, self.product_uom_id
        )

    def _get_proforma_price_plan(self):
        """Return the price plan that the category of the product asks for, if any.

        The nearest category that has one decides, for the company of the line.

        :rtype: proforma.price.plan
        """
        self.ensure_one()
        category = self.product_id.categ_id.sudo().with_company(self.company_id)
        while category:
            plan = category.proforma_price_plan_id
            if plan._is_usable(self.company_id):
                return plan
            category = category.parent_id
        return self.env["proforma.price.plan"]

    # === HELPERS === #

    def _is_proforma_untaxed(self):
        """Return whether the line has a price and bears no tax: it has none, or its
        rates add up to nothing, as those of a reverse charge do.

        An amount too small for its tax to be a cent does not count.
        """
        self.ensure_one()
        if self.currency_id.compare_amounts(self.price_subtotal, 0) <= 0:
            return False
        taxes = self.tax_ids.flatten_taxes_hierarchy()
        rates = taxes.filtered(lambda tax: not tax.has_negative_factor)
        return self.currency_id.is_zero(self.price_tax) and not sum(
            rates.mapped("amount")
        )
