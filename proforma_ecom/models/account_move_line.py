from odoo import api, models

from ..utils import scale_amounts


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # === COMPUTE METHODS === #

    @api.depends("is_downpayment")
    def _compute_epd_needed(self):
        """Override of `account`: the tax of a pro forma is lowered by the discount of
        what is sold, whatever of it was paid in advance; core would raise it by that of
        the deposits that are deducted.
        """
        super()._compute_epd_needed()
        for line in self.filtered("is_downpayment"):
            orders = line.sudo().sale_line_ids.order_id
            if any(order.proforma_state != "none" for order in orders):
                line.epd_needed = False

    # === BUSINESS METHODS - DEDUCTION === #

    def _prepare_proforma_deduction_vals(self, amounts):
        """Return the values that make a line deduct just the amounts.

        :param dict amounts: Positive, see `_get_proforma_amounts` of `account.tax`.
        :rtype: dict
        """
        self.ensure_one()
        included = self.tax_ids.flatten_taxes_hierarchy().filtered(
            lambda tax: tax.price_include and not tax.has_negative_factor
        )
        price = amounts["base",] + sum(amounts["tax", tax.id] for tax in included)
        vals = {
            "quantity": -1.0,
            "price_unit": self.currency_id.round(price),
            "discount": 0.0,
        }
        key = (self.extra_tax_data or {}).get("computation_key")
        data = self._prepare_proforma_extra_tax_data(
            scale_amounts(amounts, -1, self.currency_id.round), key, **vals
        )
        return {**vals, "extra_tax_data": data}

    def _prepare_proforma_remainder_vals(self, amounts):
        """Return the values that make a line amount to just the amounts.

        :param dict amounts: See `_get_proforma_amounts` of `account.tax`.
        :rtype: dict
        """
        self.ensure_one()
        vals = {
            "quantity": self.quantity,
            "price_unit": self.price_unit,
            "discount": self.discount,
        }
        factor = self.quantity * (1 - self.discount / 100)
        if not self.tax_ids and factor:
            # Core keeps amounts of its caller only for lines with taxes.
            vals["price_unit"] = amounts["base",] / factor
        key = f"proforma_remainder,{self.sale_line_ids.id}"
        data = self._prepare_proforma_extra_tax_data(amounts, key, **vals)
        return {**vals, "extra_tax_data": data}

    def _prepare_proforma_extra_tax_data(self, amounts, key, **vals):
        """Return the data that make core keep amounts instead of computing them.

        Those in the company's currency are left out: core converts them at the rate of
        the invoice, which is not known before it is posted.

        :param dict amounts: See `_get_proforma_amounts` of `account.tax`.
        :param str key: Lines with the same key are rounded together.
        :param vals: Quantity, price and discount, for which the amounts hold.
        :rtype: dict
        """
        self.ensure_one()
        taxes = {key[1] for key in amounts if key[0] == "tax"}
        data = {"computation_key": key} if key else {}
        if taxes:
            data |= vals | {
                "currency_id": self.currency_id.id,
                "rate": self.move_id.invoice_currency_rate,
                "manual_total_excluded_currency": amounts["base",],
                "manual_tax_amounts": {
                    str(tax_id): {
                        "tax_amount_currency": amounts["tax", tax_id],
                        "base_amount_currency": amounts["tax_base", tax_id],
                    }
                    for tax_id in taxes
                },
            }
        return data
