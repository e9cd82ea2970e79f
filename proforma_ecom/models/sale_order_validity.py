from datetime import time

import pytz

from odoo import api, fields, models
from odoo.tools import format_date, format_time

from ..const import DEFAULT_VALIDITY_DAYS, VALIDITY_FIELDS


class SaleOrder(models.Model):
    """For how long a pro forma is valid, and how much of that is left."""

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_days_left = fields.Integer(
        string="Days of Validity Left",
        compute="_compute_proforma_days_left",
        help="On the company's calendar: 0 on the last day; 0 too for what cannot be"
        " accepted.",
    )
    proforma_time_left = fields.Char(
        string="Time Left", compute="_compute_proforma_time_left"
    )
    proforma_acceptance_end = fields.Char(
        string="Can Be Accepted Until",
        compute="_compute_proforma_acceptance_end",
        help="The last day of validity counts to its end, in the company's time zone,"
        " plus the company's grace.",
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id")
    def _compute_validity_date(self):
        """Override of `sale` to ask template, customer, website and company, and to
        begin on the company's day. What was sent keeps its last day, whatever is
        chosen anew. Without `super()`: nothing of its result would stay.
        """
        for order in self:
            if order.proforma_version_id:
                order.validity_date = order.validity_date
                continue
            today = (order.company_id or self.env.company)._get_proforma_today()
            days = order._get_proforma_validity_days()
            order.validity_date = fields.Date.add(today, days=days) if days else False

    @api.depends("proforma_state", "proforma_deadline")
    def _compute_proforma_days_left(self):
        for order in self:
            day = order.sudo().proforma_version_id.valid_until
            is_open = order._is_proforma_clock_running()
            today = order.company_id._get_proforma_today() if is_open else None
            order.proforma_days_left = max((day - today).days, 0) if is_open else 0

    @api.depends("proforma_state", "proforma_deadline")
    @api.depends_context("lang")
    def _compute_proforma_time_left(self):
        for order in self:
            is_open = order._is_proforma_clock_running()
            order.proforma_time_left = order.sudo()._get_days_left() if is_open else ""

    @api.depends("proforma_deadline", "company_id")
    @api.depends_context("lang")
    def _compute_proforma_acceptance_end(self):
        for order in self:
            order.proforma_acceptance_end = order._get_proforma_acceptance_end_text()

    # === BUSINESS METHODS === #

    def _get_proforma_acceptance_end_text(self):
        """Return until when the pro forma can be accepted, as people say it: the
        deadline of a day is midnight, which looks like the day after.

        :return: In the language of the environment, "" without a deadline.
        :rtype: str
        """
        self.ensure_one()
        if not self.proforma_deadline:
            return ""
        zone = self.company_id.sudo()._get_proforma_tz()
        deadline = pytz.utc.localize(self.proforma_deadline)
        local = deadline.astimezone(pytz.timezone(zone))
        if local.time() == time.min:
            day = format_date(self.env, fields.Date.subtract(local.date(), days=1))
            return self.env._("End of %(day)s (%(zone)s)", day=day, zone=zone)
        day = format_date(self.env, local.date())
        hour = format_time(self.env, local.time(), time_format="short")
        return self.env._("%(day)s, %(hour)s (%(zone)s)", day=day, hour=hour, zone=zone)

    def _is_proforma_clock_running(self):
        """Return whether the pro forma is issued and its deadline lies ahead."""
        self.ensure_one()
        return (
            self.proforma_state == "issued"
            and bool(self.proforma_deadline)
            and self.proforma_deadline > fields.Datetime.now()
        )

    def _get_proforma_validity_days(self):
        """Return for how many days a pro forma of this order is valid.

        The first place that says it: quotation template, customer, website, company.

        :return: 0 if no place says it.
        :rtype: int
        """
        self.ensure_one()
        for source in self._get_proforma_setting_sources():
            days = source[VALIDITY_FIELDS.get(source._name, "proforma_validity_days")]
            if days > 0:
                return days
        return 0

    def _get_proforma_validity_day(self, today):
        """Return the last day of validity of what is issued today.

        :param date today: The company's day.
        :return: Inclusive.
        :rtype: date
        """
        days = self._get_proforma_validity_days() or DEFAULT_VALIDITY_DAYS
        return fields.Date.add(today, days=days)
