from odoo import api, models

# What the sentences of the first format were, by their place.
FORMAT_1_KINDS = ("accounting", "validity")


class ProformaSnapshotMentionMixin(models.AbstractModel):
    """The sentences of a document, see `proforma.snapshot` for the types."""

    _name = "proforma.snapshot.mention.mixin"
    _description = "Pro Forma Snapshot Mentions"

    # === BUSINESS METHODS - MENTIONS === #

    @api.model
    def _get_mentions(self, order):
        """Return the sentences of the document: that it has no accounting value first.

        :param sale.order order: The order, in the document's language.
        :return: Dicts of `code`, `kind` and `text`, all text.
        :rtype: list[dict]
        """
        mentions = order.env["proforma.mention"].sudo()._get_matching(order)
        return [
            {"code": mention.code, "kind": mention.kind, "text": mention.text.strip()}
            for mention in mentions
        ]

    @api.model
    def _normalise_mentions(self, mentions):
        """Return the sentences of a frozen document, whatever its format.

        Documents of format 1 hold the bare texts: of what they are not, then of their
        validity.

        :param list mentions: Dicts, see `_get_mentions`, or texts.
        :rtype: list[dict]
        """
        kinds = dict(enumerate(FORMAT_1_KINDS))
        return [
            {"code": kinds.get(place, ""), "kind": kinds.get(place, "other"), "text": m}
            if isinstance(m, str)
            else m
            for place, m in enumerate(mentions or [])
        ]
