"""Many orders expire at once, beside OCA's addon that cancels them.

Both sides have the same orders. Ours moves them to "expired" and writes their events,
in batches that are committed; OCA's cancels them.
"""

import time

from dev.bench import copies, samples

COUNT = 10_000
NAME = "expiring 10,000 orders / OCA's sale_validity_auto_cancel on the same"
TARGET = 0.05
REPEATS = 3
PEER_DATABASE = "oca"


def prepare(env):
    if "proforma.version" in env:
        copies.ensure_proformas(env, COUNT)
    else:
        orders = samples.create_orders(env, 10)
        orders.action_quotation_sent()
        orders.validity_date = "2020-01-01"
        copies.multiply(env, orders, COUNT)
    env.cr.commit()
    return {}


def ours(env, state):
    """Seconds; the scheduled action commits, so that all is set back before."""
    set_back(env, COUNT)
    queries, start = env.cr.sql_log_count, time.perf_counter()
    env["sale.order"]._cron_expire_proformas()
    env.flush_all()
    seconds = time.perf_counter() - start
    state["queries"] = env.cr.sql_log_count - queries
    env.cr.execute("SELECT count(*) FROM proforma_event WHERE kind = 'expired'")
    assert env.cr.fetchone()[0] == COUNT, "an order did not expire"
    return seconds


def peer(env, state):
    queries = env.cr.sql_log_count
    env["sale.order"].cron_sale_validity_auto_cancel()
    env.flush_all()
    state["queries"] = env.cr.sql_log_count - queries
    done = env["sale.order"].search_count([("state", "=", "cancel")])
    assert done == COUNT, "an order was not cancelled"


def note(env, state):
    return f"{state['queries'] / COUNT:.2f} queries an order"


def set_back(env, count):
    """Let the first pro formas be past their deadline, the others far from it."""
    env.cr.execute("DELETE FROM proforma_event WHERE kind = 'expired'")
    env.cr.execute(
        """
        UPDATE sale_order SET proforma_state = 'issued', proforma_deadline =
            CASE WHEN past.id IS NULL THEN '2100-01-01'::timestamp
            ELSE '2020-01-01'::timestamp END
        FROM (SELECT id FROM sale_order WHERE proforma_number IS NOT NULL) proforma
        LEFT JOIN (
            SELECT id FROM sale_order WHERE proforma_number IS NOT NULL
            ORDER BY id LIMIT %s
        ) past ON past.id = proforma.id
        WHERE sale_order.id = proforma.id
        """,
        [count],
    )
    env.cr.commit()
    env.invalidate_all()
