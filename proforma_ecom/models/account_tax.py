from odoo import api, models


class AccountTax(models.Model):
    _inherit = "account.tax"

    # === BUSINESS METHODS - DEPOSITS === #

    @api.model
    def _prepare_down_payment_lines(
        self, base_lines, company, amount_type, amount, *args, **kwargs
    ):
        """Override of `account`: the lines of a deposit of a pro forma amount to just
        the deposit; those of core may miss it by what it rounds.
        """
        lines = super()._prepare_down_payment_lines(
            base_lines, company, amount_type, amount, *args, **kwargs
        )
        records = [base_line["record"] for base_line in base_lines]
        if amount_type == "fixed" and any(
            isinstance(record, models.BaseModel)
            and record._name == "sale.order.line"
            and record.order_id.proforma_state != "none"
            for record in records
        ):
            lines = lines or self._prepare_proforma_untaxed_lines(base_lines, company)
            self._fit_proforma_deposit_lines(lines, company, amount)
        return lines

    @api.model
    def _prepare_proforma_untaxed_lines(self, base_lines, company):
        """Return a line without price and taxes, for an order whose prices round to
        nothing: core has none then, though fixed taxes are to be paid.

        Core counts a tax that does not follow the price as part of the price as well.

        :param list base_lines: Of the order, see `_prepare_down_payment_lines`.
        :rtype: list[dict]
        """
        lines = [
            self._prepare_base_line_for_taxes_computation(
                base_lines[0],
                price_unit=0.0,
                quantity=1.0,
                discount=0.0,
                tax_ids=self.browse(),
            )
        ]
        self._add_tax_details_in_base_lines(lines, company)
        self._round_base_lines_tax_details(lines, company)
        return lines

    @api.model
    def _fit_proforma_deposit_lines(self, lines, company, amount):
        """Let the largest line take what rounding left over of a deposit.

        Of a line without taxes core keeps nothing but its price: it is rounded.

        :param list lines: As `_prepare_down_payment_lines` of `account` returns them.
        :param res.company company: The company of the order.
        :param float amount: Of the deposit, in the currency of the order.
        """
        amounts = [self._get_proforma_amounts(line) for line in lines]
        bases = [each["base",] for each in amounts]
        currency = lines[0]["currency_id"]
        total = sum(
            amount
            for each in amounts
            for key, amount in each.items()
            if key[0] == "base" or self._is_proforma_charged(key)
        )
        for line, base in zip(lines, bases, strict=True):
            if not line["tax_ids"]:
                line["price_unit"] = base
        delta = currency.round(amount - total)
        if delta:
            largest = lines[bases.index(max(bases, key=abs))]
            self._add_to_proforma_deposit_line(largest, company, delta)

    @api.model
    def _is_proforma_charged(self, key):
        """Return whether a key of amounts is that of a tax which the customer pays."""
        return key[0] == "tax" and not self.browse(key[1]).has_negative_factor

    @api.model
    def _add_to_proforma_deposit_line(self, line, company, delta):
        """Add an amount to what a line of a deposit comes to without taxes."""
        rate = line["rate"] or 1.0
        for suffix, value in (
            ("_currency", delta),
            ("", company.currency_id.round(delta / rate)),
        ):
            line["tax_details"][f"delta_total_excluded{suffix}"] += value
            if line["tax_ids"]:
                line[f"manual_total_excluded{suffix}"] += value
        if not line["tax_ids"]:
            line["price_unit"] += delta

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
