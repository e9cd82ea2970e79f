from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import EVENT_KINDS


class ProformaEvent(models.Model):
    _name = "proforma.event"
    _description = "Pro Forma Event"
    _order = "occurred_on desc, id desc"
    _rec_name = "kind"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    version_id = fields.Many2one(
        "proforma.version", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    kind = fields.Selection(EVENT_KINDS, required=True, readonly=True, index=True)
    occurred_on = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        "res.users",
        string="By User",
        readonly=True,
        help="The user who did it; empty when the customer or the system did.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="By Contact",
        readonly=True,
        help="The customer's contact who did it, on the portal or by a link.",
    )
    note = fields.Char(readonly=True)

    # === CRUD METHODS === #

    def write(self, vals):  # pylint: disable=method-required-super
        """Override of the ORM to keep the trail append-only."""
        raise UserError(self.env._("An event of a pro forma cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An event of a pro forma cannot be deleted."))

    # === BUSINESS METHODS === #

    def _without_repeated_readings(self):
        """Return the events without all but the first reading of each version by each
        person, in the same order.

        :rtype: recordset of `proforma.event`
        """
        readings = self.filtered(lambda event: event.kind == "viewed").sorted(
            lambda event: (event.occurred_on, event.id)
        )
        firsts = {
            events[:1]
            for events in readings.grouped(
                lambda event: (event.version_id, event.partner_id)
            ).values()
        }
        return self.filtered(lambda event: event.kind != "viewed" or event in firsts)

    def _without_repeated_issues(self):
        """Return the events without all but the first issue of each version: that it
        can be accepted again, since a request ended, is no issue.

        :rtype: recordset of `proforma.event`
        """
        issues = self.filtered(lambda event: event.kind == "issued").sorted(
            lambda event: (event.occurred_on, event.id)
        )
        firsts = {events[:1] for events in issues.grouped("version_id").values()}
        return self.filtered(lambda event: event.kind != "issued" or event in firsts)
