"""Orders that are paid in instalments, each with an invoice, beside core's percentages.

Both sides confirm an order, make and post the invoice of each instalment, register its
payment, and post the final invoice, which deducts them. Ours does besides what core has
no word for: e-mails, events, dates and states of the instalments.
"""

import time

from dev.bench import samples

NAME = "accepting 200 orders, paying and invoicing 3 instalments / core's down payments"
TARGET = 1.3
PEER_DATABASE = "core"
REPEATS, ORDERS = 8, 25  # Together the 200.
PERCENTS = (30, 40, 30)
INVOICES = ORDERS * (len(PERCENTS) + 1)


def prepare(env):
    """Issued pro formas on our side, quotations on the other one."""
    journal = env["account.journal"].search([("type", "=", "bank")], limit=1)
    if "proforma.version" in env:
        plan = env["proforma.deposit.plan"].create(
            {
                "name": "Benchmark",
                "line_ids": [
                    (0, 0, {**line, "nature": "acompte", "name": str(line["percent"])})
                    for line in _get_plan_lines()
                ],
            }
        )
        orders = samples.create_proformas(env, ORDERS, proforma_deposit_plan_id=plan.id)
    else:
        orders = samples.create_orders(env, ORDERS)
    env.cr.commit()
    return {"orders": orders.ids, "journal": journal.id}


def _get_plan_lines():
    first, *others = PERCENTS
    yield {"percent": first, "trigger": "acceptance"}
    for number, percent in enumerate(others, start=1):
        yield {"percent": percent, "trigger": "after_acceptance", "days": 10 * number}


def ours(env, state):
    """Seconds an invoice, as a user accepts and registers what was paid."""
    return _measure(env, state, _take_instalments)


def peer(env, state):
    """Seconds an invoice, as a user makes them with core's wizards."""
    return _measure(env, state, _take_down_payments)


def note(env, state):
    return f"{state['queries'] / INVOICES:.0f} queries an invoice"


def _measure(env, state, take):
    orders = env["sale.order"].browse(state["orders"])
    queries, start = env.cr.sql_log_count, time.perf_counter()
    for order in orders:
        take(env, order, state["journal"])
        order._create_invoices(final=True).action_post()
        env.flush_all()
    seconds = time.perf_counter() - start
    state["queries"] = env.cr.sql_log_count - queries
    _check(orders)
    return seconds / INVOICES


def _take_instalments(env, order, journal):
    env["proforma.acceptance"].create(
        {"order_id": order.id, "reason": "By phone"}
    ).action_accept()
    for deposit in order.proforma_deposit_ids:
        env["proforma.deposit.payment"].create(
            {"deposit_id": deposit.id, "journal_id": journal, "reason": "Transfer"}
        ).action_register()


def _take_down_payments(env, order, journal):
    order.action_confirm()
    for percent in PERCENTS:
        wizard = env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [(6, 0, order.ids)],
                "advance_payment_method": "percentage",
                "amount": percent,
            }
        )
        invoice = wizard._create_invoices(order)
        invoice.action_post()
        env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": journal})._create_payments()


def _check(orders):
    """Both sides have done the work: all is invoiced, paid and deducted."""
    for order in orders:
        invoices = order.invoice_ids
        assert len(invoices) == len(PERCENTS) + 1, "an invoice is missing"
        assert set(invoices.mapped("state")) == {"posted"}, "an invoice is a draft"
        assert not any(invoices.mapped("amount_residual")), "an invoice is not paid"
        total = sum(-move.direction_sign * move.amount_total for move in invoices)
        assert not order.currency_id.compare_amounts(total, order.amount_total), total
