from odoo import api, fields, models


class ProformaReminderStepTextMixin(models.AbstractModel):
    """A step of a reminder plan in words."""

    _name = "proforma.reminder.step.text.mixin"
    _description = "Reminder Step in Words"

    summary = fields.Char(string="In Words", compute="_compute_summary")

    @api.depends("base", "delay", "delay_unit", "channel")
    @api.depends_context("lang")
    def _compute_summary(self):
        for step in self:
            when = step._get_when_text()
            if step.channel == "activity":
                text = self.env._("%(when)s, as an activity", when=when)
            else:
                text = self.env._("%(when)s, by e-mail", when=when)
            step.summary = text[:1].upper() + text[1:]

    def _get_when_text(self):
        """Return when the step is due, in words."""
        self.ensure_one()
        base = self._get_base_text()
        if not self.delay:
            return self._get_zero_text(base)
        values = {"number": abs(self.delay), "base": base}
        is_one = abs(self.delay) == 1
        if self.delay_unit == "hours":
            if self.delay < 0:
                if is_one:
                    return self.env._("1 hour before %(base)s", base=base)
                return self.env._("%(number)s hours before %(base)s", **values)
            if is_one:
                return self.env._("1 hour after %(base)s", base=base)
            return self.env._("%(number)s hours after %(base)s", **values)
        if self.delay < 0:
            if is_one:
                return self.env._("1 day before %(base)s", base=base)
            return self.env._("%(number)s days before %(base)s", **values)
        if is_one:
            return self.env._("1 day after %(base)s", base=base)
        return self.env._("%(number)s days after %(base)s", **values)

    def _get_zero_text(self, base):
        """Return when a step without a delay is due, in words."""
        if self.delay_unit == "hours":
            return self.env._("at the time of %(base)s", base=base)
        return self.env._("on the day of %(base)s", base=base)

    def _get_base_text(self):
        """Return what the step counts from, in words that follow a preposition."""
        self.ensure_one()
        return {
            "issued": self.env._("the issue"),
            "deadline": self.env._("the deadline"),
            "viewed": self.env._("the customer's last view"),
            "message": self.env._("our last message"),
            "deposit_due": self.env._("the due date of a deposit"),
        }[self.base]
