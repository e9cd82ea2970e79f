"""The columns of the lines: which there are, and how wide.

The widths are fixed before anything is drawn, so that the rows that are kept together
on one page stand exactly below those of the table around them.
"""

# Width of a figure and of an average letter, in millimetres for each point of type.
FIGURE_WIDTH = 0.206
LETTER_WIDTH = 0.19

# Space before a column.
GUTTER = 4.0

# Texts in these columns may be broken over lines; they take at most this many mm.
MAX_TEXT_WIDTH = 24.0


def line_columns(document, fmt, label_texts, show, size):
    """Return the columns of the lines, from left to right.

    :param dict document: See `proforma.snapshot`.
    :param DocumentFormatter fmt: Writes the figures.
    :param dict label_texts: Column -> every text of its head, one a language.
    :param dict show: Column -> whether it is wanted; absent means yes.
    :param float size: The size of the type, in points.
    :return: One dict a column: `key` and `width`, CSS text, "" for the widest one.
    :rtype: list[dict]
    """
    products = [
        line for line in document["lines"] if line["kind"] in ("product", "delivery")
    ]
    total = "total" if document["document"]["tax_included_display"] else "subtotal"
    figures = {
        "position": [str(line["position"] or "") for line in products],
        "quantity": [fmt.quantity(line["quantity"]) for line in products],
        "price": [fmt.price(line["price_unit"]) for line in products],
        "discount": [
            fmt.percent(line["discount"])
            for line in products
            if float(line["discount"] or 0)
        ],
        "total": [fmt.amount(line[total]) for line in document["lines"]],
    }
    texts = {
        "unit": [line["uom"] for line in products],
        "tax": [", ".join(line["taxes"]) for line in products],
    }
    columns = []
    for key in ("position", "what", "quantity", "unit", "price", "discount", "tax"):
        if key == "what":
            columns.append({"key": key, "width": ""})
        elif show.get(key, True) and any(figures.get(key) or texts.get(key) or ()):
            width = _get_width(key, figures, texts, label_texts.get(key, ()), size)
            columns.append({"key": key, "width": f"{width:.1f}mm"})
    width = _get_width("total", figures, texts, label_texts["total"], size)
    return [*columns, {"key": "total", "width": f"{width:.1f}mm"}]


def _get_width(key, figures, texts, heads, size):
    words = [word for head in heads for word in head.split(" ")]
    # The head is set one point smaller and may be broken between words.
    head = max(map(len, words), default=0) * LETTER_WIDTH * (size - 1) + 1
    if key in figures:
        width = max(map(len, figures[key]), default=0) * FIGURE_WIDTH * size
    else:
        longest = max(map(len, texts[key]), default=0) * LETTER_WIDTH * size
        width = min(longest + 2, MAX_TEXT_WIDTH)
    gutter = {"position": 3.0, "unit": 1.2}.get(key, GUTTER)
    return max(width, head) + gutter
