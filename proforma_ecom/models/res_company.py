import pytz

from odoo import api, fields, models

from ..const import PROFORMA_SEQUENCE_CODE
from ..utils import deadline_of, today_in


class ResCompany(models.Model):
    _inherit = "res.company"
    _check_company_auto = True

    proforma_sequence_id = fields.Many2one(
        "ir.sequence",
        string="Pro Forma Numbers",
        copy=False,
        readonly=True,
        help="The series of pro forma numbers of this company. It is not a series of"
        " invoice numbers: gaps are allowed.",
    )
    proforma_deposit_plan_id = fields.Many2one(
        "proforma.deposit.plan",
        string="Deposit Plan",
        check_company=True,
        help="The deposits that a pro forma asks for when nothing more specific is"
        " chosen.",
    )
    proforma_grace_hours = fields.Float(
        string="Grace after the Validity",
        help="Hours after the end of the last day of validity during which the"
        " customer may still accept. The document does not mention them.",
    )

    _proforma_grace_hours_positive = models.Constraint(
        "CHECK(proforma_grace_hours IS NULL OR proforma_grace_hours >= 0)",
        "The grace after the validity cannot be negative.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to give the new companies a series of numbers."""
        companies = super().create(vals_list)
        companies.sudo()._create_proforma_sequence()
        return companies

    # === BUSINESS METHODS - NUMBERING === #

    def _create_proforma_sequence(self):
        """Create the series of numbers of the companies that have none."""
        for company in self.filtered(lambda c: not c.proforma_sequence_id):
            company.proforma_sequence_id = self.env["ir.sequence"].create(
                company._prepare_proforma_sequence_vals()
            )

    def _prepare_proforma_sequence_vals(self):
        """Return the values of the series: `PF/2026/00001`, starting anew each year.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "name": self.env._("Pro forma numbers of %(company)s", company=self.name),
            "code": PROFORMA_SEQUENCE_CODE,
            "company_id": self.id,
            "prefix": "PF/%(range_year)s/",
            "padding": 5,
            "use_date_range": True,
            # Never waits for another transaction; a rolled-back issue leaves a gap,
            # which the series of a document without accounting value may have.
            "implementation": "standard",
        }

    def _get_next_proforma_number(self, today):
        """Take the next number of the company's series.

        :param date today: The company's day; it decides the year of the number.
        :rtype: str
        """
        self.ensure_one()
        self.sudo()._create_proforma_sequence()
        sequence = self.sudo().proforma_sequence_id
        self._ensure_proforma_date_range(sequence, today)
        return sequence.next_by_id(sequence_date=today)

    def _ensure_proforma_date_range(self, sequence, today):
        """Create the year's range of the series before its first number is taken.

        Two transactions that both find the range missing would collide on its unique
        constraint. Touching the row of the series first turns that into a concurrent
        update, which the server retries.

        :param ir.sequence sequence: The series, in sudo mode.
        :param date today: The day that the range must hold.
        """
        if not sequence.use_date_range or sequence.date_range_ids.filtered(
            lambda r: r.date_from <= today <= r.date_to
        ):
            return
        self.env.cr.execute(
            "UPDATE ir_sequence SET write_uid = write_uid WHERE id = %s", [sequence.id]
        )
        sequence._create_date_range_seq(today)

    # === HELPERS === #

    def _get_proforma_tz(self):
        """Return the time zone in which the company's days begin and end.

        That of the company's contact; else the only one of its country; else UTC.

        :rtype: str
        """
        self.ensure_one()
        if self.partner_id.tz:
            return self.partner_id.tz
        country_zones = pytz.country_timezones.get(self.country_id.code or "", [])
        return country_zones[0] if len(country_zones) == 1 else "UTC"

    def _get_proforma_today(self):
        """Return the company's calendar day now.

        :rtype: date
        """
        return today_in(self._get_proforma_tz(), fields.Datetime.now())

    def _get_proforma_deadline(self, validity_date):
        """Return the instant when acceptance stops, grace included.

        :param date validity_date: The last day of validity, inclusive.
        :return: UTC, exclusive.
        :rtype: datetime
        """
        self.ensure_one()
        return deadline_of(
            validity_date, self._get_proforma_tz(), self.proforma_grace_hours
        )
