from odoo import fields, models

from ..const_request import DEFAULT_ANSWER_HOURS, MAX_ANSWER_HOURS


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
