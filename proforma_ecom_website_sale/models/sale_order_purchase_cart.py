from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.proforma_ecom.const_portal import PAID_STATES

from ..const import OWN_CART

# Who buys, who is invoiced and where it is delivered: as the document says it.
KEPT_PARTIES = ("partner_id", "partner_invoice_id", "partner_shipping_id")


class SaleOrder(models.Model):
    """A cart that holds a pro forma, at its prices: nothing of it changes.

    What was agreed on for the whole need not hold for a part. Whoever wants another
    thing changes the pro forma, or puts it back and fills his cart as usual.
    """

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_source_id = fields.Many2one(
        "sale.order",
        string="Bought Pro Forma",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The pro forma that this order was a cart of.",
    )
    proforma_source_version_id = fields.Many2one(
        "proforma.version",
        string="Bought Version",
        copy=False,
        readonly=True,
        index="btree_not_null",
        prefetch="proforma",
    )

    # === BUSINESS METHODS - GUARDS === #

    def _get_proforma_initial_values(self):
        """Override of `proforma_ecom`: nobody chooses which prices hold for a cart."""
        return {
            **super()._get_proforma_initial_values(),
            "proforma_source_id": False,
            "proforma_source_version_id": False,
        }

    def _is_proforma_cart_ordered(self):
        """Return whether the cart is an order, or is being paid."""
        self.ensure_one()
        states = self.sudo().transaction_ids.mapped("state")
        return self.state == "sale" or (
            self.state != "cancel" and not set(PAID_STATES).isdisjoint(states)
        )

    def _is_proforma_cart_open(self):
        """Return whether this is still a cart, which nobody is paying for."""
        return self.state == "draft" and not self._is_proforma_cart_ordered()

    def _proforma_source_error_message(self):
        """Return why the cart is not sold at the prices of its pro forma, or False.
        One that is ordered keeps what it was ordered for.

        :rtype: str|bool
        """
        self.ensure_one()
        if not self.proforma_source_id or self._is_proforma_cart_ordered():
            return False
        return self._proforma_promise_error_message()

    def _proforma_promise_error_message(self, now=None):
        """Return why the prices of the pro forma do not hold for the cart, or False.

        :param datetime now: When it was paid: UTC, naive; the present by default.
        :rtype: str|bool
        """
        self.ensure_one()
        source = self.sudo().proforma_source_id.with_context(**{OWN_CART: self.id})
        version = self.sudo().proforma_source_version_id
        is_in_time = now and not source._is_proforma_past_deadline(now)
        if source.proforma_state == "expired" and is_in_time:
            return False  # It was paid before it expired, and is looked at now.
        if message := source._proforma_acceptance_error_message(version, now):
            return message
        if source.signature or source._has_proforma_money():
            return self.env._(
                "%(name)s is signed or paid already. Put it back and open its page.",
                name=version.name,
            )
        if not self._is_proforma_source_kept():
            return self.env._(
                "The cart is not any more what %(name)s says. Put it back and begin"
                " again.",
                name=version.name,
            )
        return False

    def _is_proforma_source_kept(self):
        """Return whether the cart says what its pro forma says, to the cent."""
        self.ensure_one()
        source = self.sudo().proforma_source_id
        total = self.proforma_source_version_id.sudo().amount_total
        bought = source._get_proforma_purchased_lines()
        return (
            self.currency_id == source.currency_id
            and all(self[fname] == source[fname] for fname in KEPT_PARTIES)
            and not self.currency_id.compare_amounts(self.amount_total, total)
            and self._get_proforma_line_keys(self.order_line)
            == self._get_proforma_line_keys(bought)
        )

    def _get_proforma_line_keys(self, lines):
        """Return what has to be the same on the lines of a pro forma and its cart.

        :rtype: list[tuple]
        """
        return sorted(
            (
                line.product_id.id,
                line.product_uom_id.id,
                line.product_uom_qty,
                line.price_unit,
                line.discount,
                line.price_total,
            )
            for line in lines
            if not line.display_type
        )

    def _proforma_checkout_payment_error_message(self):
        """Override: a cart with a pro forma is paid as long as its prices hold."""
        return (
            super()._proforma_checkout_payment_error_message()
            or self._proforma_source_error_message()
        )

    def _is_proforma_cart(self):
        """Override: also one whose payment was begun, and given up, is paid under the
        rules of the checkout only.
        """
        return super()._is_proforma_cart() or bool(
            self.proforma_source_id and self.state in ("draft", "sent")
        )

    def _proforma_portal_payment_error_message(self, amount):
        """Return why the page of the order, where core takes any amount, takes none for
        a cart, or False.

        :param float amount: What the browser wants to pay.
        :rtype: str|bool
        """
        self.ensure_one()
        if message := self._proforma_checkout_payment_error_message():
            return message
        if self.proforma_source_id and self._is_other_amount(amount, self.amount_total):
            return self.env._("The cart is paid all at once. Load the page again.")
        return False

    def _has_proforma_shop_offer(self):
        """Override: what is a pro forma already becomes none again."""
        return not self.proforma_source_id and super()._has_proforma_shop_offer()

    def _get_proforma_refusal(self):
        """Override: what is a pro forma already becomes none again."""
        if self.proforma_source_id:
            return self._prepare_proforma_refusal(self._get_proforma_source_text())
        return super()._get_proforma_refusal()

    def _filter_can_send_abandoned_cart_mail(self):
        """Override of `website_sale`: the pro forma has reminders of its own."""
        orders = super()._filter_can_send_abandoned_cart_mail()
        return orders.filtered(lambda order: not order.proforma_source_id)

    # === BUSINESS METHODS - NOTHING CHANGES === #

    def _is_proforma_content_kept(self):
        """Override of `proforma_ecom`: what is bought is what was sent."""
        return super()._is_proforma_content_kept() or self._is_proforma_source_cart()

    def _cart_add(self, *args, **kwargs):
        """Override of `website_sale`: nothing is added to a cart with a pro forma.

        :raise UserError: If this is one.
        """
        self._check_proforma_source()
        return super()._cart_add(*args, **kwargs)

    def _cart_update_line_quantity(self, *args, **kwargs):
        """Override of `website_sale`: no quantity changes in a cart with a pro forma.

        :raise UserError: If this is one.
        """
        self._check_proforma_source()
        return super()._cart_update_line_quantity(*args, **kwargs)

    def _set_delivery_method(self, *args, **kwargs):
        """Override of `website_sale`: the delivery is that of the pro forma.

        :raise UserError: If the cart holds one.
        """
        self._check_proforma_source()
        return super()._set_delivery_method(*args, **kwargs)

    def _set_pickup_location(self, *args, **kwargs):
        """Override of `delivery`: the delivery is that of the pro forma.

        :raise UserError: If the cart holds one.
        """
        self._check_proforma_source()
        return super()._set_pickup_location(*args, **kwargs)

    def _can_be_edited_on_portal(self):
        """Override of `sale`: no option changes, while its payment is under way
        either.
        """
        return not self.proforma_source_id and super()._can_be_edited_on_portal()

    def _update_address(self, partner_id, fnames=None):
        """Override of `website_sale`: the addresses are those of the pro forma, whoever
        of the company is signed in.
        """
        if not self.proforma_source_id:
            super()._update_address(partner_id, fnames)

    def _recompute_taxes(self):
        """Override of `sale`: what was promised is not computed anew."""
        super(
            SaleOrder,
            self.filtered(lambda order: not order._is_proforma_source_cart()),
        )._recompute_taxes()

    def _get_update_prices_lines(self):
        """Override of `sale`: what was promised is not computed anew."""
        lines = super()._get_update_prices_lines()
        return lines.filtered(lambda line: not line.order_id._is_proforma_source_cart())

    def _verify_cart_after_update(self):
        """Override of `website_sale`: what was promised is not rated anew."""
        if not self.proforma_source_id:
            super()._verify_cart_after_update()

    def _is_proforma_source_cart(self):
        """Return whether this is a cart with a pro forma, no confirmed order yet."""
        return bool(self.proforma_source_id) and self.state in ("draft", "sent")

    def _check_proforma_source(self):
        """Check that the cart may be changed.

        :raise UserError: If it holds a pro forma.
        """
        if self.proforma_source_id:
            raise UserError(self._get_proforma_source_text())

    def _get_proforma_source_text(self):
        """Return what the cart holds and how to have another one."""
        version = self.sudo().proforma_source_version_id
        return self.env._(
            "Your cart holds %(name)s at its prices, valid until %(day)s. Nothing of it"
            " can be changed here: pay it, or put it back first.",
            name=version.name,
            day=format_date(self.env, version.valid_until),
        )

    # === BUSINESS METHODS - HOW IT ENDS === #

    def _proforma_discard_cart(self):
        """Remove carts that nobody wants any more. Those that somebody began to pay, or
        sent, stay, cancelled.
        """
        begun = self.filtered(lambda c: c.transaction_ids or c.state != "draft")
        if begun:
            begun._action_cancel()
        (self - begun).unlink()

    def _action_confirm(self):
        """Override of `sale`: a pro forma that was bought is over."""
        res = super()._action_confirm()
        for cart in self.filtered("proforma_source_id"):
            cart._proforma_close_source()
        return res

    def _proforma_close_source(self):
        """Cancel the pro forma that was bought."""
        self.ensure_one()
        source = self.sudo().proforma_source_id
        source._proforma_lock()
        source._proforma_log_event("bought", note=self.name)
        if source.proforma_state not in ("accepted", "cancelled"):
            source._action_cancel()

    def _proforma_report_late_money(self, tx, message):
        """Tell who looks after the pro forma of money that came too late for its cart.

        :param payment.transaction tx: The money.
        :param str message: Why it confirms nothing.
        """
        self.ensure_one()
        version = self.sudo().proforma_source_version_id.name
        self.sudo().proforma_source_id._proforma_schedule_activity(
            lambda order: (
                order.env._(
                    "Payment %(reference)s could not be used", reference=tx.reference
                ),
                order.env._(
                    "The customer paid %(version)s in the shop, as %(order)s. The money"
                    " was received, but it confirms nothing: %(reason)s Ask him what he"
                    " wants: confirm %(order)s by hand, or refund him.",
                    version=version,
                    order=self.name,
                    reason=message,
                ),
            )
        )
