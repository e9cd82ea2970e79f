from odoo import SUPERUSER_ID, api, fields
from odoo.tools.sql import column_exists


def migrate(cr, version):
    """Give the companies that are there the shipped plan, and their open orders with
    them. Pro formas issued before get only what is still to come; nobody gets a mail
    for a day that had passed.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["res.company"].search([])._set_default_proforma_reminder_plan()
    if column_exists(cr, "proforma_deposit", "reminder_count"):
        _note_reminded_deposits(env)


def _note_reminded_deposits(env):
    """Put what deposits were reminded of before there were plans into the log, so that
    nobody is reminded of the same twice. Their columns are needed no more.
    """
    env.cr.execute(
        """SELECT id, reminder_count, reminded_on FROM proforma_deposit
            WHERE reminder_count > 0 AND reminded_on IS NOT NULL
              AND due_date IS NOT NULL AND state IN ('planned', 'due')"""
    )
    for deposit_id, count, reminded_on in env.cr.fetchall():
        deposit = env["proforma.deposit"].browse(deposit_id)
        plan = deposit.order_id._get_proforma_deposit_reminder_plan()
        steps = plan.step_ids.filtered(
            lambda s: s.active and s.base == "deposit_due" and s.delay > 0
        ).sorted("delay")[:count]
        env["proforma.reminder"].create(
            [
                _prepare_reminder(deposit, step, step == steps[-1] and reminded_on)
                for step in steps
            ]
        )
    env.cr.execute(
        "ALTER TABLE proforma_deposit DROP COLUMN reminder_count, DROP COLUMN"
        " reminded_on"
    )


def _prepare_reminder(deposit, step, reminded_on):
    """Return the values of a reminder that is not sent any more: only of the last one
    it is known when it was sent.
    """
    order = deposit.order_id
    day = reminded_on or fields.Date.add(deposit.due_date, days=step.delay)
    noon = fields.Datetime.to_datetime(day).replace(hour=12)
    return {
        "version_id": order.proforma_version_id.id,
        "step_id": step.id,
        "plan_id": step.plan_id.id,
        "order_id": order.id,
        "company_id": order.company_id.id,
        "partner_id": order.partner_id.id,
        "deposit_id": deposit.id,
        "state": "sent" if reminded_on else "skipped",
        "reason": False if reminded_on else "past",
        "planned_on": noon,
        "done_on": noon,
    }
