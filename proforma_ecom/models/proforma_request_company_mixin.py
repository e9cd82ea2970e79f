from odoo import fields, models
from odoo.tools import format_date, format_time

from ..const_request import (
    CHANGE_RULES,
    DEFAULT_ANSWER_HOURS,
    MAX_ANSWER_HOURS,
    OFFER_RULES,
)
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
        prefetch="proforma",
    )

    # Changes
    proforma_change_rule = fields.Selection(
        CHANGE_RULES,
        string="Changes by the Customer",
        required=True,
        default="never",
        help="What becomes of quantities and options that a customer asks for on the"
        " page of his pro forma. A new version is made at once only at the prices of"
        " the price list, with no other discount than before.",
        prefetch="proforma",
    )
    proforma_change_limit = fields.Float(
        string="Largest Change at Once",
        default=20.0,
        help="In percent (0-100) of the old total, up or down; also by how much more"
        " may be asked of what is free or has an agreed price.",
        prefetch="proforma",
    )

    # Counter-offers
    proforma_offer_rule = fields.Selection(
        OFFER_RULES,
        string="Counter-Offers",
        required=True,
        default="never",
        help="What becomes of a price that a customer offers on the page of his pro"
        " forma.",
        prefetch="proforma",
    )
    proforma_offer_floor = fields.Float(
        string="Lowest Margin",
        default=20.0,
        help="In percent (0-100) of the revenue. An offer that leaves less, on the"
        " whole or on the line that it is for, is refused at once.",
        prefetch="proforma",
    )
    proforma_offer_step = fields.Float(
        string="Largest Reduction",
        default=5.0,
        help="In percent (0-100) of the present price. What is lower waits for the"
        " salesperson.",
        prefetch="proforma",
    )
    proforma_offer_rounds = fields.Integer(
        string="Offers per Pro Forma",
        default=2,
        help="So many offers of a customer are answered at once; further ones wait for"
        " the salesperson.",
        prefetch="proforma",
    )

    _proforma_change_limit_range = models.Constraint(
        "CHECK(proforma_change_limit IS NULL"
        " OR proforma_change_limit BETWEEN 0 AND 100)",
        "The largest change of the total is a percentage from 0 to 100.",
    )
    _proforma_offer_range = models.Constraint(
        "CHECK((proforma_offer_floor IS NULL"
        " OR proforma_offer_floor BETWEEN 0 AND 100)"
        " AND (proforma_offer_step IS NULL OR proforma_offer_step BETWEEN 0 AND 100)"
        " AND (proforma_offer_rounds IS NULL OR proforma_offer_rounds >= 0))",
        "Margin and reduction are percentages from 0 to 100; a number of offers is 0 or"
        " more.",
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
