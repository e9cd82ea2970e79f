"""Many pro formas within seconds: copies of some that were really issued.

The rows are copied by SQL with all that hangs on them; numbers, tokens and references
are their own, deadlines lie a second apart. The PDF is that of the original.
"""

from dev.bench import samples

# Copied in this order; what refers to one of the tables refers to the copy.
TABLES = (
    "sale_order",
    "proforma_version",
    "sale_order_line",
    "account_tax_sale_order_line_rel",
    "proforma_deposit",
    "proforma_event",
    "proforma_reminder",
    "proforma_price_baseline",
)
UNIQUE = "md5(random()::text || clock_timestamp()::text || {t} || {n})"
# What differs from the original: column -> SQL of its value `t` and the copy's number.
OWN = {
    "sale_order.name": "{t} || '-' || {n}",
    "sale_order.access_token": UNIQUE,
    "sale_order.proforma_number": "{t} || '-' || {n}",
    "sale_order.proforma_deadline": "{t} + {n} * interval '1 second'",
    "proforma_version.name": "{t} || '-' || {n}",
    "proforma_version.number": "{t} || '-' || {n}",
    "proforma_version.token": UNIQUE,
    "proforma_version.verification_code": f"upper(substr({UNIQUE}, 1, 12))",
    "proforma_deposit.reference": "{t} || {n}",
}
LINKS = """
    SELECT attname, confrelid::regclass::text, attnotnull FROM pg_constraint
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND conrelid = %s::regclass
    AND confrelid::regclass::text = ANY(%s)
"""
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s
"""


def create_proformas(env, count, originals=10, **values):
    """Issue some orders of our addons and copy them until there are `count`."""
    orders = samples.create_proformas(env, min(originals, count), **values)
    rest = count % len(orders)
    copies = multiply(env, orders, count - rest)
    return copies + samples.create_proformas(env, rest, **values) if rest else copies


def ensure_proformas(env, count):
    """Create what lacks of some number of pro formas; rows share them."""
    env.cr.execute("SELECT count(*) FROM sale_order WHERE proforma_number IS NOT NULL")
    missing = count - env.cr.fetchone()[0]
    if missing > 0:
        create_proformas(env, missing, originals=20)


def multiply(env, orders, count):
    """Copy orders until there are `count` of them; return all."""
    env.flush_all()
    times = count // len(orders) - 1
    done = []
    if times > 0:
        env.cr.execute("DROP TABLE IF EXISTS copied")
        env.cr.execute(
            "CREATE TEMPORARY TABLE copied"
            " (source varchar, old_id int, n int, new_id int)"
        )
        env.cr.execute("CREATE INDEX ON copied (source, old_id, n)")
        for table in TABLES:
            env.cr.execute("SELECT to_regclass(%s)", [table])
            if env.cr.fetchone()[0]:
                _copy(env, table, done, orders.ids, times)
                done.append(table)
        _link_versions(env)
    env.cr.execute("SELECT new_id FROM copied WHERE source = 'sale_order'")
    copies = [row[0] for row in env.cr.fetchall()] if times > 0 else []
    env.cr.execute("ANALYZE")
    env.invalidate_all()
    return orders + orders.browse(copies)


def _copy(env, table, done, order_ids, times):
    """Copy the rows of a table that belong to what is copied already."""
    links, columns = _describe(env, table, done)
    rows = [f"{table} t CROSS JOIN generate_series(1, %(times)s) numbers(n)"]
    for column, (target, is_required) in links.items():
        # What hangs on nothing that is copied is left; other links may be empty.
        is_owner = is_required or column.startswith(("order_id", "sale_order"))
        kind = "JOIN" if is_owner else "LEFT JOIN"
        rows.append(
            f"{kind} copied {column}_map ON {column}_map.source = '{target}'"
            f" AND {column}_map.old_id = t.{column} AND {column}_map.n = numbers.n"
        )
    where = "WHERE t.id = ANY(%(ids)s)" if table == "sale_order" else ""
    params = {"ids": order_ids, "times": times, "table": table}
    sources = {column: f"{column}_map.new_id" for column in links}
    if "id" in columns:
        env.cr.execute(
            "INSERT INTO copied SELECT %(table)s, t.id, numbers.n,"
            " nextval(pg_get_serial_sequence(%(table)s, 'id'))"
            f" FROM {' '.join(rows)} {where}",
            params,
        )
        env.cr.execute("ANALYZE copied")
        rows.append(
            f"JOIN copied own ON own.source = '{table}' AND own.old_id = t.id"
            " AND own.n = numbers.n"
        )
        sources["id"] = "own.new_id"
    for column in set(columns) - set(sources):
        own = OWN.get(f"{table}.{column}", "{t}")
        sources[column] = own.format(t=f't."{column}"', n="numbers.n")
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(sources[column] for column in columns)
    env.cr.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {' '.join(rows)} {where}",
        params,
    )


def _describe(env, table, done):
    """What refers to a table that is copied already, and all columns of a table.

    :return: column -> (table, whether it is required); names
    """
    env.cr.execute(LINKS, [table, list(done)])
    links = {column: link for column, *link in env.cr.fetchall()}
    env.cr.execute(COLUMNS, [table])
    return links, [row[0] for row in env.cr.fetchall()]


def _link_versions(env):
    """Let each copied order have its own copy as the current version."""
    env.cr.execute("SELECT to_regclass('proforma_version')")
    if env.cr.fetchone()[0]:
        env.cr.execute(
            """
            UPDATE sale_order SET proforma_version_id = version.new_id
            FROM copied this, copied version
            WHERE this.source = 'sale_order' AND this.new_id = sale_order.id
            AND version.source = 'proforma_version' AND version.n = this.n
            AND version.old_id = sale_order.proforma_version_id
            """
        )
