"""The prices of many pro formas are checked; none of them has moved."""

import time

from dev.bench import copies

COUNT = 10_000
NAME = "price check of 10,000 pro formas"
TARGET = 60
REPEATS = 3
NEEDS = "proforma_ecom/models/proforma_price_plan.py"


def prepare(env):
    plan = env["proforma.price.plan"].create({"name": "Benchmark", "action": "propose"})
    orders = copies.create_proformas(env, COUNT, proforma_price_plan_id=plan.id)
    env.cr.commit()
    return {"orders": orders.ids}


def ours(env, state):
    """Seconds; the scheduled action commits, so that all is set back before."""
    env.cr.execute(
        "UPDATE sale_order SET proforma_prices_checked_on = CURRENT_DATE - 1,"
        " proforma_state = 'issued', proforma_deadline = '2100-01-01'"
        " WHERE id = ANY(%s)",
        [state["orders"]],
    )
    env.cr.commit()
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    env["sale.order"]._cron_check_proforma_prices()
    env.flush_all()
    seconds = time.perf_counter() - start
    state["queries"] = env.cr.sql_log_count - queries
    left = env["sale.order"].search_count(
        [
            ("id", "in", state["orders"]),
            ("proforma_prices_checked_on", "<", env.company._get_proforma_today()),
        ]
    )
    assert not left, f"{left} documents were not checked"
    return seconds


def note(env, state):
    return f"{state['queries'] / COUNT:.2f} queries a document"
