from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..const_request import REQUESTS_ENDED_BY, REQUESTS_ENDED_BY_ISSUE
from ..utils import today_in


class SaleOrder(models.Model):
    """What the customer asks for: it waits in one inbox, with a promised answer."""

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_request_ids = fields.One2many(
        "proforma.request", "order_id", string="Requests", readonly=True
    )
    proforma_waiting_request_ids = fields.One2many(
        "proforma.request",
        string="Waiting for Us",
        compute="_compute_proforma_waiting_request_ids",
    )

    proforma_request_count = fields.Integer(compute="_compute_proforma_request_count")
    proforma_waiting_count = fields.Integer(compute="_compute_proforma_waiting_count")

    # === COMPUTE METHODS === #

    @api.depends("proforma_request_ids.state")
    def _compute_proforma_waiting_request_ids(self):
        for order in self:
            order.proforma_waiting_request_ids = order.proforma_request_ids.filtered(
                lambda request: request.state == "waiting"
            )

    @api.depends("proforma_request_ids")
    def _compute_proforma_request_count(self):
        for order in self:
            order.proforma_request_count = len(order.proforma_request_ids)

    @api.depends("proforma_waiting_request_ids")
    def _compute_proforma_waiting_count(self):
        for order in self:
            order.proforma_waiting_count = len(order.proforma_waiting_request_ids)

    # === ACTION METHODS === #

    def action_view_proforma_requests(self):
        """Return the action that lists the requests of the order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "proforma_ecom.action_proforma_requests"
        )
        return {**action, "domain": [("order_id", "=", self.id)], "context": {}}

    # === BUSINESS METHODS === #

    def _proforma_create_request(self, kind, get_texts=None, is_planned=True, **vals):
        """Note what the customer asks for, promise an answer and plan it.

        Note: `self.ensure_one()`; who may ask, and what, was checked.

        :param str kind: A key of `REQUEST_KINDS`.
        :param callable get_texts: Summary and note of the to-do, see
            `_proforma_schedule_activity`; by default what the request says.
        :param bool is_planned: Whether somebody has to answer; not if a rule does at
            once.
        :param vals: Values of the request.
        :return: In sudo mode.
        :rtype: proforma.request
        """
        self.ensure_one()
        self._proforma_lock()
        request = (
            self.env["proforma.request"]
            .sudo()
            .create(self._prepare_proforma_request_vals(kind, vals))
        )
        self._proforma_log_event("requested", partner=request.partner_id, note=kind)
        if not is_planned:
            return request
        if kind == "offer":  # Who waits for an answer is not reminded.
            self._proforma_stop_reminders("asked")
        request.activity_id = self._proforma_schedule_activity(
            get_texts or request._get_activity_texts,
            date_deadline=today_in(
                self.company_id._get_proforma_tz(), request.answer_by
            ),
        )
        self._proforma_send_notice("received", request=request)
        return request

    def _prepare_proforma_request_vals(self, kind, vals):
        """Return the values of a request.

        :rtype: dict
        """
        self.ensure_one()
        now = fields.Datetime.now()
        partner = self.env["res.partner"].browse(vals.get("partner_id"))
        partner = partner or self.partner_id
        return {
            "order_id": self.id,
            "version_id": self.proforma_version_id.id,
            "kind": kind,
            "partner_id": partner.id,
            "asked_by": partner.sudo().name,
            "asked_on": now,
            "answer_by": self.company_id._get_proforma_answer_by(now),
            **vals,
        }

    def _proforma_withdraw_request(self, request, partner=None):
        """Withdraw what the customer asked for; a second click has no effect.

        Note: `self.ensure_one()`, in sudo mode.

        :param proforma.request request: One of the order.
        :param res.partner partner: Who withdraws it.
        :raise UserError: If it is answered already.
        """
        self._proforma_lock()
        request.invalidate_recordset()
        if request.state == "withdrawn":
            return
        if request.state != "waiting":
            raise UserError(self.env._("We have answered this already: see below."))
        is_ours = request.kind == "change" or request.is_adapting
        request._close("withdrawn", partner=partner)
        if is_ours and not self._proforma_return_to_version():
            self._proforma_schedule_activity(
                lambda order: (
                    order.env._(
                        "The customer wants no change of %(name)s any more",
                        name=order.proforma_version_id.name,
                    ),
                    None,
                )
            )

    def _proforma_return_to_version(self):
        """Let the customer accept the current version again, once no change that he
        asked for waits any more and the order still says what it says.

        :return: The orders that moved.
        :rtype: sale.order
        """
        moved = self.browse()
        for order in self.filtered(lambda order: order.proforma_state == "revising"):
            if order.sudo()._get_proforma_waiting("change"):
                continue
            if not (
                order._is_proforma_text_changed()
                or order._is_proforma_enclosure_changed()
            ):
                moved |= order._update_proforma_state("issued", note="unchanged")
        return moved

    def _get_proforma_told_request(self):
        """Return the request that an e-mail of ours tells of, empty if it is another.

        :return: In sudo mode.
        :rtype: proforma.request
        """
        self.ensure_one()
        request_id = self.env.context.get("proforma_request_id")
        requests = self.env["proforma.request"].sudo()
        request = requests.browse(request_id or ()).exists()
        return request.filtered(lambda request: request.order_id.id == self.id)

    def _get_proforma_words_markup(self, words):
        """Return words of ours as markup, empty if there are none.

        :param str words: Plain text, may be empty.
        """
        words = (words or "").strip()
        return plaintext2html(words) if words else Markup()

    def _message_add_default_recipients(self):
        """Override of `mail`: who asked hears the answer, too, if he is not the contact
        of the order; somebody of ours who opened the page is not the customer.
        """
        res = super()._message_add_default_recipients()
        if self.env.context.get("proforma_request_id"):
            for order in self:
                asking = order._get_proforma_told_request().partner_id
                if asking and all(user.share for user in asking.user_ids):
                    res[order.id]["partners"] |= asking.with_env(self.env)
        return res

    # === BUSINESS METHODS - STATE === #

    def _set_proforma_issued(self, values):
        """Override of `sale_order_state`: the new version answers what waited."""
        moved = super()._set_proforma_issued(values)
        answering = self.env.context.get("proforma_request_answering", ())
        for request in moved.sudo().proforma_waiting_request_ids:
            if request.id in answering:
                continue
            if request.is_adapting:
                request.with_env(self.env)._close_adapted()
            elif request.kind == "change" and answering:
                continue  # Nobody has looked at it: this version answers another one.
            elif state := REQUESTS_ENDED_BY_ISSUE.get(request.kind):
                request.with_env(self.env)._close(state, tell=False)
        return moved

    def _set_proforma_accepted(self, partner=None, note=None):
        """Override of `sale_order_state`: what was asked ends with it."""
        moved = super()._set_proforma_accepted(partner=partner, note=note)
        moved._proforma_end_requests("accepted")
        return moved

    def _set_proforma_declined(self, reason, partner=None, note=None):
        """Override of `sale_order_state`: what was asked ends with it."""
        moved = super()._set_proforma_declined(reason, partner=partner, note=note)
        moved._proforma_end_requests("declined")
        return moved

    def _set_proforma_cancelled(self):
        """Override of `sale_order_state`: what was asked ends with it."""
        moved = super()._set_proforma_cancelled()
        moved._proforma_end_requests("cancelled")
        return moved

    def _proforma_end_requests(self, state):
        """Withdraw what waits and is pointless now.

        :param str state: A key of `REQUESTS_ENDED_BY`.
        """
        kinds = REQUESTS_ENDED_BY[state]
        waiting = self.sudo().proforma_waiting_request_ids
        waiting.filtered(lambda request: request.kind in kinds)._close("withdrawn")
