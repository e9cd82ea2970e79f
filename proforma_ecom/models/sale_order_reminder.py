from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from ..const import DEPOSIT_COUNTED_STATES
from ..const_reminder import FINAL_REASONS, WORD_KINDS
from .proforma_reminder_planning_mixin import Entry


class SaleOrder(models.Model):
    """The reminders of an order: planned at the issue, stopped at any sign of life."""

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_reminder_plan_id = fields.Many2one(
        "proforma.reminder.plan",
        string="Reminder Plan",
        compute="_compute_proforma_reminder_plan_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        index="btree_not_null",
        prefetch="proforma",
    )
    proforma_reminder_ids = fields.One2many(
        "proforma.reminder", "order_id", string="Reminders", readonly=True, copy=False
    )
    proforma_reminders_paused_until = fields.Date(
        string="Pause Until",
        copy=False,
        help="No reminder is sent before this day; those of the days before are"
        " skipped.",
        prefetch="proforma",
    )
    proforma_no_reminders = fields.Boolean(
        string="No Reminders",
        copy=False,
        help="Neither the customer nor the salesperson is reminded of this document.",
        prefetch="proforma",
    )

    # === COMPUTE METHODS === #

    @api.depends("company_id", "partner_id", "sale_order_template_id")
    def _compute_proforma_reminder_plan_id(self):
        self._proforma_take_setting("proforma_reminder_plan_id")

    # === CRUD METHODS === #

    def write(self, vals):
        """Override of `sale`: another plan or no reminders any more take effect now."""
        if {"proforma_reminder_plan_id", "proforma_no_reminders"}.isdisjoint(vals):
            return super().write(vals)
        plans = {order: order.proforma_reminder_plan_id for order in self}
        refused = self.filtered("proforma_no_reminders")
        res = super().write(vals)
        moved = self.filtered(lambda o: o.proforma_reminder_plan_id != plans[o])
        moved._proforma_stop_reminders("plan_changed")
        moved._proforma_plan_reminders()
        moved.sudo().proforma_deposit_ids._forget_planned_reminders()
        refuse = self.filtered("proforma_no_reminders")
        (refuse - refused)._proforma_stop_reminders("opted_out")
        (refused - refuse)._proforma_resume_reminders("opted_out")
        return res

    # === BUSINESS METHODS - PLANNING === #

    def _proforma_plan_reminders(self):
        """Plan the reminders of the issued orders among these. Once."""
        orders = self.sudo().filtered(lambda order: order.proforma_state == "issued")
        if orders:
            self.env["proforma.reminder"].sudo()._plan_orders(orders)

    def _proforma_renew_reminders(self, base):
        """Plan anew what counts from something that has happened just now. Who looks
        whether he was answered is not reminded.

        :param str base: "viewed" or "message".
        """
        orders = self.sudo().filtered(
            lambda order: (
                order.proforma_state == "issued" and order.proforma_reminder_plan_id
            )
        )
        if base == "viewed":
            orders = orders.filtered(lambda order: not order._get_proforma_word())
        if orders:
            now = fields.Datetime.now()
            self.env["proforma.reminder"].sudo()._plan_orders(
                orders, bases=(base,), moment=now, renew=True
            )

    def _prepare_reminder_entry(self):
        """Return what the planning has to know of an issued order.

        Note: `self.ensure_one()`, in sudo mode.

        :rtype: Entry
        """
        version = self.proforma_version_id
        return Entry(
            order_id=self.id,
            version_id=version.id,
            company_id=self.company_id.id,
            partner_id=self.partner_id.id,
            plan_id=self.proforma_reminder_plan_id.id,
            issued_on=version.issued_on,
            valid_until=version.valid_until,
            deadline=self.proforma_deadline,
            reason=self.env["proforma.reminder"]._get_opt_out_reason(self),
        )

    # === BUSINESS METHODS - STOP === #

    def _proforma_stop_reminders(self, reason):
        """Skip what is planned for the orders. A second call has no effect.

        Reminders of deposits go on after the acceptance and while questions are
        answered; those for expired pro formas begin when it expires.

        :param str reason: A key of `REMINDER_REASONS`.
        """
        if not self.ids:
            return
        is_of_offer = condition = SQL("s.base != 'deposit_due'")
        if reason in FINAL_REASONS:
            condition = SQL("TRUE")
        elif reason == "expired":
            condition = SQL(
                "%s AND (s.base != 'deadline' OR s.delay <= 0)", is_of_offer
            )
        elif reason == "plan_changed":
            condition = SQL(
                "%s AND r.plan_id IS DISTINCT FROM o.proforma_reminder_plan_id",
                is_of_offer,
            )
        self._proforma_move_reminders(
            SQL("r.state = 'planned' AND %s", condition),
            {"state": "skipped", "reason": reason, "done_on": fields.Datetime.now()},
        )

    def _proforma_resume_reminders(self, reason):
        """Plan what was skipped for a reason that holds no longer and is still to come.

        :param str reason: A key of `REMINDER_REASONS`.
        """
        self._proforma_move_reminders(
            SQL(
                "r.state = 'skipped' AND r.reason = %s AND r.planned_on > %s"
                " AND r.version_id = o.proforma_version_id",
                reason,
                fields.Datetime.now(),
            ),
            {"state": "planned", "reason": None, "done_on": None},
        )

    def _proforma_move_reminders(self, condition, vals):
        """Write on reminders of the orders in one statement.

        :param SQL condition: On the reminder r, its step s and its order o.
        :param dict vals: Values of columns.
        """
        if not self.ids:
            return
        reminders = self.env["proforma.reminder"]
        reminders.flush_model()
        self.flush_recordset(["proforma_reminder_plan_id", "proforma_version_id"])
        self.env.cr.execute(
            SQL(
                """UPDATE proforma_reminder r SET %s
                     FROM proforma_reminder_step s, sale_order o
                    WHERE s.id = r.step_id AND o.id = r.order_id
                      AND r.order_id IN %s AND %s""",
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in vals.items()
                ),
                tuple(self.ids),
                condition,
            )
        )
        if self.env.cr.rowcount:
            reminders.invalidate_model(flush=False)

    def _proforma_opt_out(self, all_documents=False, partner=None):
        """Send no more reminders: the customer asked for it. A second call has no
        effect.

        :param bool all_documents: Not for this document only, but for all of the
            contact's, see `_get_proforma_opt_out_partner`.
        :param res.partner partner: Who acts, if it is not the customer.
        """
        for order in self.sudo():
            contact = order._get_proforma_opt_out_partner()
            refusing = contact if all_documents else order
            if not refusing.proforma_no_reminders:
                refusing.proforma_no_reminders = True
                order._proforma_log_event(
                    "opted_out", partner=partner or order.partner_id
                )

    # === HELPERS === #

    def _get_proforma_deposit_reminder_plan(self):
        """Return the plan whose steps remind of the deposits: that of the order, else
        of the company, else the standard one, whichever has such steps first. Who is
        offered something in another way owes his deposits all the same.

        :return: In sudo mode; empty if there is none, or the company reminds of none.
        :rtype: proforma.reminder.plan
        """
        self.ensure_one()
        company = self.company_id.sudo()
        if not company.proforma_remind_deposits:
            return self.env["proforma.reminder.plan"]
        plans = self.sudo().proforma_reminder_plan_id
        plans |= company.proforma_reminder_plan_id
        plans |= company._get_standard_proforma_reminder_plan()
        return plans._get_reminding_of_deposits()[:1]

    def _get_proforma_word(self):
        """Return what the customer has said about the current version.

        :return: One of `WORD_KINDS`, or None.
        :rtype: str
        """
        self.ensure_one()
        return next(filter(self._has_proforma_event, WORD_KINDS), None)

    def _has_proforma_deposit_money(self):
        """Return whether a deposit is paid, or its payment under way.

        Note: `self.ensure_one()`, in sudo mode.
        """
        self.ensure_one()
        deposits = self.proforma_deposit_ids.filtered(
            lambda deposit: deposit.state in DEPOSIT_COUNTED_STATES
        )
        return "paid" in deposits.mapped("state") or (
            deposits._get_last_payment().state in ("pending", "authorized", "done")
        )

    def _get_proforma_answer_reasons(self):
        """Return the answers that the customer may click on. Extension point.

        :rtype: proforma.decline.reason
        """
        return (
            self.env["proforma.decline.reason"].sudo().search([("active", "=", True)])
        )

    # === OVERRIDES - SIGNS OF LIFE === #

    def _update_proforma_state(self, target, values=None, partner=None, note=None):
        """Override of the state: each of its moves ends what was planned."""
        moved = super()._update_proforma_state(target, values, partner, note)
        if target == "issued":
            again = moved.filtered(lambda order: order.proforma_version_id.version > 1)
            again._proforma_stop_reminders("new_version")
            moved._proforma_plan_reminders()
        else:
            moved._proforma_stop_reminders(target)
        return moved

    def _proforma_log_event(self, kind, partner=None, note=None):
        """Override of the state: a question, or that a renewal is wanted, stops the
        reminders; a view may plan some.
        """
        events = super()._proforma_log_event(kind, partner=partner, note=note)
        if kind in ("asked", "renewal_asked"):
            self._proforma_stop_reminders(kind)
        elif kind == "viewed":
            self._proforma_renew_reminders("viewed")
        return events

    def _message_post_after_hook(self, message, msg_vals):
        """Override of `mail`: an answer of the customer stops the reminders; our own
        words may plan some.
        """
        orders = self.filtered(lambda order: order.proforma_state != "none")
        is_customers = self._is_proforma_customer_message(message)
        is_written = message.message_type == "email" and not self.env.context.get(
            "proforma_is_auto"
        )
        if orders and is_customers and is_written:
            orders._proforma_stop_reminders("replied")
        res = super()._message_post_after_hook(message, msg_vals)
        is_public = not message.is_internal and not message.subtype_id.internal
        is_word = message.message_type in ("comment", "email") and is_public
        if orders and is_word and not is_customers:
            orders.with_user(SUPERUSER_ID)._proforma_renew_reminders("message")
        return res
