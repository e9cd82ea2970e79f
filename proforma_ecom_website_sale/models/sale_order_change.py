from odoo import models
from odoo.exceptions import UserError

from odoo.addons.proforma_ecom.const_context import CHECK_LATER

# Delivery methods whose price we calculate; others ask a server for each keystroke.
OWN_RATES = ("fixed", "base_on_rule")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _get_proforma_proposed_products(self):
        """Override of `proforma_ecom` to add the accessories, as the cart does; what
        has no pro forma in the shop comes by no change either.
        """
        accessories = self.order_line.product_id.accessory_product_ids
        proposed = super()._get_proforma_proposed_products() | accessories.filtered(
            "website_published"
        )
        website = self.sudo().website_id
        return proposed.filtered(
            lambda product: (
                product.product_tmpl_id._is_proforma_product(website)
                if website
                else product.product_tmpl_id._get_proforma_policy() != "never"
            )
        )

    def _get_proforma_choices(self):
        """Override of `proforma_ecom`: another delivery method, where the present one
        costs what it costs by itself.
        """
        choices = super()._get_proforma_choices()
        if not self.order_line.filtered("is_delivery"):
            return choices
        methods = self._get_delivery_methods().filtered(
            lambda method: (
                method.delivery_type in OWN_RATES and method.invoice_policy != "real"
            )
        )
        if self._is_proforma_delivery_rated() and methods - self.carrier_id:
            choices["choose_carrier"] = {
                "label": self.env._("Delivery"),
                "current": self.carrier_id.sudo(),
                "options": self.carrier_id.sudo() | methods,
            }
        return choices

    def _proforma_apply_choices(self, choices):
        """Override of `proforma_ecom` to deliver by another method."""
        super()._proforma_apply_choices(choices)
        if carrier := choices.get("choose_carrier"):
            known = self.order_line
            price = self._get_proforma_carrier_price(carrier.with_env(self.env))
            self.set_delivery_line(carrier.with_env(self.env), price)
            self._proforma_place_lines(self.order_line - known)

    def _get_proforma_carrier_price(self, carrier):
        """Return what a delivery method costs for the order as it is.

        :param delivery.carrier carrier: What was chosen.
        :rtype: float
        :raise UserError: If it does not deliver the order any more.
        """
        self.ensure_one()
        rate = carrier.rate_shipment(self)
        if not rate.get("success"):
            raise UserError(
                self.env._(
                    "“%(method)s” cannot deliver this order. Choose another delivery"
                    " method.",
                    method=carrier.name,
                )
            )
        return rate["price"]

    def _is_proforma_delivery_rated(self):
        """Override of `proforma_ecom`: what the method charges, and nobody else."""
        if super()._is_proforma_delivery_rated():
            return True
        line, price = self._get_proforma_delivery_rate()
        return bool(line) and not self.currency_id.compare_amounts(
            line.price_unit, price
        )

    def _proforma_rate_delivery(self):
        """Override of `proforma_ecom`: by the delivery method of the order."""
        if not self.order_line.filtered("is_delivery"):
            return super()._proforma_rate_delivery()
        line, price = self._get_proforma_delivery_rate()
        if line and self.currency_id.compare_amounts(line.price_unit, price):
            vals = self._prepare_delivery_line_vals(self.carrier_id, price)
            line.with_context(**{CHECK_LATER: True}).write(
                {"name": vals["name"], "price_unit": price}
            )
        return bool(line)

    def _get_proforma_delivery_rate(self):
        """Return the line of the delivery and what it should cost.

        :return: The line is empty if nobody can tell.
        :rtype: tuple[sale.order.line, float]
        """
        self.ensure_one()
        lines = self.order_line.filtered("is_delivery")
        carrier = self.carrier_id
        is_ours = (
            len(lines) == 1
            and carrier.delivery_type in OWN_RATES
            and carrier.invoice_policy != "real"
        )
        rate = carrier.rate_shipment(self) if is_ours else {}
        if not rate.get("success"):
            return lines.browse(), 0.0
        return lines, rate["price"]

    # === BUSINESS METHODS - REQUEST === #

    def _prepare_proforma_choice_vals(self, choices):
        """Override of `proforma_ecom` to keep the delivery method that was chosen."""
        vals = super()._prepare_proforma_choice_vals(choices)
        if carrier := choices.get("choose_carrier"):
            vals["carrier_id"] = carrier.id
        return vals

    def _get_proforma_change_obstacle(self, change, figures):
        """Override of `proforma_ecom`: many small changes lead by no rule of the shop
        to what it would have looked at, or not have taken.
        """
        reason = super()._get_proforma_change_obstacle(change, figures)
        if not reason and self._is_proforma_shop_limit_crossed(figures["total"]):
            return "limit"
        return reason

    def _is_proforma_shop_limit_crossed(self, total):
        """Return whether a new total is above a limit of the website that the current
        version keeps to. Delivery counts: rather one look too many.

        :param float total: With taxes.
        """
        self.ensure_one()
        get_rule = self.website_id._get_proforma_rule
        limits = [get_rule("proforma_amount_max")]
        if get_rule("proforma_review") == "above":
            limits.append(get_rule("proforma_review_amount"))
        now = self.proforma_version_id.amount_total
        compare = self.currency_id.compare_amounts
        return any(
            compare(now, limit) <= 0 < compare(total, limit)
            for limit in map(self._convert_proforma_limit, filter(None, limits))
        )
