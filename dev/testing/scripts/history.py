# Runs in an Odoo shell after data.py, on a landed version too: what a shop has after a
# year. Thus it calls only what the first landed version has.
from datetime import datetime, timedelta

from freezegun import freeze_time

# A drawing of one pixel, as the signature pad would send it.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU"
    "5ErkJggg=="
)
# Nobody is there to take the mails.
env = env(context={**env.context, "mail_notify_force_send": False})
env["res.lang"]._activate_lang("fr_FR")
ours = env["ir.module.module"].search([("name", "=like", "proforma%")])
ours._update_translations(["fr_FR"])

# Settings on every place that has some.
plan = env["proforma.deposit.plan"].create(
    {
        "name": "Three parts",
        "line_ids": [
            (0, 0, {"name": "Now", "percent": 33.33, "trigger": "acceptance"}),
            (0, 0, {"name": "Then", "percent": 33.33, "trigger": "before_delivery"}),
            (0, 0, {"name": "Last", "percent": 33.34, "trigger": "final_invoice"}),
        ],
    }
)
env.company.write(
    {"proforma_grace_hours": 2.5, "proforma_deposit_plan_id": plan.id, "phone": "0123"}
)
env.company.proforma_sequence_id.prefix = "PRO-%(range_year)s-"
env["website"].search([], limit=1).proforma_deposit_plan_id = plan
env["proforma.decline.reason"].create({"name": "A reason of our own"})
provider = env["payment.provider"].search([("code", "=", "demo")], limit=1)
provider.state = "test"
provider.payment_method_ids.active = True

partner = env["res.partner"].search([("name", "=", "Upgraded Customer")])
french = partner.copy(
    # A consumer would pay earnest money, which has a receipt instead of an invoice.
    {"name": "Cliente française", "lang": "fr_FR", "is_company": True}
)
french.proforma_deposit_plan_id = env.ref("proforma_ecom.deposit_plan_30_70")
product = env["product.product"].search([("name", "=", "Upgraded Product")])


def create(customer, **values):
    """Issue an order of a section, two products and a note, with terms."""
    lines = [
        {"display_type": "line_section", "name": "Équipement & co"},
        {"product_id": product.id, "product_uom_qty": 2.5, "discount": 12.5},
        {"product_id": product.id, "name": "Named\nanew"},
        {"display_type": "line_note", "name": "A note"},
    ]
    order = env["sale.order"].create(
        {
            "partner_id": customer.id,
            "client_order_ref": "REF-1",
            "note": "<p>Terms <b>as agreed</b>.</p>",
            "order_line": [(0, 0, line) for line in lines],
            **values,
        }
    )
    # Core takes a price that is given at once for its own, and would replace it.
    order.order_line[2].price_unit = 0.07
    order.action_proforma_issue()
    return order


def sign(order):
    order.sudo()._proforma_sign("Marie Martin", SIGNATURE, partner=order.partner_id)


def pay(order):
    deposit = order._get_proforma_due_deposit()
    tx = env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": provider.payment_method_ids[:1].id,
            "reference": f"{order.name}-1",
            "amount": deposit.amount,
            "currency_id": order.currency_id.id,
            "partner_id": order.partner_id.id,
            "operation": "online_direct",
            "sale_order_ids": [(6, 0, order.ids)],
            "proforma_deposit_id": deposit.id,
            "proforma_version_id": order.proforma_version_id.id,
        }
    )
    tx._set_done()
    tx._post_process()


none = env.ref("proforma_ecom.deposit_plan_none").id
issued = [create(partner), create(french)]
revising, reissued = create(french), create(partner)
for order in (revising, reissued):
    order.order_line[1].product_uom_qty += 1
reissued.action_proforma_issue()
signed, paid, accepted = create(french), create(french), create(partner)
accepted.proforma_deposit_plan_id = none
accepted.action_proforma_issue()
for order in (signed, paid, accepted):
    sign(order)
pay(paid)
declined, cancelled = create(partner), create(french)
declined._proforma_decline(
    env.ref("proforma_ecom.decline_reason_price"), "Too dear", partner
)
cancelled._action_cancel()
with freeze_time(datetime.now() - timedelta(days=60), tick=True):
    expired = create(french)
    env.cr.flush()
# Still open, and never followed up: a step was due weeks ago, another one a day ago.
old, later = [], datetime.now() + timedelta(days=40)
for days in (20, 3):
    with freeze_time(datetime.now() - timedelta(days=days), tick=True):
        old.append(create(partner, validity_date=later))
        env.cr.flush()
env["sale.order"]._cron_expire_proformas()


def owe(days):
    """Accept an order so many days ago, whose first deposit nobody paid."""
    with freeze_time(datetime.now() - timedelta(days=days), tick=True):
        order = create(partner)
        wizard = env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        )
        wizard.action_accept()
        assert order.proforma_deposit_ids[0].state == "due"
        env.cr.flush()
    return order


owing = [owe(days) for days in (60, 1)]

states = {
    "issued": [*issued, *old, reissued, signed],
    "revising": [revising],
    "accepted": [paid, accepted, *owing],
    "declined": [declined],
    "cancelled": [cancelled],
    "expired": [expired],
}
for state, orders in states.items():
    found = {order.proforma_state for order in orders}
    assert found == {state}, f"{state}: {found}"
assert reissued.proforma_version_id.version == 2
assert paid.proforma_deposit_ids.filtered(lambda d: d.state == "paid").invoice_id
versions = env["proforma.version"].search([])
assert set(versions.mapped("pdf_state")) == {"done"}, "a PDF was not rendered"
for order in versions.order_id:
    order._portal_ensure_token()
env.cr.commit()
print("DONE")
