from odoo import api, models

from ..utils import decimal_text, without_rows


class ProformaSnapshotOptionMixin(models.AbstractModel):
    """What was chosen for a configured product, and what each choice adds."""

    _name = "proforma.snapshot.option.mixin"
    _description = "Pro Forma Snapshot Options"

    # === BUSINESS METHODS - OPTIONS === #

    @api.model
    def _prepare_options(self, line):
        """Return the choices of a configured product in the order of its attributes.

        :param sale.order.line line: Any line.
        :return: Dicts: `name` of the attribute, `value` with the customer's own text,
            `extra` (decimal text) that the choice adds to the price of one unit as the
            document shows it; "" if nothing, or if prices are hidden.
        :rtype: list[dict[str, str]]
        """
        texts = {
            custom.custom_product_template_attribute_value_id: custom.custom_value
            for custom in line.product_custom_attribute_value_ids
        }
        return [
            {
                "name": value.attribute_id.name,
                "value": ": ".join(
                    filter(None, (value.name, (texts.get(value) or "").strip()))
                ),
                "extra": self._get_option_extra(line, value),
            }
            for value in self._get_chosen_values(line)
        ]

    @api.model
    def _get_chosen_values(self, line):
        """Return the values that somebody chose: where there is one only, nobody did.

        :rtype: product.template.attribute.value
        """
        free = line.product_no_variant_attribute_value_ids.filtered(
            lambda value: (
                value.display_type == "multi" or value.attribute_line_id.value_count > 1
            )
        )
        own = line.product_custom_attribute_value_ids
        return (
            line.product_id.product_template_attribute_value_ids._filter_single_value_lines()
            | free
            | own.custom_product_template_attribute_value_id
        ).sorted()

    @api.model
    def _get_description_without_options(self, line, description):
        """Return a description without the rows in which core lists the options.

        They were written in the language that the order had by then.

        :param str description: The name of the line but for its first row.
        :rtype: str
        """
        if not self._get_chosen_values(line):
            return description.strip()
        rows = [
            row
            for code, _name in self.env["res.lang"].get_installed()
            for row in line.with_context(lang=code)
            ._get_sale_order_line_multiline_description_variants()
            .split("\n")
        ]
        return without_rows(description, rows)

    # === BUSINESS METHODS - EXTRA PRICES === #

    @api.model
    def _get_option_extra(self, line, value):
        """Return what a choice adds to the unit price that the document shows.

        It is what the price list would ask less without it: with a discount rule a
        part, with a fixed price nothing. A price that was typed tells nothing.

        :rtype: str
        """
        if not value.price_extra or self._has_hidden_prices(line):
            return ""
        line = line.with_company(line.company_id)
        price = self._get_list_price(line)
        known = (price, line.technical_price_unit)
        if all(line.currency_id.compare_amounts(line.price_unit, p) for p in known):
            return ""
        extra = self._get_price_unit(line, price)
        extra -= self._get_price_unit(line, self._get_list_price(line, value))
        text = decimal_text(extra, self._get_price_digits(line))
        return text if float(text) else ""

    @api.model
    def _get_list_price(self, line, without=None):
        """Return the price of one unit by the price list, as core would type it.

        :param product.template.attribute.value without: A choice to leave out.
        :rtype: float
        """
        compute = self._get_combo_price if line.combo_item_id else self._get_rule_price
        taxes = line.product_id.taxes_id._filter_taxes_by_company(line.company_id)
        return line.product_id._get_tax_included_unit_price_from_price(
            compute(line, without or self.env["product.template.attribute.value"]),
            product_taxes=taxes,
            fiscal_position=line.order_id.fiscal_position_id,
        )

    @api.model
    def _get_rule_price(self, line, without):
        """Return the price of the rule: `_get_display_price_ignore_combo` of `sale`,
        with a choice left out. The context key is core's.
        """
        extra = line.product_id._get_no_variant_attributes_price_extra(
            line.product_no_variant_attribute_value_ids
        )
        product = line.product_id.with_context(
            no_variant_attributes_price_extra=extra - without.price_extra
        )
        kwargs = {"product": product, **line._get_pricelist_kwargs()}
        rule = line.pricelist_item_id
        price = rule._compute_price(**kwargs)
        if not rule._show_discount():
            return price
        return max(rule._compute_price_before_discount(**kwargs), price)

    @api.model
    def _get_combo_price(self, line, without):
        """Return the price of a combo's item: core adds the choices that make no
        variant to its share of the combo, unconverted, and no others.
        """
        is_added = without not in line.product_id.product_template_attribute_value_ids
        return line._get_display_price() - (without.price_extra if is_added else 0.0)
