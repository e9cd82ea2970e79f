from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import VERSION_LOGGER, ProformaCommon

# A Monday, 10:00 in Paris; the company works from Monday to Friday, 9 to 18.
MONDAY = "2026-11-02 09:00:00"
# 9:05 in Paris on later days: reminders are due at 9:00.
WEDNESDAY = "2026-11-04 08:05:00"


class ReminderCommon(ProformaCommon):
    """A plan of one step, two days after the issue, and a company without calendar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id = False
        cls.template = cls.env.ref("proforma_ecom.mail_template_reminder_received")
        cls.reminder_plan = cls.env["proforma.reminder.plan"].create(
            {"name": "Test", "step_ids": [Command.create(cls._step_vals("Day 2"))]}
        )
        cls.step = cls.reminder_plan.step_ids
        cls.env.company.proforma_reminder_plan_id = cls.reminder_plan

    @classmethod
    def _step_vals(cls, name, **values):
        """Return the values of a step that sends an e-mail two days after the issue."""
        return {"name": name, "template_id": cls.template.id, **values}

    @classmethod
    def _add_step(cls, name, **values):
        vals = cls._step_vals(name, plan_id=cls.reminder_plan.id, **values)
        return cls.env["proforma.reminder.step"].create(vals)

    def _issue(self, instant=MONDAY, **values):
        """Return an order issued at an instant, its PDF left out."""
        values.setdefault("validity_date", "2026-11-30")
        with freeze_time(instant):
            return self._create_proforma_without_pdf(**values)

    def _issue_again(self, order):
        with self._broken_renderer(), mute_logger(VERSION_LOGGER):
            order.action_proforma_issue()

    def _run(self, instant):
        with freeze_time(instant):
            self._run_cron("ir_cron_send_reminders")

    def _get_mails(self, orders):
        """Return the e-mails about orders in the queue, in the order they came."""
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("model", "=", "sale.order"), ("res_id", "in", orders.ids)])
            .sorted("id")
        )

    def _other_contact(self, **values):
        return self._create_customer(
            "Garage Petit", **{"email": "garage@example.com", **values}
        )
