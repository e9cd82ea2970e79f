from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class StockPicking(models.Model):
    _inherit = "stock.picking"

    # === FIELDS === #

    # Both in sudo mode: who works in the warehouse may read neither deposits nor, in
    # some databases, orders.
    proforma_delivery_held = fields.Boolean(
        string="Held for a Deposit",
        compute="_compute_proforma_delivery_held",
        compute_sudo=True,
        search="_search_proforma_delivery_held",
        help="It goes to the customer, who has to pay a deposit before it.",
    )
    proforma_hold_reason = fields.Text(
        string="Why It Is Held",
        compute="_compute_proforma_hold_reason",
        compute_sudo=True,
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "move_ids.state",
        "move_ids.location_dest_usage",
        "move_ids.sale_line_id.order_id.proforma_state",
        "move_ids.sale_line_id.order_id.proforma_delivery_released",
        "move_ids.sale_line_id.order_id.proforma_deposit_ids.before_delivery",
        "move_ids.sale_line_id.order_id.proforma_deposit_ids.state",
        "move_ids.reference_ids.sale_ids",
    )
    def _compute_proforma_delivery_held(self):
        for picking in self:
            picking.proforma_delivery_held = any(
                order._get_proforma_holding_deposits()
                for order in picking._get_proforma_orders_to_deliver()
            )

    @api.depends("proforma_delivery_held")
    def _compute_proforma_hold_reason(self):
        for picking in self:
            orders = picking._get_proforma_orders_to_deliver()
            texts = [order._get_proforma_hold_text() for order in orders]
            picking.proforma_hold_reason = "\n".join(filter(None, texts)) or False

    @api.model
    def _search_proforma_delivery_held(self, operator, value):
        if operator != "in":
            return NotImplemented
        is_held = self.env["sale.order"]._get_proforma_hold_domain()
        is_left = Domain("state", "not in", ("done", "cancel"))
        is_for_held = Domain("sale_line_id.order_id", "any!", is_held) | Domain(
            "reference_ids.sale_ids", "any!", is_held
        )
        domain = Domain(
            "move_ids",
            "any!",
            is_left & Domain("location_dest_id.usage", "=", "customer") & is_for_held,
        )
        return domain if True in value else ~domain

    # === ACTION METHODS === #

    def button_validate(self):
        """Override of `stock` to refuse before any wizard asks something.

        :raise UserError: If one of them is held.
        """
        self._check_proforma_hold()
        return super().button_validate()

    # === BUSINESS METHODS - DELIVERY === #

    def _action_done(self):
        """Override of `stock` to hold deliveries on every path, and to ask for what is
        to be paid at the delivery.

        :raise UserError: If one of them is held.
        """
        self._check_proforma_hold()
        res = super()._action_done()
        self._get_proforma_delivered_orders()._proforma_try_note_delivery()
        return res

    def _check_proforma_hold(self):
        """Check that the customers paid what they have to pay before the deliveries.

        :raise UserError: If one is held; it names all of them.
        """
        held = self.filtered("proforma_delivery_held")
        if not held:
            return
        texts = [
            self.env._(
                "%(delivery)s is held. %(reason)s",
                delivery=picking.name,
                reason=picking.proforma_hold_reason,
            )
            for picking in held
        ]
        hint = self.env._(
            "Register the payment, or ask a sales manager to press “Release Delivery”"
            " on the order."
        )
        raise UserError("\n".join([*texts, "", hint]))

    # === HELPERS === #

    def _get_proforma_orders_to_deliver(self):
        """Return the orders of which the transfers still bring something to a customer.

        Only the last step of a delivery does; a dropshipment too.

        :return: In sudo mode.
        :rtype: recordset of `sale.order`
        """
        return self._get_proforma_customer_orders(
            lambda move: move.state not in ("done", "cancel")
        )

    def _get_proforma_delivered_orders(self):
        """Return the orders of which the transfers have brought a customer something.

        :return: In sudo mode.
        :rtype: recordset of `sale.order`
        """
        return self._get_proforma_customer_orders(lambda move: move.state == "done")

    def _get_proforma_customer_orders(self, is_counted):
        """Return the orders of moves to customers.

        A product that somebody added to a delivery has no line of the order, only its
        reference.

        :param callable is_counted: Given a move, returns whether it counts.
        :return: In sudo mode.
        :rtype: recordset of `sale.order`
        """
        moves = self.sudo().move_ids.filtered(
            lambda move: move.location_dest_usage == "customer" and is_counted(move)
        )
        return moves.sale_line_id.order_id | moves.reference_ids.sale_ids
