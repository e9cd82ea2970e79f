"""A table as a file that spreadsheet programs open. Pure functions: no environment."""

import codecs
import csv
import io
from datetime import date

from .const_portal import FORMULA_STARTS


def write_csv(rows, decimal_point="."):
    """Return a table as the content of a CSV file, as a spreadsheet of the reader's
    language opens it: UTF-8 with its mark; semicolons where the comma is taken.

    :param list rows: Lists of texts, dates, and amounts as (amount, digits).
    :param str decimal_point: Of the language.
    :rtype: bytes
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if decimal_point == "," else ",")
    writer.writerows([_write_cell(cell, decimal_point) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _write_cell(cell, decimal_point):
    """Return the text of a cell; one that would be a formula is marked as text."""
    if isinstance(cell, tuple):
        amount, digits = cell
        return f"{amount:.{digits}f}".replace(".", decimal_point)
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
