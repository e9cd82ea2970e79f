from odoo import api, fields, models
from odoo.tools import format_datetime

from ..const import PROFORMA_READERS


class SaleOrder(models.Model):
    """The proof of sending of the current version on the order, in one line."""

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_sending = fields.Char(
        string="Sending",
        compute="_compute_proforma_sending",
        groups=PROFORMA_READERS,
    )
    proforma_sending_failed = fields.Boolean(
        compute="_compute_proforma_sending", groups=PROFORMA_READERS
    )

    # === COMPUTE METHODS === #

    @api.depends("proforma_version_id")
    @api.depends_context("lang", "tz")
    def _compute_proforma_sending(self):
        for order in self:
            version = order.proforma_version_id
            mailing = version._get_last_mailing() if version else None
            order.proforma_sending_failed = bool(
                mailing and mailing.state in ("failed", "bounced")
            )
            order.proforma_sending = version and " · ".join(
                [
                    order._get_proforma_mailing_text(mailing),
                    *order._get_proforma_reading_texts(version),
                ]
            )

    # === HELPERS === #

    def _is_proforma_being_sent(self):
        """Return whether the e-mail with the current version is on its way, or waits
        for the PDF.
        """
        self.ensure_one()
        version = self.proforma_version_id.sudo()
        mailing = version._get_last_mailing()
        return version.is_mail_waiting or mailing.state in ("queued", "sent")

    def _get_proforma_mailing_text(self, mailing):
        """Return what became of the e-mail of the version, in words.

        :param proforma.mailing mailing: May be empty.
        :rtype: str
        """
        values = {"address": mailing.addresses or "-"}
        if mailing.state == "sent":
            day = format_datetime(self.env, mailing.sent_on, dt_format="short")
            return self.env._("Sent to %(address)s, %(day)s", day=day, **values)
        if mailing.state == "queued":
            return self.env._("E-mail to %(address)s is queued", **values)
        if mailing.state == "bounced":
            return self.env._("E-mail to %(address)s came back", **values)
        if mailing.state == "failed":
            reason = mailing.failure_reason
            return self.env._("E-mail failed: %(reason)s", reason=reason)
        if self.proforma_version_id.sudo().is_mail_waiting:
            return self.env._("The e-mail waits for the PDF")
        return self.env._("Not sent by e-mail")

    def _get_proforma_reading_texts(self, version):
        """Return how often page and PDF were read, in words.

        :param proforma.version version: The current version.
        :rtype: list[str]
        """
        texts = [self.env._("not seen yet")]
        if count := version.viewed_count:
            day = format_datetime(self.env, version.last_viewed_on, dt_format="short")
            texts = [
                self.env._("seen %(count)s times, last %(day)s", count=count, day=day)
                if count > 1
                else self.env._("seen %(day)s", day=day)
            ]
        if count := version.downloaded_count:
            texts.append(
                self.env._("PDF downloaded %(count)s times", count=count)
                if count > 1
                else self.env._("PDF downloaded once")
            )
        return texts
