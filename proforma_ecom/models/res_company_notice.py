from odoo import api, fields, models

from ..notices import NOTICES


class ResCompany(models.Model):
    """What a company tells its customers by itself, and when it renews by itself."""

    _inherit = "res.company"

    # === FIELDS === #

    proforma_renewal_policy = fields.Selection(
        [
            ("automatic", "At once, if the prices allow it"),
            ("never", "The salesperson decides"),
        ],
        string="Renewal",
        required=True,
        default="automatic",
        help="What happens when a customer asks to renew an expired pro forma.",
        prefetch="proforma",
    )
    proforma_renewal_limit = fields.Float(
        string="Largest Change of the Total",
        help="In percent (0-100) of the old total, up or down. Up to it an expired pro"
        " forma is renewed at once with today's prices; with 0 only if no price"
        " changed.",
        prefetch="proforma",
    )

    _proforma_renewal_limit_range = models.Constraint(
        "CHECK(proforma_renewal_limit IS NULL"
        " OR proforma_renewal_limit BETWEEN 0 AND 100)",
        "The largest change of the total is a percentage from 0 to 100.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to give the new companies their status e-mails."""
        companies = super().create(vals_list)
        companies.sudo()._create_proforma_notices()
        return companies

    # === BUSINESS METHODS === #

    def _create_proforma_notices(self):
        """Create the status e-mails that the companies lack, as they are by default."""
        notices = self.env["proforma.notice"]
        for company in self:
            known = notices.search([("company_id", "=", company.id)]).mapped("kind")
            notices.create(
                [
                    {
                        "kind": kind,
                        "company_id": company.id,
                        "is_active": is_active,
                        "template_id": self.env.ref(f"proforma_ecom.{xmlid}").id,
                    }
                    for kind, (_name, is_active, xmlid) in NOTICES.items()
                    if kind not in known
                ]
            )

    def _get_proforma_notice(self, kind):
        """Return a status e-mail of the company.

        :param str kind: A key of `NOTICES`.
        :return: In sudo mode.
        :rtype: proforma.notice
        """
        self.ensure_one()
        notices = self.env["proforma.notice"].sudo()
        domain = [("company_id", "=", self.id), ("kind", "=", kind)]
        notice = notices.search(domain)
        if not notice:  # The kind came with an update.
            self.sudo()._create_proforma_notices()
            notice = notices.search(domain)
        return notice

    def _get_proforma_template_kinds(self, template):
        """Return the kinds of status e-mail that the company writes with a template.

        :param mail.template template: A template on `sale.order`.
        :rtype: list[str]
        """
        self.ensure_one()
        notices = self.env["proforma.notice"].sudo()
        found = notices.search([("company_id", "=", self.id)])
        return [notice.kind for notice in found if notice._is_template(template)]
