from odoo import api, models

from ..const import PERSONAL_PARTS
from ..utils import keep_known_keys, option_rows, without_rows

# Were there, but are found elsewhere too since the parties carry a legal form.
LATER_DELIVERY_KEYS = ("contact", "phone")

# Are others where a person buys for an organization, or has named an address.
NAMED_KEYS = ("name", "contact")
NAMING_KEYS = ("organization", "addressee")

# What a deposit is; its label and the words of its day are in a language.
DEPOSIT_TERMS = ("percent", "amount", "due_on", "nature", "needed_to_confirm")

# What an order amounts to; how its taxes are called and grouped are settings.
TOTALS = ("untaxed", "tax", "total")


class ProformaSnapshotChangeMixin(models.AbstractModel):
    """Whether an order still says what its frozen document says."""

    _name = "proforma.snapshot.change.mixin"
    _description = "Pro Forma Snapshot Changes"

    # === BUSINESS METHODS - COMPARISON === #

    @api.model
    def _is_changed(self, frozen, current):
        """Return whether a document says other things than the frozen one.

        What the frozen one does not know, because an earlier release wrote it, is no
        change for whoever reads it.

        :param dict frozen: The stored document, of any format.
        :param dict current: The document of the order as it is now.
        :rtype: bool
        """
        before, after = self._get_comparable(frozen), self._get_comparable(current)
        if len(before["lines"]) == len(after["lines"]):
            for old, new in zip(before["lines"], after["lines"], strict=True):
                self._align_lines(old, new)
        self._leave_names_out(before, after, frozen)
        if "choices" in before:
            for side in (before, after):
                side.pop("payment_term")
        return before != keep_known_keys(after, before)

    @api.model
    def _leave_names_out(self, before, after, frozen):
        """Compare without what earlier releases did not print of a name: whom to ask at
        a place of delivery, the organization that a person buys for, and the name that
        he gave to an address.
        """
        # They are printed as names; by themselves they say which release froze it.
        left_out = dict.fromkeys(PERSONAL_PARTS, NAMING_KEYS)
        if "legal_form" not in frozen["customer"]:
            left_out["delivery"] += LATER_DELIVERY_KEYS
        for part in PERSONAL_PARTS:
            old, new = before[part] or {}, after[part] or {}
            if self._is_named_otherwise(part, old, new):
                left_out[part] = (*left_out[part], *NAMED_KEYS)
            if old:
                before[part] = {k: v for k, v in old.items() if k not in left_out[part]}

    @api.model
    def _is_named_otherwise(self, part, old, new):
        """Return whether a part has other names than an earlier release gave it.

        :param str part: One of `PERSONAL_PARTS`.
        :param dict old: The part as it was frozen.
        :param dict new: As it would be frozen now.
        :rtype: bool
        """
        if any(new.get(key) and key not in old for key in NAMING_KEYS):
            return True
        # An address without a name of its own did not name the organization either.
        is_place = part == "delivery" and "addressee" not in old
        return is_place and bool(new.get("organization")) and not old["organization"]

    @api.model
    def _align_lines(self, old, new):
        """Make a frozen line and a current one comparable: names of settings do not
        count where it is known which settings were chosen.
        """
        if "options" not in old:
            rows = option_rows(new.get("options", ()))
            old["description"] = without_rows(old["description"], rows)
        if "tax_ids" in old:
            for line in (old, new):
                line.pop("taxes", None)
                line.pop("uom", None)

    @api.model
    def _get_figures(self, document):
        """Return what can be compared of a document without knowing its language.

        :param dict document: See `_prepare_document`.
        :rtype: dict
        """
        keys = ("kind", "quantity", "price_unit", "discount", "subtotal")
        totals = document["totals"]
        return {
            "valid_until": document["document"]["valid_until"],
            "customer_reference": document["document"]["customer_reference"],
            "lines": [[line[key] for key in keys] for line in document["lines"]],
            "totals": [totals[key] for key in TOTALS],
        }

    @api.model
    def _get_comparable(self, document):
        """Return the part of a document that a change of the order may change.

        Settings may change later without a word to the customer: they count when the
        order chooses others.

        :param dict document: See `_prepare_document`.
        :rtype: dict
        """
        header = document["document"]
        facts = ("valid_until", "customer_reference", "payment_term", "currency")
        comparable = {
            **{part: document[part] for part in PERSONAL_PARTS},
            "lines": self._get_comparable_lines(document["lines"]),
            "totals": {key: document["totals"][key] for key in TOTALS},
            "note": document["terms"]["note"],
            **{key: header[key] for key in facts},
        }
        if "choices" in header:
            comparable.update(
                choices=header["choices"],
                delivery_cost=document["delivery_cost"],
                delivery_time=header["delivery_time"],
            )
        if self._has_comparable_schedule(document):
            comparable["deposits"] = [
                {key: deposit[key] for key in DEPOSIT_TERMS}
                for deposit in document["deposits"]
            ]
        return comparable

    @api.model
    def _has_comparable_schedule(self, document):
        """Return whether the document says what each deposit is, also by hand."""
        return all("reference" in deposit for deposit in document["deposits"])

    @api.model
    def _get_comparable_lines(self, lines):
        """Return the lines without keys and pictures: a line that was deleted and
        entered again says the same. What a choice adds follows rates and price lists;
        the price of the line, which holds it, does not.

        :param list lines: See `_prepare_lines`.
        :rtype: list[dict]
        """
        comparable = []
        for line in lines:
            values = {
                key: value
                for key, value in line.items()
                if key not in ("key", "picture")
            }
            if "options" in values:
                values["options"] = [
                    {"name": option["name"], "value": option["value"]}
                    for option in values["options"]
                ]
            comparable.append(values)
        return comparable
