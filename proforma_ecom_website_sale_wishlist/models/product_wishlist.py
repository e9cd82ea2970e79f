from odoo import api, models
from odoo.fields import Domain
from odoo.http import request


class ProductWishlist(models.Model):
    _inherit = "product.wishlist"

    def _has_proforma_offer(self, website):
        """Return whether the page of the wish list offers a pro forma to who sees it.

        :param website website: The one that is visited.
        """
        products = self.sudo().product_id
        return any(
            product.product_tmpl_id._is_proforma_offered(website)
            and product._is_add_to_cart_allowed()
            for product in products
        )

    @api.model
    def _get_proforma_products(self, seen):
        """Return what is on the visitor's wish list, in sudo mode.

        What has been taken out of the shop since he saw it is not on the page any more,
        but he has to be told.

        :param list[str] seen: Ids of the entries that he saw; those of others, and what
            is no id, are left out.
        :rtype: product.product
        """
        own = self.sudo().search(self._get_proforma_own_domain())
        seen = own.filtered(lambda wish: str(wish.id) in seen)
        return (self.current().sudo() | seen).product_id

    @api.model
    def _get_proforma_own_domain(self):
        """Return the domain of the visitor's own entries.

        :rtype: Domain
        """
        website = Domain("website_id", "=", request.website.id)
        if request.website.is_public_user():
            ids = request.session.get("wishlist_ids", [])
            return website & Domain("id", "in", ids)
        return website & Domain("partner_id", "=", self.env.user.partner_id.id)

    @api.model
    def _get_proforma_wishes_message(self, refused, cart_sudo):
        """Return what a click on the wish list did not put into the cart, and why.

        :param dict refused: Product -> reason, see `_get_proforma_wish_refusal`.
        :param sale.order cart_sudo: The cart as it is now.
        :return: One sentence a line.
        :rtype: str
        """
        names = {}
        for product, reason in refused.items():
            name = product.with_context(display_default_code=False).display_name
            names.setdefault(reason, []).append(name)
        names = {reason: ", ".join(found) for reason, found in names.items()}
        sentences = []
        if products := names.get("unavailable"):
            sentences.append(
                self.env._("Not available now: %(products)s.", products=products)
            )
        if products := names.get("choice"):
            sentences.append(
                self.env._(
                    "To be chosen on the page of the product first: %(products)s.",
                    products=products,
                )
            )
        if products := names.get("never"):
            sentences.append(
                self.env._(
                    "There is no pro forma invoice of these, order them in a cart of"
                    " their own: %(products)s.",
                    products=products,
                )
            )
        if cart_sudo.website_order_line:
            sentences.append(
                self.env._(
                    "What else is on your wish list is in your cart. Look at it, then"
                    " ask for its pro forma."
                )
            )
        return "\n".join(sentences)
