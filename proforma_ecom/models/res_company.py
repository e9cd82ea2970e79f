import pytz

from odoo import api, fields, models
from odoo.tools import ormcache

from ..const import (
    PROFORMA_SEQUENCE_CODE,
    SIGNATURE_ADDRESS_BITS,
    SIGNATURE_ADDRESSES,
)
from ..utils import deadline_of, network_of, today_in


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = [
        "res.company",
        "proforma.contact.check.mixin",
        "proforma.terms.mixin",
        "proforma.request.company.mixin",
    ]
    _check_company_auto = True

    proforma_sequence_id = fields.Many2one(
        "ir.sequence",
        string="Pro Forma Numbers",
        copy=False,
        readonly=True,
        help="The series of pro forma numbers of this company. It is not a series of"
        " invoice numbers: gaps are allowed.",
        prefetch="proforma",
    )
    proforma_deposit_plan_id = fields.Many2one(
        "proforma.deposit.plan",
        string="Deposit Plan",
        check_company=True,
        help="The deposits that a pro forma asks for when nothing more specific is"
        " chosen.",
        prefetch="proforma",
    )
    proforma_layout_id = fields.Many2one(
        "proforma.layout",
        string="Layout",
        check_company=True,
        help="How pro formas look when nothing more specific is chosen.",
        prefetch="proforma",
    )
    proforma_delivery_time = fields.Char(
        string="Delivery Time",
        translate=True,
        help="Proposed on new orders, for instance “3 weeks”.",
        prefetch="proforma",
    )
    proforma_return_conditions = fields.Html(
        string="Return Conditions",
        translate=True,
        prefetch="proforma",
    )
    proforma_grace_hours = fields.Float(
        string="Grace after the Validity",
        help="Hours after the end of the last day of validity during which the"
        " customer may still accept. The document does not mention them.",
        prefetch="proforma",
    )
    proforma_small_business = fields.Boolean(
        string="Small-Business VAT Scheme",
        help="The company charges no VAT under the scheme for small businesses (in"
        " France: franchise en base, CGI art. 293 B). Its pro formas say so.",
        prefetch="proforma",
    )

    proforma_check_contacts = fields.Boolean(
        string="Check Numbers of Contacts",
        default=True,
        help="Refuse a phone, VAT, SIRET or EORI number that cannot be right where it"
        " is typed: in the forms of contacts and companies, in shop and portal.",
        prefetch="proforma",
    )

    # === FIELDS - IDENTITY === #

    proforma_legal_form = fields.Char(
        related="partner_id.proforma_legal_form", readonly=False
    )
    proforma_registration = fields.Char(
        related="partner_id.proforma_registration", readonly=False
    )
    proforma_activity_code = fields.Char(
        related="partner_id.proforma_activity_code", readonly=False
    )
    proforma_eori = fields.Char(related="partner_id.proforma_eori", readonly=False)
    proforma_share_capital = fields.Monetary(
        string="Share Capital",
        help="Printed in the legal line of the documents; 0 prints nothing.",
        prefetch="proforma",
    )

    proforma_signature_address = fields.Selection(
        SIGNATURE_ADDRESSES,
        string="Network Address of Who Signs",
        required=True,
        default="truncated",
        help="How much of it the signature certificate keeps. The complete address is"
        " personal data: keep it only if you need it as evidence, and say so in your"
        " privacy policy.",
        prefetch="proforma",
    )

    _proforma_grace_hours_positive = models.Constraint(
        "CHECK(proforma_grace_hours IS NULL OR proforma_grace_hours >= 0)",
        "The grace after the validity cannot be negative.",
    )

    _proforma_share_capital_positive = models.Constraint(
        "CHECK(proforma_share_capital IS NULL OR proforma_share_capital >= 0)",
        "The share capital cannot be negative.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to give the new companies a series of numbers."""
        companies = super().create(vals_list)
        companies.sudo()._create_proforma_sequence()
        return companies

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Override of `base`: the French accounting has a field for the activity."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and "ape" in self._fields:
            for node in arch.xpath("//field[@name='proforma_activity_code']"):
                node.set("invisible", "is_france_country")
        return arch, view

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

    def _get_proforma_activity_code(self):
        """Return the code of the main activity; the French accounting has its own.

        :rtype: str
        """
        self.ensure_one()
        code = self["ape"] if "ape" in self._fields else ""
        return code or self.proforma_activity_code or ""

    @ormcache("self.id")
    def _get_proforma_tz(self):
        """Return the time zone in which the company's days begin and end.

        That of the company's contact; else the only one of its country; else UTC.
        Pages of the shop ask for it and for nothing else of the contact: it is kept.

        :rtype: str
        """
        self.ensure_one()
        if tz := self.partner_id.tz:
            return tz
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

    def _get_typed_company(self):
        """Override of the mixin: each company decides for itself."""
        return self or super()._get_typed_company()

    def _get_proforma_signature_address(self, address):
        """Return what is kept of the network address of who signs.

        :param str address: As the server got it, may be empty or anything.
        :return: An address, a network such as "192.0.2.0/24", or "".
        :rtype: str
        """
        self.ensure_one()
        bits = SIGNATURE_ADDRESS_BITS.get(self.proforma_signature_address)
        return network_of(address, bits) if bits else ""
