from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..changes import ProformaChange
from ..const_context import CHECK_LATER
from ..typed import typed_id, typed_number


class SaleOrder(models.Model):
    """Reading, checking and doing a change that the customer asks for."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - GUARDS === #

    def _proforma_negotiation_error_message(self, version=None):
        """Return why nothing can be negotiated about the pro forma now, or False.

        :param proforma.version version: The version that the customer saw, if known.
        :rtype: str|bool
        """
        self.ensure_one()
        if version is not None and version != self.proforma_version_id:
            return self.env._(
                "The pro forma has changed meanwhile: this is %(name)s now. Look at it"
                " and try again.",
                name=self.proforma_version_id.name,
            )
        if message := self._proforma_acceptance_error_message():
            return message
        if self._has_proforma_money():
            return self.env._(
                "A payment for %(name)s came or is on its way. Ask us a question if"
                " you want to change something.",
                name=self.proforma_version_id.name,
            )
        return self._proforma_flood_error_message()

    # === BUSINESS METHODS - WHAT MAY BE CHANGED === #

    def _get_proforma_changeable_lines(self):
        """Return the lines whose quantity the customer may choose, in their order.

        :rtype: sale.order.line
        """
        self.ensure_one()
        return self.order_line.filtered(lambda line: line._is_proforma_changeable())

    def _get_proforma_offered_products(self):
        """Return the products that the customer may add, as far as there is nothing to
        choose about them and some quantity of them can be had.

        :rtype: product.product
        """
        self.ensure_one()
        ordered = self.order_line.product_id.product_tmpl_id
        return self._get_proforma_proposed_products().filtered(
            lambda product: (
                product.active
                and product.sale_ok
                and product.type != "combo"
                and (product.company_id or self.company_id) == self.company_id
                and product.product_tmpl_id not in ordered
                and not product.attribute_line_ids.value_ids.filtered("is_custom")
                and not product.attribute_line_ids.filtered(
                    lambda line: (
                        line.attribute_id.create_variant == "no_variant"
                        and len(line.value_ids) > 1
                    )
                )
                and not self._get_proforma_addition_rule(product).is_impossible()
            )
        )

    def _get_proforma_addition_rule(self, product):
        """Return which quantities of a product may be added.

        :param product.product product: It is not on the order.
        :rtype: QuantityRule
        """
        self.ensure_one()
        return self.env["sale.order.line"]._get_proforma_quantity_rule(
            product, product.uom_id, order=self
        )

    def _get_proforma_proposed_products(self):
        """Return the products that go with those that are ordered: their options, of
        which there is one variant. Extension point.

        :rtype: product.product
        """
        self.ensure_one()
        templates = self.order_line.product_id.optional_product_ids
        return templates.filtered(
            lambda template: template.product_variant_count == 1
        ).product_variant_id

    def _get_proforma_choices(self):
        """Return what else the customer may choose, each from a list. Extension point.

        :return: Name of a field, which begins with `choose_` -> `label`, `current` (a
            record) and `options` (records, the current one among them).
        :rtype: dict[str, dict]
        """
        self.ensure_one()
        return {}

    # === BUSINESS METHODS - READING === #

    def _read_proforma_change(self, typed):
        """Return what the customer typed as a change. Touches nothing.

        :param dict typed: `qty_<line>`, `remove_<line>`, `add_<product>` -> anything.
            What is missing stays.
        :rtype: ProformaChange
        :raise UserError: If it names what is not on the page.
        """
        self.ensure_one()
        changeable = self._get_proforma_changeable_lines()
        lines = {f"qty_{line.id}": line for line in changeable}
        products = {
            f"add_{product.id}": product
            for product in self._get_proforma_offered_products()
        }
        choices = self._get_proforma_choices()
        known = {f"remove_{line.id}" for line in lines.values()}
        known = known.union(lines, products, choices)
        if unknown := typed.keys() - known:
            raise UserError(
                self.env._(
                    "%(count)s of the lines cannot be changed any more. Load the page"
                    " again and look what is on it now.",
                    count=len(unknown),
                )
            )
        change = ProformaChange.make()
        for name, line in lines.items():
            value = "0" if typed.get(f"remove_{line.id}") else typed.get(name)
            self._read_proforma_quantity(change, name, line, value)
        for name, product in products.items():
            self._read_proforma_addition(change, name, product, typed.get(name))
        for name, choice in choices.items():
            self._read_proforma_choice(change, name, choice, typed.get(name))
        self._complete_proforma_change(change)
        return change

    def _read_proforma_quantity(self, change, name, line, value):
        """Note the quantity that was typed for a line.

        :param ProformaChange change: What is filled in.
        """
        if value is None:
            return
        now = line.product_uom_qty
        quantity = typed_number(value)
        if quantity is not None and not line.product_uom_id.compare(
            float(quantity), now
        ):
            return  # What we offered ourselves is never wrong.
        rule = line._get_proforma_quantity_rule(
            line.product_id, line.product_uom_id, now
        )
        if quantity != 0 and (
            message := line._proforma_quantity_error_message(quantity, rule)
        ):
            change.errors[name] = message
        else:
            change.quantities[line] = float(quantity)

    def _read_proforma_addition(self, change, name, product, value):
        """Note the quantity that was typed for a product to add; none is nothing.

        :param ProformaChange change: What is filled in.
        """
        quantity = typed_number(value) if value else typed_number(0)
        if quantity == 0:
            return
        rule = self._get_proforma_addition_rule(product)
        lines = self.env["sale.order.line"]
        if message := lines._proforma_quantity_error_message(quantity, rule):
            change.errors[name] = message
        else:
            change.additions[product] = float(quantity)

    def _read_proforma_choice(self, change, name, choice, value):
        """Note what was chosen from a list.

        :param ProformaChange change: What is filled in.
        :param dict choice: See `_get_proforma_choices`.
        """
        if value is None:
            return
        chosen = choice["options"].filtered(lambda option: option.id == typed_id(value))
        if not chosen:
            change.errors[name] = self.env._("Choose one of the list.")
        elif chosen != choice["current"]:
            change.choices[name] = chosen

    def _complete_proforma_change(self, change):
        """Remove what goes with a removed line, and refuse to remove all.

        :param ProformaChange change: What is filled in.
        """
        for line in [line for line, qty in change.quantities.items() if not qty]:
            if not line._is_line_optional():
                for linked in line._get_linked_lines():
                    if linked._is_proforma_changeable():
                        change.quantities[linked] = 0.0
        rest = [
            change.quantities.get(line, line.product_uom_qty)
            for line in self._get_proforma_changeable_lines()
        ]
        if change.quantities and not any(rest) and not change.additions:
            first = next(iter(change.quantities))
            change.errors.setdefault(
                f"qty_{first.id}",
                self.env._(
                    "Nothing would be left. If you need none of it, decline the pro"
                    " forma instead."
                ),
            )

    # === BUSINESS METHODS - DOING === #

    def _proforma_apply_change(self, change):
        """Write a change on the order.

        Whoever calls it compares the order with its version, or issues a new one.

        :param ProformaChange change: Without errors.
        :return: The lines that were added, by product, and whether the delivery cost
            follows the change.
        :rtype: tuple[dict[product.product, sale.order.line], bool]
        """
        self.ensure_one()
        order = self.with_company(self.company_id).with_context(**{CHECK_LATER: True})
        is_rated = order._is_proforma_delivery_rated()
        for line, quantity in change.quantities.items():
            # A line may be gone with the one that it belonged to.
            if existing := line.with_env(order.env).exists():
                existing._proforma_apply_quantity(quantity)
        added = {}
        for product, quantity in change.additions.items():
            known = order.order_line
            order.order_line = [
                Command.create(self._prepare_proforma_addition_vals(product, quantity))
            ]
            added[product] = order.order_line - known
            order._proforma_place_lines(added[product])
        order._proforma_apply_choices(change.choices)
        return added, is_rated and order._proforma_rate_delivery()

    def _prepare_proforma_addition_vals(self, product, quantity):
        """Return the values of the line of a product that is added. Extension point.

        :param product.product product: What is added.
        :param float quantity: In its own unit.
        :rtype: dict
        """
        return {"product_id": product.id, "product_uom_qty": quantity}

    def _proforma_apply_choices(self, choices):
        """Write what was chosen from lists. Extension point.

        :param dict choices: Name of a field -> record.
        """

    def _is_proforma_delivery_rated(self):
        """Return whether the delivery costs what it would cost by itself: a change may
        charge another amount. Extension point.

        :rtype: bool
        """
        self.ensure_one()
        return not any(line._is_delivery() for line in self.order_line)

    def _proforma_rate_delivery(self):
        """Charge for the delivery what it costs by itself. Extension point.

        :return: Whether that is known.
        :rtype: bool
        """
        self.ensure_one()
        return True
