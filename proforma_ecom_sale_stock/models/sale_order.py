from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_list

from odoo.addons.proforma_ecom.const import DEPOSIT_OPEN_STATES
from odoo.addons.proforma_ecom.utils import today_in

# Values of `sale.order.delivery_status` while something is left to deliver.
DELIVERY_OPEN_STATUSES = ("pending", "started", "partial")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === FIELDS === #

    proforma_delivery_released = fields.Boolean(
        string="Delivery Released",
        copy=False,
        readonly=True,
        tracking=True,
        help="A sales manager lets the goods go before the deposits are paid.",
        prefetch="proforma",
    )
    proforma_delivery_held = fields.Boolean(
        string="Delivery Held",
        compute="_compute_proforma_delivery_held",
        compute_sudo=True,
        search="_search_proforma_delivery_held",
        help="Something is left to deliver, and a deposit has to be paid before it.",
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "delivery_status",
        "proforma_state",
        "proforma_delivery_released",
        "proforma_deposit_ids.before_delivery",
        "proforma_deposit_ids.state",
    )
    def _compute_proforma_delivery_held(self):
        for order in self:
            is_open = order.delivery_status in DELIVERY_OPEN_STATUSES
            order.proforma_delivery_held = is_open and bool(
                order._get_proforma_holding_deposits()
            )

    @api.model
    def _search_proforma_delivery_held(self, operator, value):
        if operator != "in":
            return NotImplemented
        is_held = Domain("delivery_status", "in", DELIVERY_OPEN_STATUSES)
        is_held &= self._get_proforma_hold_domain()
        return is_held if True in value else ~is_held

    # === ACTION METHODS === #

    def action_proforma_release_delivery(self):
        """Let the goods of the orders go before the deposits are paid. An order whose
        delivery is not held stays as it is.

        :raise AccessError: If the user is no sales manager.
        """
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(
                self.env._("Only a sales manager can release a delivery.")
            )
        self.check_access("write")
        for order in self:
            order._proforma_lock()
            if deposits := order._get_proforma_holding_deposits():
                order._set_proforma_delivery_released(deposits)

    # === BUSINESS METHODS - HOLD === #

    @api.model
    def _get_proforma_hold_domain(self):
        """Return the domain of the orders of which nothing may be delivered; the same
        as `_get_proforma_holding_deposits` says of one order.

        :rtype: Domain
        """
        return (
            Domain("proforma_state", "=", "accepted")
            & Domain("proforma_delivery_released", "=", False)
            & Domain(
                "proforma_deposit_ids",
                "any!",
                Domain("before_delivery", "=", True)
                & Domain("state", "in", DEPOSIT_OPEN_STATES),
            )
        )

    def _get_proforma_holding_deposits(self):
        """Return the deposits for which the delivery of the order is held: none if it
        is released, or no accepted pro forma.

        :rtype: recordset of `proforma.deposit`
        """
        self.ensure_one()
        if self.proforma_state != "accepted" or self.proforma_delivery_released:
            return self.env["proforma.deposit"]
        return self._get_proforma_blocking_deposits()

    def _get_proforma_hold_text(self):
        """Return for which deposits the delivery of the order is held, as a sentence.

        :return: Empty if it is not held.
        :rtype: str
        """
        self.ensure_one()
        deposits = self._get_proforma_holding_deposits()
        if not deposits:
            return ""
        return self.env._(
            "%(deposits)s must be paid before the delivery of order %(order)s"
            " (pro forma %(number)s).",
            deposits=self._format_proforma_deposits(deposits),
            order=self.name,
            number=self.proforma_number,
        )

    def _set_proforma_delivery_released(self, deposits):
        """Release the delivery, and note who did it and what was unpaid.

        :param proforma.deposit deposits: For which it was held.
        """
        self.ensure_one()
        unpaid = self._format_proforma_deposits(deposits)
        self._track_set_log_message(
            self.env._(
                "Delivery released before payment of: %(deposits)s", deposits=unpaid
            )
        )
        # In sudo mode: the field is closed to users.
        self.sudo().proforma_delivery_released = True
        self._proforma_log_event("delivery_released", note=unpaid)

    @api.model
    def _get_proforma_initial_values(self):
        """Override of `proforma_ecom` to begin every order with a held delivery."""
        return {
            **super()._get_proforma_initial_values(),
            "proforma_delivery_released": False,
        }

    def _check_proforma_protected_fields(self, vals):
        """Override of `proforma_ecom` to say who releases a delivery.

        :raise UserError: If a user writes the release.
        """
        if not self.env.su and "proforma_delivery_released" in vals:
            raise UserError(
                self.env._(
                    "A delivery is released by a sales manager, with “Release Delivery”"
                    " on the order; it cannot be written."
                )
            )
        return super()._check_proforma_protected_fields(vals)

    # === BUSINESS METHODS - DELIVERED === #

    def _get_proforma_delivery_day(self):
        """Override of `proforma_ecom`: once something was delivered, that day counts,
        not the promised one.
        """
        self.ensure_one()
        if self.effective_date:
            return today_in(self.company_id._get_proforma_tz(), self.effective_date)
        return super()._get_proforma_delivery_day()

    def _proforma_try_note_delivery(self):
        """Ask for what is to be paid at the delivery, order by order.

        Where it fails, the deposits are due all the same and whoever looks after the
        order is told: the goods have gone, their delivery stays noted. The scheduled
        action asks again.
        """
        for order in self.sudo():
            order = order.with_company(order.company_id)
            try:
                with self.env.cr.savepoint():
                    order._proforma_note_delivery()
            except UserError as error:
                order._proforma_date_deposits()
                order._proforma_report_unasked_delivery(str(error))

    def _proforma_report_unasked_delivery(self, reason):
        """Tell who looks after the order that the customer was not asked to pay."""
        self._proforma_schedule_activity(
            lambda order: (
                order.env._(
                    "%(order)s is delivered, but the customer was not asked to pay",
                    order=order.name,
                ),
                reason,
            )
        )

    # === HELPERS === #

    def _format_proforma_deposits(self, deposits):
        """Return labels and amounts of deposits as text, in the environment's language.

        :param proforma.deposit deposits: Of this order.
        :rtype: str
        """
        self.ensure_one()
        texts = [
            self.env._(
                "%(label)s (%(amount)s)",
                label=deposit.name,
                amount=self._format_proforma_amount(deposit.amount),
            )
            for deposit in deposits
        ]
        return format_list(self.env, texts)
