"""Reminders on their way into the mail queue, beside a loop of core's."""

import datetime
import time

from dev.bench import copies
from dev.bench.rows.plan_reminders import open_only

COUNT = 1000
NAME = "sending 1,000 reminders into the queue / a loop of core's"
TARGET = 0.7
REPEATS = 3
PEER_DATABASE = "all"
NEEDS = "proforma_ecom/models/proforma_reminder.py"


def prepare(env):
    """One reminder an order, due on a working day, of as many customers."""
    copies.ensure_proformas(env, COUNT)
    open_only(env, COUNT)
    env["proforma.reminder"]._cron_plan_missing()
    step = env["proforma.reminder.step"].search(
        [("base", "=", "issued"), ("channel", "=", "mail")], limit=1
    )
    env.cr.execute("DELETE FROM proforma_reminder WHERE step_id != %s", [step.id])
    orders = env["sale.order"].search(
        [("proforma_state", "=", "issued")], order="id", limit=COUNT
    )
    partners = env["res.partner"].create(
        [
            {"name": f"Customer {n}", "email": f"customer{n}@example.com"}
            for n in range(COUNT)
        ]
    )
    pairs = list(zip(orders.ids, partners.ids, strict=True))
    for table, column in (("sale_order", "id"), ("proforma_reminder", "order_id")):
        env.cr.executemany(
            f"UPDATE {table} SET partner_id = %s WHERE {column} = %s",
            [(partner, order) for order, partner in pairs],
        )
    today = datetime.date.today()
    tuesday = today + datetime.timedelta(days=(1 - today.weekday()) % 7)
    now = datetime.datetime.combine(tuesday, datetime.time(10))
    env.cr.commit()
    return {"now": now, "template": step.template_id.id, "orders": orders.ids}


def ours(env, state):
    """Seconds; what is sent is committed, so that all is set back before."""
    env.cr.execute(
        "UPDATE proforma_reminder SET state = 'planned', planned_on = %s,"
        " done_on = NULL, reason = NULL, mail_message_id = NULL",
        [state["now"]],
    )
    env.cr.execute(
        "DELETE FROM mail_message WHERE model = 'sale.order' AND id > %s",
        [state.setdefault("last", _get_last_message(env))],
    )
    env.cr.commit()
    reminders = env["proforma.reminder"].with_company(env.company)
    domain = [("state", "=", "planned"), ("company_id", "=", env.company.id)]
    queries, start = env.cr.sql_log_count, time.perf_counter()
    reminders._send_due(_domain(domain), state["now"])
    env.flush_all()
    seconds = time.perf_counter() - start
    state["queries"] = env.cr.sql_log_count - queries
    sent = reminders.search_count([("state", "=", "sent")])
    assert sent == COUNT, f"{sent} reminders were sent"
    return seconds


def peer(env, state):
    template = env["mail.template"].browse(state["template"])
    for order in env["sale.order"].browse(state["orders"]):
        order.message_post_with_source(template, subtype_xmlid="mail.mt_comment")
    env.flush_all()


def note(env, state):
    return f"{state['queries'] / COUNT:.1f} queries a reminder"


def _domain(conditions):
    from odoo.fields import Domain

    return Domain(conditions)


def _get_last_message(env):
    env.cr.execute("SELECT max(id) FROM mail_message")
    return env.cr.fetchone()[0]
