from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.proforma_ecom.const_portal import PAID_STATES

from ..const import OWN_CART


class SaleOrder(models.Model):
    """A pro forma that is bought at once, in the shop, at its prices.

    It is copied into a cart; the cart is that pro forma and nothing else, see
    `sale_order_purchase_cart`. The pro forma is over once the cart is ordered.
    """

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_cart_ids = fields.One2many(
        "sale.order", "proforma_source_id", string="Carts with the Pro Forma"
    )
    proforma_bought_order_id = fields.Many2one(
        "sale.order",
        string="Bought as",
        compute="_compute_proforma_bought_order_id",
        help="The order of the shop that the pro forma became; it ended with it.",
    )

    # === COMPUTE METHODS === #

    @api.depends("proforma_state", "proforma_cart_ids.state")
    def _compute_proforma_bought_order_id(self):
        for order in self:
            is_over = order.proforma_state == "cancelled"
            carts = order.sudo().proforma_cart_ids if is_over else order.browse()
            bought = carts.filtered(lambda cart: cart.state == "sale")
            order.proforma_bought_order_id = bought[:1]

    # === BUSINESS METHODS - GUARDS === #

    def _is_proforma_purchasable(self, website):
        """Return whether the page offers to buy the pro forma at once.

        :param website website: The one that is visited.
        """
        return not self._proforma_purchase_error_message(website)

    def _proforma_purchase_error_message(self, website, version=None):
        """Return why the pro forma does not become a cart, or False.

        :param website website: The one that is visited.
        :param proforma.version version: The version that the customer saw, if known.
        :rtype: str|bool
        """
        self.ensure_one()
        order = self.sudo()
        if message := order._proforma_acceptance_error_message(version=version):
            return message
        if order.signature or order._has_proforma_money():
            return self.env._(
                "You have signed or paid something already. Go on with the payment on"
                " this page."
            )
        if (
            order.website_id != website
            or not website.proforma_purchase
            or not order._is_proforma_purchase_possible()
        ):
            return self._get_proforma_unsold_text()
        return False

    def _get_proforma_unsold_text(self):
        """Return what to do with a pro forma that is not sold in the shop."""
        return self.env._(
            "This pro forma cannot be bought in the shop. Accept it here, or ask us a"
            " question."
        )

    def _is_proforma_purchase_possible(self):
        """Return whether the checkout can sell what the pro forma says, as it says it.
        Extension point.

        A reward hangs on the points of the order that it was given to; a delivery cost
        that is to be agreed on is not known; the checkout does not show the terms that
        the company wants to be accepted.
        """
        self.ensure_one()
        lines = self._get_proforma_purchased_lines()
        return bool(
            self.currency_id.compare_amounts(self.amount_total, 0) > 0
            and all(lines.product_id.mapped("active"))
            and not ("reward_id" in lines._fields and lines["reward_id"])
            and not self._has_proforma_only_products()
            and not self.company_id.proforma_require_terms
            and (self.only_services or self.carrier_id)
        )

    def _proforma_acceptance_error_message(self, version=None, now=None):
        """Override of `proforma_ecom`: what is ordered in the shop is not ordered once
        more.
        """
        message = super()._proforma_acceptance_error_message(version=version, now=now)
        if message or not (cart := self._get_proforma_ordered_cart()):
            return message
        return self.env._(
            "%(name)s was ordered in the shop: it is %(order)s.",
            name=self.sudo().proforma_version_id.name,
            order=cart.name,
        )

    def _has_proforma_money(self):
        """Override of `proforma_ecom`: what was paid for its cart counts."""
        return super()._has_proforma_money() or bool(self._get_proforma_ordered_cart())

    def _has_proforma_deposit_money(self):
        """Override of `proforma_ecom`: nobody is reminded of what he has ordered."""
        return super()._has_proforma_deposit_money() or bool(
            self._get_proforma_ordered_cart()
        )

    def _get_proforma_expiry_domain(self, now):
        """Override of `proforma_ecom`: what was ordered in time does not expire."""
        is_paid = Domain("transaction_ids.state", "in", PAID_STATES)
        is_ordered = Domain("state", "!=", "cancel") & is_paid
        domain = super()._get_proforma_expiry_domain(now)
        return domain & ~Domain("proforma_cart_ids", "any", is_ordered)

    def _get_proforma_ordered_cart(self):
        """Return the cart with which the pro forma was ordered, or is being paid.

        :return: In sudo mode, may be empty.
        :rtype: sale.order
        """
        self.ensure_one()
        own = self.env.context.get(OWN_CART)  # Asks about itself.
        return self.sudo().proforma_cart_ids.filtered(
            lambda cart: cart.id != own and cart._is_proforma_cart_ordered()
        )[:1]

    def _update_proforma_state(self, *args, **kwargs):
        """Override of `proforma_ecom`: a cart does not outlive the promise of its
        prices, or it would come back to its customer.
        """
        moved = super()._update_proforma_state(*args, **kwargs)
        carts = moved.sudo().proforma_cart_ids
        carts.filtered(lambda c: c._is_proforma_cart_open())._proforma_discard_cart()
        return moved

    # === BUSINESS METHODS - INTO A CART === #

    def _proforma_turn_into_cart(self, website, version=None):
        """Return a cart with all of the pro forma, at its prices. One that is there
        already is returned again.

        Note: `self.ensure_one()`, in sudo mode.

        :param website website: The one that is visited.
        :param proforma.version version: The version that the customer saw, if known.
        :rtype: sale.order
        :raise UserError: If it cannot be bought now.
        """
        self._proforma_lock()
        if message := self._proforma_purchase_error_message(website, version):
            raise UserError(message)
        carts = self.proforma_cart_ids.filtered(
            lambda cart: (
                cart._is_proforma_cart() and not cart._is_proforma_cart_ordered()
            )
        )
        if usable := carts.filtered(
            lambda c: c.state == "draft" and not c._proforma_source_error_message()
        ):
            return usable[:1]
        carts._proforma_discard_cart()
        # As the superuser: the visitor assigns no salesperson and writes no note.
        order = self.with_user(SUPERUSER_ID).with_company(self.company_id)
        cart = order.with_context(mail_auto_subscribe_no_notify=True).copy(
            order._prepare_proforma_cart_copy_vals()
        )
        cart = cart.with_env(self.env)
        if not cart._is_proforma_source_kept():  # Such as after a change of a tax.
            raise UserError(self._get_proforma_unsold_text())
        cart._check_cart_is_ready_to_be_paid()
        return cart

    def _prepare_proforma_cart_copy_vals(self):
        """Return what the cart has otherwise than a copy. Extension point.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "website_id": self.website_id.id,
            "proforma_source_id": self.id,
            "proforma_source_version_id": self.proforma_version_id.id,
            "origin": self.proforma_version_id.name,
            "client_order_ref": self.client_order_ref,
            "carrier_id": self.carrier_id.id,
            # All of it at once, whatever deposit the pro forma asked for.
            "require_signature": False,
            "require_payment": True,
            "prepayment_percent": 1.0,
            "order_line": [
                Command.create(vals) for vals in self._prepare_proforma_cart_lines()
            ],
        }

    def _prepare_proforma_cart_lines(self):
        """Return the values of the lines of the cart. They hang on each other as those
        of the pro forma do: core refuses a part of a combo that is on its own.

        :rtype: list[dict]
        """
        self.ensure_one()
        lines = self._get_proforma_purchased_lines()
        return [
            {
                **vals,
                "virtual_id": str(line.id),
                "linked_virtual_id": line.linked_line_id in lines
                and str(line.linked_line_id.id),
            }
            for line, vals in zip(lines, lines.copy_data(), strict=True)
        ]

    def _get_proforma_purchased_lines(self):
        """Return the lines that are bought: no options that nobody chose.

        :rtype: sale.order.line
        """
        self.ensure_one()
        lines = self._get_copiable_order_lines()
        wanted = lines.filtered(lambda line: line.product_uom_qty or line.display_type)
        return wanted.filtered(
            lambda line: (
                not (line.display_type and line.is_optional)
                or line._get_section_lines() & wanted
            )
        )

    # === BUSINESS METHODS - PORTAL === #

    def _prepare_proforma_schedule_values(self):
        """Override of `proforma_ecom`: what was bought is paid, and not by deposits."""
        values = super()._prepare_proforma_schedule_values()
        if self.sudo().proforma_bought_order_id:
            values |= {"rows": [], "next": None, "sent": []}
        return values

    def _is_proforma_event_silent(self, event):
        """Override of `proforma_ecom`: what was bought is over, but not cancelled."""
        if event.kind == "cancelled" and self.sudo().proforma_bought_order_id:
            return True
        return super()._is_proforma_event_silent(event)

    def _get_proforma_timeline_texts(self):
        """Override of `proforma_ecom` to tell that it was bought."""
        texts = super()._get_proforma_timeline_texts()
        return {**texts, "bought": self.env._("Bought in the shop: %(note)s")}

    def _get_proforma_status_texts(self):
        """Override of `proforma_ecom`: what was bought is over, but not cancelled."""
        texts = super()._get_proforma_status_texts()
        if order := self.sudo().proforma_bought_order_id:
            sentence = self.env._("It is your order %(order)s.", order=order.name)
            label = self.env._("Bought in the shop")
            texts["cancelled"] = (label, sentence, "success")
        return texts
