from odoo import fields, models
from odoo.tools import format_date, format_time

from ..const_request import DEFAULT_ANSWER_HOURS, MAX_ANSWER_HOURS
from ..utils import today_in


class ProformaRequestCompanyMixin(models.AbstractModel):
    """How soon a company answers what its customers ask for."""

    _name = "proforma.request.company.mixin"
    _description = "Pro Forma Requests of a Company"

    # === FIELDS === #

    proforma_answer_hours = fields.Float(
        string="Answer Within",
        default=DEFAULT_ANSWER_HOURS,
        help="Working hours within which customers are promised an answer to what they"
        " ask for, by the working hours of the company.",
    )

    _proforma_answer_hours_range = models.Constraint(
        "CHECK(proforma_answer_hours IS NULL OR proforma_answer_hours"
        f" BETWEEN 0 AND {MAX_ANSWER_HOURS})",
        "An answer can be promised within 0 to 1,000 working hours.",
    )

    # === BUSINESS METHODS === #

    def _get_proforma_answer_by(self, now):
        """Return until when an answer is promised to who asks now.

        :param datetime now: UTC, naive.
        :return: UTC, naive; an instant of working time.
        :rtype: datetime
        """
        self.ensure_one()
        hours = self._get_proforma_working_hours()
        return hours.add(self.proforma_answer_hours, now)

    def _get_proforma_moment_text(self, moment):
        """Return an instant in words of the environment's language, in the company's
        time.

        :param datetime moment: UTC, naive.
        :return: Such as "Monday, November 30, 2026, 2:00 PM".
        :rtype: str
        """
        self.ensure_one()
        tz_name = self._get_proforma_tz()
        return self.env._(
            "%(day)s, %(hour)s",
            day=format_date(self.env, today_in(tz_name, moment), date_format="full"),
            hour=format_time(self.env, moment, tz=tz_name, time_format="short"),
        )
