from odoo import fields, models

from ..notices import SELLER_NOTICES, VERSION_NOTICES


class ProformaSendingMixin(models.AbstractModel):
    """The proof of sending of a version: its e-mails, who read it, who took the PDF.

    Page and PDF are counted by our own pages, once a visitor and day.
    """

    _name = "proforma.sending.mixin"
    _description = "Pro Forma Proof of Sending"

    # === FIELDS === #

    mailing_ids = fields.One2many(
        "proforma.mailing",
        "version_id",
        string="E-mails",
        readonly=True,
        domain=[("kind", "not in", SELLER_NOTICES)],
    )
    all_mailing_ids = fields.One2many("proforma.mailing", "version_id", readonly=True)
    viewed_count = fields.Integer(
        string="Visits", compute="_compute_readings", help="Once per visitor and day."
    )
    first_viewed_on = fields.Datetime(string="First Visit", compute="_compute_readings")
    last_viewed_on = fields.Datetime(string="Last Visit", compute="_compute_readings")
    downloaded_count = fields.Integer(
        string="Downloads",
        compute="_compute_readings",
        help="Once per visitor and day.",
    )
    first_downloaded_on = fields.Datetime(
        string="First Download", compute="_compute_readings"
    )
    last_downloaded_on = fields.Datetime(
        string="Last Download", compute="_compute_readings"
    )

    # === COMPUTE METHODS === #

    def _compute_readings(self):
        groups = self.env["proforma.event"]._read_group(
            [
                ("version_id", "in", self.ids),
                ("kind", "in", ("viewed", "downloaded")),
            ],
            ["version_id", "kind"],
            ["__count", "occurred_on:min", "occurred_on:max"],
        )
        found = {(version, kind): rest for version, kind, *rest in groups}
        for version in self:
            for kind in ("viewed", "downloaded"):
                count, first, last = found.get((version, kind), (0, False, False))
                version[f"{kind}_count"] = count
                version[f"first_{kind}_on"] = first
                version[f"last_{kind}_on"] = last

    # === HELPERS === #

    def _get_last_mailing(self):
        """Return the e-mail that brought the version to the customer, if there is one.

        :rtype: proforma.mailing
        """
        self.ensure_one()
        return self.mailing_ids.filtered(lambda m: m.kind in VERSION_NOTICES)[:1]
