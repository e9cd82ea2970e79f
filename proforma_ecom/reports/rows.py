"""The rows of the lines: what stays together on a page, and what is cut in pieces."""

import textwrap

# A row is never broken over pages, since the head of the table would be printed over
# its rest; so a text of more characters than this goes on in rows of its own.
MAX_TEXT = 700

# What the end of a paragraph counts, in characters.
PARAGRAPH = 60


def row_groups(lines):
    """Return the rows of the lines in groups that are kept together on a page.

    A heading stays with the row below it; the last row stays with the totals.

    :param list lines: The lines of a document.
    :return: Lists of rows, never empty ones. A row is a line, or the rest of one: then
        `continued` is true and only `description` is printed.
    :rtype: list[list[dict]]
    """
    groups, headings = [], []
    for line in lines:
        first, *rest = _pieces(line)
        if line["kind"] in ("section", "subsection") and not rest:
            headings.append(first)
            continue
        groups.append([*headings, first])
        groups += [[piece] for piece in rest]
        headings = []
    return [*groups, headings] if headings else groups


def _pieces(line):
    name, *rest = _chunks(line["name"]) or [""]
    texts = rest + _chunks(line["description"])
    pieces = [{**line, "name": name, "description": ""}]
    if texts and len(name) + len(texts[0]) <= MAX_TEXT * 1.5:
        pieces[0]["description"] = texts.pop(0)
    return pieces + [
        {**line, "name": "", "description": text, "continued": True} for text in texts
    ]


def _chunks(text):
    chunks, weight = [], MAX_TEXT
    for paragraph in text.split("\n") if text else ():
        for part in textwrap.wrap(paragraph, MAX_TEXT) or [""]:
            weight += len(part) + PARAGRAPH
            if weight > MAX_TEXT:
                chunks.append([])
                weight = len(part) + PARAGRAPH
            chunks[-1].append(part)
    return ["\n".join(chunk) for chunk in chunks]
