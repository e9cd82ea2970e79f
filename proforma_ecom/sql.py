"""Rows for which the ORM would take longer than for all the rest of a batch."""

from odoo.tools import SQL


def insert_rows(env, table, common, columns, returning="id"):
    """Insert rows in one statement, as created by the user of the environment.

    :param env: The environment; what the rows refer to is in the database already.
    :param str table: The name of the table.
    :param dict common: Values by column that are the same in each row.
    :param dict columns: By column, its SQL type and its values, one a row.
    :param str returning: The column that is returned.
    :return: One value a row, in no particular order, and that of its first own column.
    :rtype: list[tuple]
    """
    now = env.cr.now()
    common = {
        **common,
        "create_uid": env.uid,
        "write_uid": env.uid,
        "create_date": now,
        "write_date": now,
    }
    names = [SQL.identifier(name) for name in (*common, *columns)]
    arrays = [
        # The type is no value: it comes from our code.
        SQL("%s::" + sql_type + "[]", list(values))  # pylint: disable=sql-injection
        for sql_type, values in columns.values()
    ]
    own = [SQL.identifier("own", name) for name in columns]
    statement = SQL(
        "INSERT INTO %s (%s) SELECT %s FROM unnest(%s) AS own(%s) RETURNING %s, %s",
        SQL.identifier(table),
        SQL(", ").join(names),
        SQL(", ").join([*(SQL("%s", value) for value in common.values()), *own]),
        SQL(", ").join(arrays),
        SQL(", ").join(SQL.identifier(name) for name in columns),
        SQL.identifier(next(iter(columns))),
        SQL.identifier(returning),
    )
    return env.execute_query(statement)
