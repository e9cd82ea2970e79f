# Runs in an Odoo shell after an upgrade: each scheduled action of ours, as the server
# would run it within the first day, at an hour at which the company works.
from datetime import datetime

calendar = env["resource.calendar"].create({"name": "Always", "tz": "UTC"})
calendar.attendance_ids = [(5, 0, 0)] + [
    (0, 0, {"name": day, "dayofweek": day, "hour_from": 0, "hour_to": 24})
    for day in "0123456"
]
env.company.resource_calendar_id = calendar
env.cr.commit()

ours = env["ir.model.data"].search(
    [("module", "=like", "proforma%"), ("model", "=", "ir.cron")]
)
crons = env["ir.cron"].browse(ours.mapped("res_id"))
assert len(crons) > 5, "too few scheduled actions to prove anything"
for cron in crons:
    cron.method_direct_trigger()
# They have transactions of their own.
env.cr.commit()
env.invalidate_all()

# That there was something to send: the steps of those days are known, and passed over
# unless the landed version itself sent them.
old = env["proforma.reminder"].search([("planned_on", "<", datetime.now())])
assert len(old.order_id) >= 2, "no reminder of an earlier day was planned"
assert set(old.mapped("state")) <= {"skipped", "sent"}, old.mapped("state")
print("DONE")
