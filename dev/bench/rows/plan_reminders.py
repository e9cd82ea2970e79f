"""Planning the reminders of many pro formas: queries grow with batches."""

import time

from dev.bench import copies

MANY, FEW = 100_000, 1000
NAME = "planning the reminders of one pro forma at 100,000 / at 1,000"
TARGET = 1.2
REPEATS = 3
PEER_DATABASE = "all"
NEEDS = "proforma_ecom/models/proforma_reminder.py"


def prepare(env):
    copies.ensure_proformas(env, MANY)
    env.cr.commit()
    return {}


def ours(env, state):
    return _plan(env, MANY, state)


def peer(env, state):
    return _plan(env, FEW, state)


def note(env, state):
    return "; ".join(
        f"{count:,} in {seconds:.1f} s with {queries} queries"
        for count, (seconds, queries) in state.items()
    )


def open_only(env, count):
    """Let the first pro formas be issued and without reminders, the others declined."""
    env.cr.execute("DELETE FROM proforma_reminder")
    env.cr.execute(
        """
        UPDATE sale_order SET proforma_deadline = '2100-01-01',
            proforma_state = CASE WHEN open.id IS NULL THEN 'declined'
            ELSE 'issued' END
        FROM (SELECT id FROM sale_order WHERE proforma_number IS NOT NULL) proforma
        LEFT JOIN (
            SELECT id FROM sale_order WHERE proforma_number IS NOT NULL
            ORDER BY id LIMIT %s
        ) open ON open.id = proforma.id
        WHERE sale_order.id = proforma.id
        """,
        [count],
    )
    env.cr.commit()
    env.invalidate_all()


def _plan(env, count, state):
    """Seconds a pro forma; the scheduled action commits."""
    open_only(env, count)
    queries, start = env.cr.sql_log_count, time.perf_counter()
    env["proforma.reminder"]._cron_plan_missing()
    env.flush_all()
    seconds = time.perf_counter() - start
    state[count] = seconds, env.cr.sql_log_count - queries
    env.cr.execute("SELECT count(DISTINCT order_id) FROM proforma_reminder")
    assert env.cr.fetchone()[0] == count, "a pro forma has no reminder"
    return seconds / count
