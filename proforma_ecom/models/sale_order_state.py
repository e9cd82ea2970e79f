import logging

from odoo import fields, models

from ..const import PROFORMA_TRANSITIONS
from ..sql import insert_rows

_logger = logging.getLogger(__name__)


class SaleOrder(models.Model):
    """The state machine of the pro forma. Nothing else writes `proforma_state`."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - STATE === #

    def _update_proforma_state(self, target, values=None, partner=None, note=None):
        """Move the orders that may move to the target state, and log it.

        A refused move is logged and changes nothing, so that a late click or a late
        notification does no harm. An order that is there already is left alone.

        :param str target: A key of `PROFORMA_TRANSITIONS`.
        :param dict values: Further values to write with the state.
        :param res.partner partner: The customer's contact who acted, if one did.
        :param str note: A few words for the event.
        :return: The orders that moved.
        :rtype: recordset of `sale.order`
        """
        sources = PROFORMA_TRANSITIONS[target]
        to_move = self.filtered(lambda order: order.proforma_state in sources)
        for order in self - to_move:
            if order.proforma_state != target:
                _logger.info(
                    "Pro forma of order %s: move from %s to %s refused.",
                    order.id,
                    order.proforma_state,
                    target,
                )
        if to_move:
            # In sudo mode: the field is closed to users, see `sale.order.write`.
            to_move.sudo().write({"proforma_state": target, **(values or {})})
            to_move._proforma_log_event(target, partner=partner, note=note)
        return to_move

    def _set_proforma_issued(self, values):
        """Move to `issued` with the values of the new version.

        :param dict values: See `_prepare_proforma_issue_vals`.
        """
        return self._update_proforma_state("issued", values=values)

    def _set_proforma_revising(self, partner=None, note=None, is_told=True):
        """Move to `revising`: the last version can be read, not accepted.

        :param bool is_told: Whether the customer hears of it; not so if the new version
            is there at once.
        """
        moved = self._update_proforma_state("revising", partner=partner, note=note)
        if is_told:
            moved._proforma_send_notice("in_progress")
        return moved

    def _set_proforma_accepted(self, partner=None, note=None):
        """Move to `accepted`; why he hesitated before does not count any more."""
        return self._update_proforma_state(
            "accepted",
            values={"proforma_decline_reason_id": False},
            partner=partner,
            note=note,
        )

    def _set_proforma_declined(self, reason, partner=None, note=None):
        """Move to `declined` and keep the reason.

        :param proforma.decline.reason reason: May be empty.
        """
        return self._update_proforma_state(
            "declined",
            values={"proforma_decline_reason_id": reason.id},
            partner=partner,
            note=note,
        )

    def _set_proforma_expired(self):
        """Move to `expired`. The event tells it, not a note in each discussion: the
        notes would take longer than all the rest.
        """
        untracked = self.with_context(mail_notrack=True)
        return untracked._update_proforma_state("expired").with_env(self.env)

    def _set_proforma_cancelled(self):
        """Move to `cancelled` and cancel the deposits that nobody paid; what was paid
        or invoiced is left to the accounting.
        """
        moved = self._update_proforma_state("cancelled")
        moved.sudo().proforma_deposit_ids._set_cancelled()
        moved._proforma_report_deposits_to_settle()
        return moved

    # === HELPERS === #

    def _proforma_log_event(self, kind, partner=None, note=None):
        """Write one event an order.

        :param str kind: A key of `EVENT_KINDS`.
        :param res.partner partner: The customer's contact who acted, if one did.
        :param str note: A few words; no personal data.
        :return: The events.
        :rtype: recordset of `proforma.event`
        """
        ids = insert_rows(
            self.env,
            "proforma_event",
            self._prepare_proforma_event_vals(kind, partner, note),
            {
                "order_id": ("int", self.ids),
                "company_id": ("int", [order.company_id.id for order in self]),
                "version_id": (
                    "int",
                    [order.proforma_version_id.id or None for order in self],
                ),
            },
        )
        self.invalidate_recordset(["proforma_event_ids"], flush=False)
        self.proforma_version_id.invalidate_recordset(["event_ids"], flush=False)
        events = self.env["proforma.event"].sudo().browse(row[1] for row in ids)
        events.modified(events._fields, create=True)
        return events

    def _prepare_proforma_event_vals(self, kind, partner, note):
        """Return the columns of an event that are the same for all orders; an event is
        written without the ORM. Extension point.

        :rtype: dict
        """
        user = self.env.user
        acting_user = user if user._is_internal() and not self.env.su else user.browse()
        return {
            "kind": kind,
            "occurred_on": fields.Datetime.now(),
            "user_id": acting_user.id or None,
            "partner_id": partner.id if partner else None,
            "note": note or None,
        }

    def _proforma_hold(self):
        """Wait for the rows of the orders, as `_proforma_lock` does, without a look at
        what changed: whoever writes something that hangs on the orders calls it first.

        What others did meanwhile lets PostgreSQL refuse, even where nothing of the
        order itself is written; and nobody waits for its row who holds one of its
        lines.
        """
        if self.ids:
            self.env.cr.execute(
                "UPDATE sale_order SET proforma_state = proforma_state WHERE id IN %s",
                [tuple(self.ids)],
            )

    def _proforma_lock(self):
        """Wait for the row of the order and hold it until the end of the transaction.

        Two clicks at once queue here. The second one meets a row that was written
        since its transaction began; PostgreSQL refuses, the server runs it again, and
        it sees what the first one did. A mere lock would not do: it is granted over a
        row that nobody wrote, with the old view of all that hangs on it. Core's
        `lock_for_update` would fail at once instead of waiting.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order SET proforma_state = proforma_state WHERE id = %s",
            [self.id],
        )
        self.invalidate_recordset()
