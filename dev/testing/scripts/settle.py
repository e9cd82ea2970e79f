# Runs in an Odoo shell of a landed version that has reminders: what it would do by
# itself is done, so that whatever is sent after the upgrade is sent because of it.
from datetime import datetime

if "proforma.reminder" in env.registry:
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
    for cron in env["ir.cron"].browse(ours.mapped("res_id")):
        cron.method_direct_trigger()
    env.cr.commit()
    env.invalidate_all()
    left = env["proforma.reminder"].search_count(
        [("state", "=", "planned"), ("planned_on", "<", datetime.now())]
    )
    assert not left, f"{left} reminders are due still"
print("DONE")
