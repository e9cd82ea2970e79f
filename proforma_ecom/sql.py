"""Rows for which the ORM would take longer than for all the rest of a batch."""

from psycopg2.extras import execute_values


def insert_rows(cr, table, rows, returning="id"):
    """Insert rows in one statement.

    :param cr: The cursor.
    :param str table: The name of a table, not from outside.
    :param list rows: Dicts with the same keys: the columns.
    :param str returning: The columns that are returned, not from outside.
    :return: One tuple a row.
    :rtype: list[tuple]
    """
    if not rows:
        return []
    names = ", ".join(rows[0])
    # ruff: no part of the text is from outside.
    statement = f"INSERT INTO {table} ({names}) VALUES %s RETURNING {returning}"  # noqa: S608
    values = [tuple(row.values()) for row in rows]
    return execute_values(cr._obj, statement, values, page_size=len(values), fetch=True)
