from odoo import api, models

from ..utils import decimal_text


class ProformaSnapshotLineMixin(models.AbstractModel):
    """The printed lines of a document, see `proforma.snapshot` for the types."""

    _name = "proforma.snapshot.line.mixin"
    _inherit = ["proforma.snapshot.option.mixin"]
    _description = "Pro Forma Snapshot Lines"

    # === BUSINESS METHODS - LINES === #

    @api.model
    def _prepare_lines(self, order):
        """Return the printed lines in their order; products carry a position."""
        lines, position = [], 0
        for line in self._get_printed_lines(order):
            if not line.display_type:
                position += 1
            lines.append(self._prepare_line(line, position))
        return lines

    @api.model
    def _get_printed_lines(self, order):
        """Return the lines of the order that the document shows, in their order.

        :rtype: list[sale.order.line]
        """
        return [
            line
            for line in order._get_order_lines_to_report()
            if not line.is_downpayment and not self._is_unchosen_option(line)
        ]

    @api.model
    def _is_unchosen_option(self, line):
        """Return whether the line only offers an option that was not chosen."""
        if line.display_type in ("line_section", "line_subsection"):
            return line.is_optional and not any(
                line._get_section_lines().mapped("product_uom_qty")
            )
        return line._is_line_optional() and not line.product_uom_qty

    @api.model
    def _prepare_line(self, line, position):
        """Return one printed line.

        :param sale.order.line line: A product, section or note.
        :param int position: Number among the products.
        :rtype: dict
        """
        kinds = {
            "line_section": "section",
            "line_subsection": "subsection",
            "line_note": "note",
        }
        name, _sep, description = (line.name or "").strip().partition("\n")
        values = {
            "key": line._origin.id or 0,
            "kind": kinds.get(line.display_type)
            or ("delivery" if line._is_delivery() else "product"),
            "position": 0 if line.display_type else position,
            "name": name,
            "description": self._get_description_without_options(line, description),
            "reference": line.product_id.default_code or "",
            "quantity": "",
            "uom": "",
            "price_unit": "",
            "discount": "",
            "taxes": [],
            "subtotal": "",
            "total": "",
            "options": self._prepare_options(line),
            "child": bool(line.combo_item_id),
        }
        if reference := values["reference"]:
            values["name"] = name.removeprefix(f"[{reference}]").strip()
        return {**values, **self._prepare_line_amounts(line)}

    @api.model
    def _prepare_line_amounts(self, line):
        """Return the amounts of a product line or a section, nothing for a note."""
        if line.display_type == "line_note":
            return {}
        digits = line.currency_id.decimal_places
        if line.display_type:
            subtotal = line._get_section_totals("price_subtotal")
            total = line._get_section_totals("price_total")
            return {
                "subtotal": decimal_text(subtotal, digits),
                "total": decimal_text(total, digits),
            }
        precision = self.env["decimal.precision"].precision_get
        amounts = {
            "quantity": decimal_text(line.product_uom_qty, precision("Product Unit")),
            "uom": line.product_uom_id.name or "",
            "taxes": [tax.tax_label or tax.name for tax in line.tax_ids],
            "tax_ids": line.tax_ids.ids,
            "uom_id": line.product_uom_id.id or 0,
        }
        if self._has_hidden_prices(line):
            return amounts
        return {
            **amounts,
            "price_unit": decimal_text(
                self._get_price_unit(line), self._get_price_digits(line)
            ),
            "discount": decimal_text(line.discount, 2) if line.discount else "",
            "subtotal": decimal_text(line.price_subtotal, digits),
            "total": decimal_text(line.price_total, digits),
        }

    @api.model
    def _get_price_unit(self, line, price=None):
        """Return the price of one unit before discount, with or without taxes as the
        document shows them; what was typed may be the other way.

        :param float price: What would be typed, the price of the line by default.
        :rtype: float
        """
        amounts = line.tax_ids.compute_all(
            line.price_unit if price is None else price,
            currency=line.currency_id,
            product=line.product_id,
            partner=line.order_id.partner_shipping_id,
            rounding_method="round_globally",
        )
        key = "included" if self._is_tax_included(line.order_id) else "excluded"
        return amounts[f"total_{key}"]

    @api.model
    def _get_price_digits(self, line):
        """Return the decimals of a unit price."""
        precision = self.env["decimal.precision"].precision_get("Product Price")
        return max(line.currency_id.decimal_places, precision)

    @api.model
    def _is_tax_included(self, order):
        """Return whether prices are shown with taxes: to a consumer they are.

        Source: Code de la consommation, article L112-1.
        """
        return order.partner_id._is_proforma_consumer()

    @api.model
    def _has_hidden_prices(self, line):
        """Return whether the seller shows prices on the section only."""
        parent = line.parent_id
        return parent.collapse_prices or parent.parent_id.collapse_prices
