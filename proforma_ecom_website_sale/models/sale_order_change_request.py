from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

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
