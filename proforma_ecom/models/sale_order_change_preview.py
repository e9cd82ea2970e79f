from decimal import Decimal

from odoo import fields, models

from ..changes import ProformaChange
from ..reports.formatter import MINUS, DocumentFormatter
from ..typed import plain
from ..utils import decimal_text


class SaleOrder(models.Model):
    """What a change would cost: it is made, read and taken back."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _get_proforma_change_figures(self, change):
        """Return what the pro forma would say with a change. Nothing is written: no
        event, no message and no version is left.

        :param ProformaChange change: Without errors.
        :return: `lines` (name of the field -> printed line), `totals` (as printed),
            `total` (float), `discounts` (id of the line -> percent) and
            `is_delivery_rated` (whether the delivery cost follows).
        :rtype: dict
        """
        self.ensure_one()
        lang = self.proforma_version_id._get_usable_lang()
        quiet = self.with_context(lang=lang, tracking_disable=True).sudo()
        with self.env.cr.savepoint() as savepoint:
            added, is_rated = quiet._proforma_apply_change(change)
            names = {line.id: f"add_{product.id}" for product, line in added.items()}
            figures = quiet._read_proforma_figures(names)
            figures["is_delivery_rated"] = is_rated
            savepoint.rollback()
        return figures

    def _read_proforma_figures(self, names):
        """Return the figures of the order as it is now, see
        `_get_proforma_change_figures`.

        :param dict names: Id of a line that was added -> name of its field.
        :rtype: dict
        """
        self.ensure_one()
        snapshot = self.env["proforma.snapshot"]
        # As read after a write: an unchosen option is not printed, but has a price.
        lines = {
            names.get(line.id, f"qty_{line.id}"): snapshot._prepare_line(line, 0)
            for line in self._get_proforma_changeable_lines()
        }
        return {
            "lines": lines,
            "totals": snapshot._prepare_totals(self),
            "total": self.amount_total,
            "discounts": {
                line.id: line.discount for line in self._get_proforma_changeable_lines()
            },
        }

    def _prepare_proforma_change_texts(self, change):
        """Return what a page shows of a change: its prices and totals as texts, in the
        language of the environment.

        :param ProformaChange change: If it has errors, what is right in it is shown.
        :return: `lines` (name of the field -> `price`, `discount`, `amount`),
            `untaxed`, `taxes` (label and amount), `total`, `difference` (empty if
            none), `outcome` (what comes of it) and `errors` (name of field -> text).
        :rtype: dict
        """
        self.ensure_one()
        figures = self._get_proforma_change_figures(change)
        fmt = self._get_proforma_formatter()
        totals = figures["totals"]
        difference = self.currency_id.round(
            figures["total"] - self.proforma_version_id.amount_total
        )
        text = decimal_text(difference, self.currency_id.decimal_places)
        return {
            "lines": {
                name: self._prepare_proforma_line_texts(line, fmt)
                for name, line in figures["lines"].items()
            },
            "untaxed": fmt.money(totals["untaxed"]),
            "taxes": [
                {"label": tax["label"], "amount": fmt.money(tax["amount"])}
                for tax in totals["taxes"]
            ],
            "total": fmt.money(totals["total"]),
            "difference": fmt.extra(text) if difference else "",
            "outcome": self._get_proforma_change_outcome(change, figures),
            "errors": dict(change.errors),
        }

    def _get_proforma_change_outcome(self, change, figures):
        """Return in a sentence what comes of a change that is sent as it is.

        :param ProformaChange change: Of what is wrong in it nothing is said.
        :param dict figures: See `_get_proforma_change_figures`.
        :rtype: str
        """
        if change.errors or change.is_empty():
            return self.env._(
                "Nothing is ordered with it: you accept the new version afterwards."
            )
        if not self._get_proforma_change_obstacle(change, figures):
            return self.env._("You get a new version at once, and accept it then.")
        company = self.company_id
        answer_by = company._get_proforma_answer_by(fields.Datetime.now())
        return self.env._(
            "We look at this first and answer by %(time)s; until then the pro forma"
            " cannot be accepted.",
            time=company._get_proforma_moment_text(answer_by),
        )

    def _prepare_proforma_line_texts(self, line, fmt):
        """Return the texts of one line.

        :param dict line: As printed, see `proforma.snapshot`.
        :param DocumentFormatter fmt: In the language of the page.
        :rtype: dict
        """
        discount = line["discount"] and MINUS + fmt.percent(line["discount"])
        return {
            "price": fmt.price_money(line["price_unit"]),
            "discount": discount,
            "amount": fmt.money(
                line["total" if self._is_proforma_tax_included() else "subtotal"]
            ),
        }

    # === BUSINESS METHODS - FORM === #

    def _prepare_proforma_change_rows(self, typed, texts):
        """Return the rows of the form: what is ordered, then what may be added.

        :param dict typed: What the customer typed, may be empty.
        :param dict texts: See `_prepare_proforma_change_texts`.
        :return: `name` and `remove` (names of fields), `label`, `uom`, `now`, `value`
            (what stands in the field), `step`, `hint` (which quantities there are),
            `removed`, `is_option`, `error` and the texts of the line.
        :rtype: list[dict]
        """
        self.ensure_one()
        rows = [
            self._prepare_proforma_line_row(line)
            for line in self._get_proforma_changeable_lines()
        ]
        rows += self._prepare_proforma_option_rows()
        for row in rows:
            value = typed.get(row["name"])
            row["value"] = plain(row["now"]) if value is None else str(value)[:32]
            row["removed"] = bool(row["remove"] and typed.get(row["remove"]))
            row |= texts["lines"].get(row["name"], {})
            row["error"] = texts["errors"].get(row["name"])
        return sorted(rows, key=lambda row: row["is_option"])

    def _prepare_proforma_line_row(self, line):
        """Return the row of a line, without its texts."""
        is_option = line._is_line_optional()
        rule = line._get_proforma_quantity_rule(
            line.product_id, line.product_uom_id, line.product_uom_qty
        )
        return {
            "name": f"qty_{line.id}",
            "remove": False if is_option else f"remove_{line.id}",
            "label": line._get_proforma_title(),
            "uom": line.product_uom_id.name,
            "now": line.product_uom_qty,
            "is_option": is_option and not line.product_uom_qty,
            **self._prepare_proforma_rule_values(rule, line.product_uom_qty),
            "price": "",
            "discount": "",
            "amount": "",
        }

    def _prepare_proforma_rule_values(self, rule, now=0.0):
        """Return what a field says of the quantities that may stand in it.

        :param QuantityRule rule: Which may be asked for.
        :param float now: What is ordered.
        :return: `step` and `hint`.
        :rtype: dict
        """
        # A browser would not send the form while the present quantity is no step.
        is_step = not Decimal(str(now)) % rule.step
        return {
            "step": plain(rule.step) if is_step else "any",
            "hint": self.env["sale.order.line"]._get_proforma_quantity_hint(rule),
        }

    def _prepare_proforma_option_rows(self):
        """Return the rows of the products that may be added, each with its price."""
        products = self._get_proforma_offered_products()
        if not products:
            return []
        rules = {
            product: self._get_proforma_addition_rule(product) for product in products
        }
        all_of_them = {product: float(rule.minimum) for product, rule in rules.items()}
        figures = self._get_proforma_change_figures(
            ProformaChange.make(additions=all_of_them)
        )
        fmt = self._get_proforma_formatter()
        return [
            {
                "name": f"add_{product.id}",
                "remove": False,
                "label": product.name,
                "uom": product.uom_id.name,
                "now": 0.0,
                "is_option": True,
                **self._prepare_proforma_rule_values(rules[product]),
                "price": fmt.price_money(
                    figures["lines"][f"add_{product.id}"]["price_unit"]
                ),
                "discount": "",
                "amount": "",
            }
            for product in products
        ]

    # === HELPERS === #

    def _get_proforma_formatter(self):
        """Return what writes amounts of the document in the language of the page.

        :rtype: DocumentFormatter
        """
        document = self.proforma_version_id._get_document()
        return DocumentFormatter(
            self.env, self.env.lang, document["document"]["currency"]
        )

    def _is_proforma_tax_included(self):
        """Return whether the prices of the document are shown with taxes."""
        document = self.proforma_version_id._get_document()
        return document["document"]["tax_included_display"]
