# Runs in an Odoo shell after an upgrade and writes nothing: what was frozen is intact
# and prints, what was issued stays so. Its last lines are the portal's addresses, for
# the next step.
import json

versions = env["proforma.version"].search([])
assert len(versions) > 10, "too few versions to prove anything"
for version in versions:
    assert version._is_intact(), f"{version.name} is not intact"
    assert version._render_pdf().startswith(b"%PDF"), f"{version.name} does not print"

orders = env["sale.order"].search([("proforma_state", "!=", "none")])
for order in orders:
    state = order.proforma_state
    harmless = {"client_order_ref": order.client_order_ref, "note": order.note}
    order.write(harmless)
    for line in order.order_line.filtered(lambda line: not line.display_type):
        line.write({"product_uom_qty": line.product_uom_qty})
    order._proforma_revise_if_changed()
    message = f"{order.name} went from {state} to {order.proforma_state} by nothing"
    assert order.proforma_state == state, message

# That the same writes would have told a change.
order = orders.filtered(lambda order: order.proforma_state == "issued")[0]
order.client_order_ref = "REF-2"
assert order.proforma_state == "revising", "a change was not noticed"
env.cr.rollback()
env.invalidate_all()

# What is owed from before is reminded of, but never for a day that had passed.
env["proforma.reminder"]._plan_missing_deposits(0, 1000)
today = env.company._get_proforma_today()
found = set()
of_deposits = [("deposit_id", "!=", False), ("state", "!=", "sent")]
for reminder in env["proforma.reminder"].search(of_deposits):
    assert reminder.deposit_id.asked_on, "somebody would be asked again"
    is_past = (today - reminder.deposit_id.due_date).days > reminder.step_id.delay
    assert not is_past or reminder.reason == "past", "a passed day would be made up for"
    found.add(reminder.state)
assert found == {"skipped", "planned"}, f"deposits from before: {found}"
env.cr.rollback()
env.invalidate_all()

# The e-mails to the salesperson name who buys, in every language.
env.cr.execute(
    """
    SELECT count(*)
      FROM mail_template
     WHERE concat(subject, body_html) LIKE '%_get_proforma_buyer_name%'
       AND concat(subject, body_html) NOT LIKE '%commercial_partner_id%'
    """
)
assert env.cr.fetchone()[0] == 2, "e-mails name another one than the document"

pages = [
    {
        "name": version.name,
        "page": f"/my/proformas/{order.id}?access_token={order.access_token}",
        "pdf": f"/my/proformas/{order.id}/pdf?access_token={order.access_token}",
        "sha256": version.pdf_sha256,
    }
    for order in orders
    for version in order.proforma_version_id
]
print(json.dumps(pages))
print("DONE")
