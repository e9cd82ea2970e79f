from odoo import api, models


class AccountTax(models.Model):
    _inherit = "account.tax"

    # === HELPERS === #

    @api.model
    def _get_proforma_amounts(self, base_line):
        """Return the rounded amounts of a line, in its currency.

        :param dict base_line: With rounded tax details, see `account`.
        :return: By `("base",)` the amount without taxes, by `("tax", id)` and
            `("tax_base", id)` what each tax amounts to and what it is computed on.
        :rtype: dict[tuple, float]
        """
        details = base_line["tax_details"]
        amounts = {
            ("base",): details["total_excluded_currency"]
            + details["delta_total_excluded_currency"]
        }
        for tax_data in details["taxes_data"]:
            if not tax_data["is_reverse_charge"]:
                tax_id = tax_data["tax"].id
                amounts["tax", tax_id] = tax_data["tax_amount_currency"]
                amounts["tax_base", tax_id] = tax_data["base_amount_currency"]
        return {
            key: base_line["currency_id"].round(amount)
            for key, amount in amounts.items()
        }
