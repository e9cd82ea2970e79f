from odoo import fields, models
from odoo.tools.misc import hmac

from ..const_request import (
    MAX_REQUESTS_A_DAY,
    MAX_WAITING_REQUESTS,
    REPEATED_SECONDS,
)
from ..utils import canonical_json


class SaleOrder(models.Model):
    """A click that comes twice asks once, and nobody asks without end."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _proforma_flood_error_message(self):
        """Return why no more requests are taken now, or False.

        :rtype: str|bool
        """
        self.ensure_one()
        waiting = len(self.proforma_waiting_request_ids)
        if waiting >= MAX_WAITING_REQUESTS:
            return self.env._(
                "%(count)s requests of yours wait for us already. We will answer them"
                " first.",
                count=waiting,
            )
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        latest = self.proforma_request_ids.filtered(lambda r: r.asked_on > since)
        if len(latest) >= MAX_REQUESTS_A_DAY:
            return self.env._(
                "%(count)s requests came for %(name)s within a day, with those that"
                " were withdrawn. Call us, or write again tomorrow.",
                count=len(latest),
                name=self.proforma_version_id.name or self.name,
            )
        return False

    def _get_proforma_request_key(self, kind, partner, *typed):
        """Return what stands for a form as it was sent.

        :param str kind: A key of `REQUEST_KINDS`.
        :param res.partner partner: Who sent it, may be empty or None.
        :param typed: Texts, ids, or a dict of anything that a browser may send.
        :rtype: str
        """
        self.ensure_one()
        partner = partner or self.partner_id
        parts = [
            {name: str(value) for name, value in part.items()}
            if isinstance(part, dict)
            else str(part)
            for part in typed
        ]
        text = canonical_json([self.id, kind, partner.id, parts])
        return hmac(self.env(su=True), "proforma-request", text)

    def _get_proforma_repeated_request(self, key):
        """Return what the same form asked for just before: the click came twice.

        Note: `self.ensure_one()`, the row is locked. What was withdrawn may be asked
        for again.

        :param str key: See `_get_proforma_request_key`.
        :return: May be empty.
        :rtype: proforma.request
        """
        self.ensure_one()
        since = fields.Datetime.subtract(
            fields.Datetime.now(), seconds=REPEATED_SECONDS
        )
        return self.proforma_request_ids.filtered(
            lambda r: (
                r.typed_key == key and r.asked_on >= since and r.state != "withdrawn"
            )
        )[:1]
