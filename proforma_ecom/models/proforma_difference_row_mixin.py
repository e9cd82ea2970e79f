from odoo import models

# How the formatter writes what the document holds as plain text.
FORMATS = {
    "price_unit": "price",
    "discount": "percent",
    "valid_until": "date",
    "percent": "percent",
    **dict.fromkeys(("subtotal", "total", "untaxed", "tax", "taxes"), "money"),
}


class ProformaDifferenceRowMixin(models.AbstractModel):
    """Writes single differences as rows of a label and two texts."""

    _name = "proforma.difference.row.mixin"
    _description = "Pro Forma Difference Rows"

    # === BUSINESS METHODS === #

    def _prepare_difference_row(self, change, sides):
        """Return the row of a fact or a total.

        :param dict change: `name`, `old`, `new` and perhaps a `label`.
        :rtype: dict
        """
        labels = self._get_difference_labels()
        texts = [
            self._get_difference_text(change["name"], change[key], side["fmt"])
            for key, side in zip(("old", "new"), sides, strict=True)
        ]
        return {
            "label": change.get("label") or labels[change["name"]],
            "old": texts[0],
            "new": texts[1],
        }

    # === BUSINESS METHODS - LINES === #

    def _prepare_line_items(self, changes, sides):
        """Return one item a line that was added, removed or changed.

        :rtype: list[dict]
        """
        items = [
            {
                "change": change["change"],
                "title": (change["new"] or change["old"])["name"],
                "rows": self._prepare_line_rows(change, sides),
            }
            for change in changes
        ]
        # A total that is not printed is nothing to show.
        return [i for i in items if i["rows"] or i["change"] != "changed"]

    def _prepare_line_rows(self, change, sides):
        """Return what differs; of a line that is on one side only, all but its name.

        :rtype: list[dict]
        """
        labels = self._get_line_labels()
        names = {field["name"] for field in change["fields"]} | {"amount"}
        if "uom" in names:
            names.add("quantity")
        if change["change"] != "changed":
            names = labels.keys() - {"name"}
        rows = []
        for name, label in labels.items():
            old, new = (
                self._get_line_text(name, change[key], side)
                for key, side in zip(("old", "new"), sides, strict=True)
            )
            if name in names and old != new:
                rows.append({"label": label, "old": old, "new": new})
        return rows

    def _get_line_text(self, name, line, side):
        """Return one cell of a line, as rows of text.

        :param str name: A key of the line, or `amount` for its printed total.
        :param dict line: The line, may be None.
        :rtype: list[str]
        """
        if not line:
            return []
        fmt = side["fmt"]
        if name == "amount":
            is_text = line["kind"] in ("section", "subsection", "note")
            return [] if is_text else self._get_texts(fmt.money(line[side["amount"]]))
        if name == "quantity":
            return self._get_texts(f"{fmt.quantity(line[name])} {line['uom']}".strip())
        if name == "options":
            return [self._get_option_text(option, fmt) for option in line.get(name, ())]
        if name == "taxes":
            return self._get_texts(", ".join(line[name]))
        return self._get_difference_text(name, line[name], fmt)

    def _get_option_text(self, option, fmt):
        """Return a choice with what it adds: "Colour: Graphite (+40.00)".

        :rtype: str
        """
        text = f"{option['name']}: {option['value']}"
        if not option["extra"]:
            return text
        sign = "" if option["extra"].startswith("-") else "+"
        return f"{text} ({sign}{fmt.price(option['extra'])})"

    # === BUSINESS METHODS - DEPOSITS === #

    def _prepare_deposit_rows(self, changes, sides):
        """Return one row an instalment that changed.

        :rtype: list[dict]
        """
        return [
            {
                "label": self.env._("Payment %(number)s", number=change["number"]),
                **{
                    key: self._get_deposit_text(change[key], side["fmt"])
                    for key, side in zip(("old", "new"), sides, strict=True)
                },
            }
            for change in changes
        ]

    def _get_deposit_text(self, deposit, fmt):
        """Return an instalment as rows of text.

        :param dict deposit: May be None.
        :rtype: list[str]
        """
        if not deposit:
            return []
        selection = self.env["proforma.deposit"]._fields["nature"]
        natures = dict(selection._description_selection(self.env))
        needed = deposit["needed_to_confirm"] and self.env._("Needed to confirm")
        amount = (fmt.percent(deposit["percent"]), fmt.money(deposit["amount"]))
        nature = natures.get(deposit["nature"], deposit["nature"])
        return [
            deposit["label"],
            " · ".join(filter(None, amount)),
            " · ".join(filter(None, (deposit["when"], nature, needed))),
        ]

    # === HELPERS === #

    def _get_difference_text(self, name, value, fmt):
        """Return a value of a document as rows of text.

        :rtype: list[str]
        """
        if name == "tax_included_display":
            return [self.env._("Incl. tax") if value else self.env._("Excl. tax")]
        if name in FORMATS:
            value = value and getattr(fmt, FORMATS[name])(value)
        return self._get_texts(value)

    def _get_texts(self, value):
        """Return the rows of a text; none of an empty one."""
        return value.split("\n") if value else []

    def _get_line_labels(self):
        """Return the label of each cell of a line, in the order of the document."""
        return {
            "name": self.env._("Name"),
            "description": self.env._("Details"),
            "options": self.env._("Options"),
            "quantity": self.env._("Quantity"),
            "price_unit": self.env._("Unit price"),
            "discount": self.env._("Discount"),
            "taxes": self.env._("Taxes"),
            "amount": self.env._("Total"),
        }

    def _get_difference_labels(self):
        """Return the label of each block, fact, party and total."""
        return {
            "lines": self.env._("Lines"),
            "totals": self.env._("Totals"),
            "facts": self.env._("Terms of the Offer"),
            "deposits": self.env._("Payments"),
            "parties": self.env._("Addresses"),
            "issuer": self.env._("From"),
            "customer": self.env._("To"),
            "delivery": self.env._("Delivery"),
            "valid_until": self.env._("Valid until"),
            "customer_reference": self.env._("Your reference"),
            "payment_term": self.env._("Payment terms"),
            "tax_included_display": self.env._("Prices"),
            "currency": self.env._("Currency"),
            "untaxed": self.env._("Total excl. tax"),
            "tax": self.env._("Taxes"),
            "total": self.env._("Total incl. tax"),
        }

    def _get_difference_notes(self, names):
        """Return one sentence each for the terms that changed and for the mentions.

        :param list names: See `compare_texts`.
        :rtype: list[str]
        """
        notes = []
        if set(names) - {"mentions"}:
            notes.append(self.env._("The conditions changed. Read them in the PDF."))
        if "mentions" in names:
            notes.append(
                self.env._("The mentions at the foot changed. Read them in the PDF.")
            )
        return notes
