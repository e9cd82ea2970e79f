from odoo import models

from ..const_portal import TIMELINE_KINDS

# Kind of event -> the field of a request whose value is noted with it.
NOTED_FIELDS = {"requested": "kind", "request_answered": "state"}


class SaleOrder(models.Model):
    """What happened to a pro forma, as far as the customer is told, and by whom."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _prepare_proforma_timeline(self):
        """Return what happened, the latest first.

        :return: Of each row `kind`, `on` (UTC, naive), `text`, `who` (a name, may be
            "") and `version` (whose differences to the one before it can be read, may
            be empty).
        :rtype: list[dict]
        """
        self.ensure_one()
        texts = self._get_proforma_timeline_texts()
        events = self.sudo().proforma_event_ids.filtered(
            lambda e: e.kind in texts and not self._is_proforma_event_silent(e)
        )
        return [
            {
                "kind": event.kind,
                "on": event.occurred_on,
                "text": self._get_proforma_timeline_text(event, texts[event.kind]),
                "who": self._get_proforma_actor_name(event),
                "version": event.version_id.filtered(
                    lambda version, kind=event.kind: (
                        kind == "issued" and version.version > 1
                    )
                ),
            }
            for event in events._without_repeated_readings()._without_repeated_issues()
        ]

    def _is_proforma_event_silent(self, event):
        """Return whether the customer is not told of an event of a kind that is told.

        What an acceptance or a refusal made pointless nobody withdrew; a question is
        told as one.

        :param proforma.event event: One of this order.
        :rtype: bool
        """
        if event.kind == "request_withdrawn":
            return not event.partner_id
        return event.kind == "requested" and event.note == "question"

    def _get_proforma_timeline_texts(self):
        """Return how the events are told that the customer is told of; any other kind
        stays in the back office. Extension point.

        :return: By kind: `%(version)s` is the name of the version, `%(note)s` what was
            noted with the event.
        :rtype: dict[str, str]
        """
        texts = {
            "issued": self.env._("%(version)s issued"),
            "viewed": self.env._("Read"),
            "asked": self.env._("Question asked"),
            "requested": self.env._("Request sent: %(note)s"),
            "request_answered": self.env._("Request answered: %(note)s"),
            "request_withdrawn": self.env._("Request withdrawn"),
            "revising": self.env._("A new version is being prepared"),
            "terms_agreed": self.env._("Terms accepted"),
            "signed": self.env._("Signed"),
            "deposit_paid": self.env._("Payment received: %(note)s"),
            "deposit_refunded": self.env._("Paid back: %(note)s"),
            "accepted": self.env._("Accepted, the order is confirmed"),
            "declined": self.env._("Declined"),
            "expired": self.env._("Expired"),
            "extended": self.env._("Validity extended"),
            "renewal_asked": self.env._("Renewal asked for"),
            "renewed": self.env._("Renewed"),
            "answered": self.env._("Told us what keeps you from accepting"),
            "rated": self.env._("Feedback given"),
            "cancelled": self.env._("Cancelled"),
        }
        return {kind: texts[kind] for kind in TIMELINE_KINDS}

    def _get_proforma_timeline_text(self, event, text):
        """Return the words for an event.

        :param proforma.event event: One whose kind is told.
        :param str text: See `_get_proforma_timeline_texts`.
        :rtype: str
        """
        note = event.note or ""
        if fname := NOTED_FIELDS.get(event.kind):  # What is noted is a key.
            field = self.env["proforma.request"]._fields[fname]
            note = dict(field._description_selection(self.env)).get(note, note)
        values = {"version": event.version_id.name or "", "note": note}
        # Some languages set a no-break space before the colon.
        return (text % values).rstrip(" :\u00a0\u202f")

    def _get_proforma_actor_name(self, event):
        """Return the name of who did something, "" if it happened by itself.

        :param proforma.event event: One of this order.
        :rtype: str
        """
        if event.kind == "signed" and event.version_id == self.proforma_version_id:
            # As he wrote it: the link of an e-mail does not tell who opened it.
            return self.signed_by or event.partner_id.name or ""
        return event.partner_id.name or event.user_id.name or ""
