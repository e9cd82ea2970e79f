"""A few weeks in the life of a shop: every state of a pro forma, really reached."""

import base64
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command, Date
from odoo.tools import file_open

ORIGIN = "Demonstration"

# Customer, days ago, lines (product, quantity, discount in percent), further values,
# what happened: (step, days ago).
ORDERS = [
    (
        "partner_martin_marie",
        0,
        [("desk", 4, 0), ("chair", 4, 5), ("installation", 1, 0)],
        {"client_order_ref": "BC-118", "shipping": "partner_martin_shop"},
        [("issue", 0), ("send", 0)],
    ),
    (
        "partner_martin_marie",
        28,
        [("conference_table", 1, 0), ("meeting_chair", 12, 10)],
        {},
        [("issue", 28), ("send", 28)],
    ),
    (
        "partner_falk",
        6,
        [("corner_desk", 6, 0), ("drawers", 6, 0), ("screen", 3, 0)],
        {"client_order_ref": "FI-2210"},
        [("issue", 6), ("send", 6), ("change", 2), ("issue", 2), ("send", 2)],
    ),
    (
        "partner_petit",
        9,
        [("desk", 1, 0), ("lamp", 1, 0)],
        {},
        [("issue", 9), ("send", 9), ("ask", 3), ("change", 1)],
    ),
    (
        "partner_martin_marie",
        20,
        [("cabinet", 2, 0), ("drawers", 4, 0)],
        {"client_order_ref": "BC-104"},
        [("issue", 20), ("send", 20), ("sign", 15), ("pay", 15)],
    ),
    (
        "partner_falk",
        40,
        [("booth", 1, 0), ("screen", 4, 8)],
        {"plan": "deposit_plan_none"},
        [("issue", 40), ("send", 40), ("sign", 31)],
    ),
    (
        "partner_petit",
        50,
        [("corner_desk", 1, 0)],
        {},
        [("issue", 50), ("send", 50), ("decline", 44)],
    ),
    (
        "partner_falk",
        75,
        [("conference_table", 2, 5)],
        {},
        [("issue", 75), ("send", 75), ("expire", 44)],
    ),
    (
        "partner_martin_marie",
        33,
        [("flipchart", 2, 0)],
        {},
        [("issue", 33), ("send", 33), ("cancel", 30)],
    ),
    ("partner_petit", 1, [("chair", 1, 0)], {}, []),
    ("partner_falk", 12, [("desk", 10, 10), ("lamp", 10, 0)], {}, []),
]


def play(env):
    """Create the orders and let happen to them what the table says.

    :param odoo.api.Environment env: As the superuser.
    """
    # The oldest first, so that the numbers follow the days.
    for customer, days_ago, lines, values, steps in sorted(
        ORDERS, key=lambda row: -row[1]
    ):
        with _days_ago(days_ago):
            order = _create_order(env, customer, lines, values)
        for step, step_days_ago in steps:
            with _days_ago(step_days_ago):
                STEPS[step](order)
                env.cr.flush()  # What is tracked is written now, not on a later day.


def _days_ago(days):
    """Return a context in which it is ten in the morning, UTC, of an earlier day."""
    if not days:
        return freeze_time(datetime.now(), tick=True)
    day = datetime.now().replace(hour=9, minute=0, second=0) - timedelta(days=days)
    return freeze_time(day, tick=True)


def _create_order(env, customer, lines, values):
    """Return a quotation of the demonstration."""

    def ref(name, addon="proforma_ecom_demo"):
        return env.ref(f"{addon}.{name}")

    vals = {
        "partner_id": ref(customer).id,
        "user_id": ref("user_claire").id,
        "origin": ORIGIN,
        "client_order_ref": values.get("client_order_ref"),
        "validity_date": Date.add(Date.today(), days=30),
        "order_line": [
            Command.create(
                {
                    "product_id": ref(f"product_{name}").id,
                    "product_uom_qty": quantity,
                    "discount": discount,
                }
            )
            for name, quantity, discount in lines
        ],
    }
    if "shipping" in values:
        vals["partner_shipping_id"] = ref(values["shipping"]).id
    if "plan" in values:
        vals["proforma_deposit_plan_id"] = ref(values["plan"], "proforma_ecom").id
    return env["sale.order"].create(vals)


def _change(order):
    order.order_line[0].product_uom_qty += 1


def _sign(order):
    with file_open("proforma_ecom_demo/static/img/signature.png", "rb") as image:
        signature = base64.b64encode(image.read())
    order._proforma_sign(order.partner_id.name, signature, partner=order.partner_id)


def _decline(order):
    order._proforma_decline(
        order.env.ref("proforma_ecom.decline_reason_price"),
        partner=order.partner_id,
    )


def _ask(order):
    order._proforma_ask("Le bureau existe-t-il en 160 cm ?", order.partner_id)


def _pay(order):
    """Pay the due deposit with the test provider, as the portal would."""
    deposit = order._get_proforma_due_deposit()
    provider = order.env["payment.provider"].search(
        [("code", "=", "demo"), ("company_id", "=", order.company_id.id)], limit=1
    )
    tx = order.env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": provider.payment_method_ids[:1].id,
            "reference": f"{order.name}-1",
            "amount": deposit.amount,
            "currency_id": order.currency_id.id,
            "partner_id": order.partner_id.id,
            "operation": "online_direct",
            "sale_order_ids": [Command.set(order.ids)],
            "proforma_deposit_id": deposit.id,
            "proforma_version_id": order.proforma_version_id.id,
        }
    )
    tx._set_done()
    tx._post_process()


STEPS = {
    "issue": lambda order: order.action_proforma_issue(),
    "send": lambda order: order._proforma_send_mail(),
    "change": _change,
    "ask": _ask,
    "sign": _sign,
    "pay": _pay,
    "decline": _decline,
    "expire": lambda order: order._set_proforma_expired(),
    "cancel": lambda order: order.action_cancel(),
}
