from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import hmac

from odoo.addons.proforma_ecom.utils import canonical_json, network_of

from ..const import ADDRESS_BITS, DUPLICATE_MINUTES, GUEST_LIMITS, NETWORK_BITS


class ProformaShopAttempt(models.TransientModel):
    """One pro forma that a visitor got: known again for minutes, counted for an hour.

    Addresses are not kept, only their keyed hashes, which are others in each hour. The
    rows go with those of all transient models.
    """

    _name = "proforma.shop.attempt"
    _description = "Pro Forma Asked For in the Shop"

    order_id = fields.Many2one("sale.order", readonly=True, ondelete="cascade")
    cart_key = fields.Char(readonly=True, index=True)
    address_key = fields.Char(readonly=True, index=True)
    network_key = fields.Char(readonly=True, index=True)
    email_key = fields.Char(readonly=True, index=True)

    # === BUSINESS METHODS === #

    @api.model
    def _check_limits(self, cart, address):
        """Check that a guest may ask for one more pro forma in this hour.

        :param sale.order cart: With the customer's e-mail address.
        :param str address: Network address as the server got it, may be empty.
        :raise UserError: If he may not.
        """
        keys = self._get_keys(cart, address)
        for fname, limit in GUEST_LIMITS.items():
            domain = [(fname, "=", keys[fname])]
            if self.sudo().search_count(domain, limit=limit) >= limit:
                raise UserError(
                    self.env._(
                        "Many pro forma invoices were asked for in this hour from your"
                        " connection or with your e-mail address. Sign in to go on, or"
                        " try again in an hour."
                    )
                )

    @api.model
    def _find_duplicate(self, cart, words):
        """Return the order that the same customer got of the same cart minutes ago.

        :param sale.order cart: What he asks for now.
        :param dict words: See `_prepare_proforma_words`.
        :return: In sudo mode, empty if there is none that is still open.
        :rtype: sale.order
        """
        since = fields.Datetime.subtract(
            fields.Datetime.now(), minutes=DUPLICATE_MINUTES
        )
        attempts = self.sudo().search(
            [
                ("cart_key", "=", self._get_cart_key(cart, words)),
                ("create_date", ">=", since),
                ("order_id", "!=", cart.id),
            ],
            order="id desc",
        )
        return attempts.order_id.filtered(
            lambda order: (
                (order.proforma_state == "issued" or order._is_proforma_under_review())
                and self._is_same_offer(order, cart)
            )
        )[:1]

    @api.model
    def _note(self, order, words, address):
        """Note that a visitor got a pro forma, or handed in his cart.

        :param sale.order order: What his cart has become.
        :param dict words: See `_prepare_proforma_words`.
        :param str address: Network address of a guest; None: he is no guest.
        """
        keys = {} if address is None else self._get_keys(order, address)
        self.sudo().create(
            {
                "order_id": order.id,
                "cart_key": self._get_cart_key(order, words),
                **keys,
            }
        )

    # === HELPERS === #

    @api.model
    def _is_same_offer(self, order, cart):
        """Return whether a cart asks for what an order of the same lines offers: its
        price (a coupon is no line of the cart), its currency, its delivery.
        """
        currency = cart.currency_id
        return (
            order.currency_id == currency
            and not currency.compare_amounts(
                order._get_proforma_rule_amount(), cart._get_proforma_rule_amount()
            )
            # What he did not choose was chosen for him.
            and cart.carrier_id in (order.carrier_id, cart.carrier_id.browse())
        )

    @api.model
    def _get_keys(self, cart, address):
        """Return what stands in this hour for a guest and leads back to no one.

        :rtype: dict[str, str]
        """
        hour = fields.Datetime.now().strftime("%Y-%m-%d %H")
        facts = {
            "address_key": network_of(address, ADDRESS_BITS),
            "network_key": network_of(address, NETWORK_BITS),
            "email_key": cart.partner_id.email_normalized or "",
        }
        return {
            fname: hmac(self.env(su=True), "proforma-shop", (fname, hour, fact))
            for fname, fact in facts.items()
        }

    @api.model
    def _get_cart_key(self, cart, words):
        """Return what stands for a cart, its customer and his words.

        Who is signed in is known by his account, a guest by what he typed.

        :rtype: str
        """
        user = self.env.user
        facts = {
            "website": cart.website_id.id,
            "user": False if user._is_public() else user.id,
            "email": cart.partner_id.email_normalized or "",
            "addresses": [
                [partner[fname] or "" for fname in ("name", "street", "zip", "city")]
                for partner in cart.partner_invoice_id | cart.partner_shipping_id
            ],
            "lines": sorted(map(self._get_line_facts, cart.website_order_line)),
            "words": words,
            "files": sorted(cart._get_proforma_files().mapped("checksum")),
        }
        return hmac(self.env(su=True), "proforma-shop-cart", canonical_json(facts))

    @api.model
    def _get_line_facts(self, line):
        """Return what tells a line of a cart from others.

        :rtype: list
        """
        custom = line.product_custom_attribute_value_ids
        return [
            line.product_id.id,
            line.product_uom_id.id,
            str(line.product_uom_qty),
            sorted(line.product_no_variant_attribute_value_ids.ids),
            sorted(value.custom_value or "" for value in custom),
            sorted(line.linked_line_ids.product_id.ids),
        ]
