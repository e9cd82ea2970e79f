"""What changed between two documents: pure functions, see `proforma.snapshot`."""

from collections import defaultdict, deque

from ..utils import canonical_json, option_rows, without_rows

TEXT_KINDS = ("section", "subsection", "note")
LINE_FIELDS = (
    *("name", "description", "options", "quantity", "uom", "price_unit", "discount"),
    *("taxes", "subtotal", "total"),
)
TEXT_LINE_FIELDS = ("name", "description")
FACTS = ("valid_until", "customer_reference", "payment_term", "tax_included_display")
PARTIES = ("issuer", "customer", "delivery")
PARTY_ROWS = ("name", "contact", "address", "vat", "registry", "eori", "phone", "email")
TOTALS = ("untaxed", "taxes", "tax", "total")
DEPOSIT_FIELDS = ("label", "percent", "amount", "when", "nature", "needed_to_confirm")


def compare(old, new):
    """Return what changed from one document to another; each part empty if nothing.

    A line that only moved has not changed. What one of the documents does not know,
    because an earlier release froze it, has not changed either.

    :param dict old: A document of any format.
    :param dict new: Another one.
    :return: `facts`, `parties`, `lines`, `totals`, `deposits` (lists, see the functions
        below) and `texts` (names of the terms that changed).
    :rtype: dict[str, list]
    """
    return {
        "facts": compare_facts(old["document"], new["document"]),
        "parties": compare_parties(old, new),
        "lines": compare_lines(old["lines"], new["lines"]),
        "totals": compare_totals(old, new),
        "deposits": compare_deposits(old["deposits"], new["deposits"]),
        "texts": compare_texts(old, new),
    }


def compare_facts(old, new):
    """Return the facts of the title block that changed.

    :rtype: list[dict]
    """
    currencies = [{"currency": head["currency"]["code"]} for head in (old, new)]
    return [
        *_differing(old, new, FACTS),
        *_differing(*currencies, ("currency",)),
    ]


def compare_parties(old, new):
    """Return the parties whose block of name and address changed, as rows of text.

    :rtype: list[dict]
    """
    changes = []
    for party in PARTIES:
        before, after = old[party] or {}, new[party] or {}
        known = [
            row
            for row in PARTY_ROWS
            if not (before and after) or (row in before and row in after)
        ]
        rows = {"old": _party_rows(before, known), "new": _party_rows(after, known)}
        if rows["old"] != rows["new"]:
            changes.append({"name": party, **rows})
    return changes


def _party_rows(party, known):
    values = (party.get(row) or [] for row in known)
    rows = [value if isinstance(value, list) else [value] for value in values]
    return [row for part in rows for row in part]


def compare_lines(old, new):
    """Return the lines that were added, removed or changed, in the order of the new
    document; a removed line stands behind the one that it followed.

    :return: Dicts: `change` (`added`, `removed` or `changed`), `old` and `new` (the
        lines, None if there is none) and `fields` (those that changed).
    :rtype: list[dict]
    """
    changes = []
    for before, after in pair_lines(old, new):
        fields = compare_line(before, after) if before and after else []
        if before and after and not fields:
            continue
        change = "changed" if fields else "added" if after else "removed"
        changes.append(
            {"change": change, "old": before, "new": after, "fields": fields}
        )
    return changes


def pair_lines(old, new):
    """Return each line with its counterpart, None where there is none.

    Counterparts have the same key; of the rest, those that say the same belong
    together, then those of the same product in their order.

    :rtype: list[tuple[dict | None, dict | None]]
    """
    olds = {}  # Position in the new document -> position in the old one.
    for get_identity in (_get_key, _get_content, _get_product):
        waiting = defaultdict(deque)
        for position in sorted(set(range(len(old))) - set(olds.values())):
            waiting[get_identity(old[position])].append(position)
        waiting.pop(None, None)
        for position in sorted(set(range(len(new))) - olds.keys()):
            if found := waiting.get(get_identity(new[position])):
                olds[position] = found.popleft()
    pairs = [(olds.get(position), position) for position in range(len(new))]
    places = {before: (before, after) for before, after in pairs if before is not None}
    for position in range(len(old)):
        if position not in places:
            places[position] = (position, None)
            follows = pairs.index(places[position - 1]) + 1 if position else 0
            pairs.insert(follows, places[position])
    return [
        (None if b is None else old[b], None if a is None else new[a]) for b, a in pairs
    ]


def _get_key(line):
    return line.get("key") or None


def _get_content(line):
    return canonical_json([line["kind"], *(line.get(name) for name in LINE_FIELDS)])


def _get_product(line):
    return line["kind"], line["reference"], line["name"]


def compare_line(old, new):
    """Return the fields of a line that changed.

    The amount of a section follows from its lines and says nothing new.

    :return: Dicts: `name`, `old` and `new`.
    :rtype: list[dict]
    """
    old, new = dict(old), dict(new)
    for one, other in ((old, new), (new, old)):
        if "options" in other and "options" not in one:
            # The first release left them in the description.
            rows = option_rows(other.pop("options"))
            one["description"] = without_rows(one["description"], rows)
    is_text = new["kind"] in TEXT_KINDS
    return _differing(old, new, TEXT_LINE_FIELDS if is_text else LINE_FIELDS)


def compare_totals(old, new):
    """Return the totals and taxes that changed, all if the currency did.

    :return: Dicts: `name`, `label` (of a tax), `old` and `new` ("" if there is none).
    :rtype: list[dict]
    """
    before, after = (_list_totals(document["totals"]) for document in (old, new))
    codes = [document["document"]["currency"]["code"] for document in (old, new)]
    places = sorted({**before, **after}, key=lambda place: TOTALS.index(place[0]))
    return [
        {
            "name": place[0],
            "label": place[1],
            "old": before.get(place, ""),
            "new": after.get(place, ""),
        }
        for place in places
        if codes[0] != codes[1] or before.get(place) != after.get(place)
    ]


def _list_totals(totals):
    """Return the amounts by name, label and number among those of the same label."""
    amounts = {("untaxed", "", 0): totals["untaxed"]}
    for tax in totals["taxes"]:
        number = sum(label == tax["label"] for _name, label, _number in amounts)
        amounts["taxes", tax["label"], number] = tax["amount"]
    return {
        **amounts,
        ("tax", "", 0): totals["tax"],
        ("total", "", 0): totals["total"],
    }


def compare_deposits(old, new):
    """Return the instalments that changed, by their place in the schedule.

    :return: Dicts: `number` (from 1), `old` and `new` (None if there is none).
    :rtype: list[dict]
    """
    changes = []
    for index in range(max(len(old), len(new))):
        before = old[index] if index < len(old) else None
        after = new[index] if index < len(new) else None
        if not (before and after) or _differing(before, after, DEPOSIT_FIELDS):
            changes.append({"number": index + 1, "old": before, "new": after})
    return changes


def compare_texts(old, new):
    """Return the names of the terms that changed; `mentions` are those at the foot.

    :rtype: list[str]
    """
    names = [change["name"] for change in _differing(old["terms"], new["terms"])]
    mentions = [
        [m["text"] if isinstance(m, dict) else m for m in document["mentions"]]
        for document in (old, new)
    ]
    return [*names, *(["mentions"] if mentions[0] != mentions[1] else [])]


def _differing(old, new, names=None):
    """Return what differs among the names that both know."""
    return [
        {"name": name, "old": old[name], "new": new[name]}
        for name in names or old
        if name in old and name in new and old[name] != new[name]
    ]
