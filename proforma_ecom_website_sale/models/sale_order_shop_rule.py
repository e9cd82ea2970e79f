from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SaleOrder(models.Model):
    """Whether a cart may become a pro forma by the rules of its website."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - RULES === #

    def _check_proforma_shop_rules(self):
        """Check that the rules of the website allow a pro forma of this cart.

        :raise UserError: In words for the visitor, with what he can do.
        """
        self.ensure_one()
        if refusal := self._get_proforma_refusal():
            raise UserError(refusal["text"])

    def _get_proforma_refusal(self):
        """Return why the visitor gets no pro forma of this cart, or False.

        What is not known of a guest before his address is not asked yet. Extension
        point: other addons may refuse for reasons of their own.

        :return: `text` (what is wrong, how to mend it), and `url` and `label` of a link
            that helps, False where there is none.
        :rtype: dict|bool
        """
        self.ensure_one()
        checks = (
            self._get_proforma_audience_refusal,
            self._get_proforma_tag_refusal,
            self._get_proforma_country_refusal,
            self._get_proforma_product_refusal,
            self._get_proforma_quantity_refusal,
            self._get_proforma_amount_refusal,
            self._get_proforma_open_refusal,
        )
        return next(filter(None, (check() for check in checks)), False)

    def _has_proforma_only_products(self):
        """Return whether the cart holds a product that is sold by pro forma only, and
        its website offers pro formas. What a combo consists of is no line of the cart.
        """
        self.ensure_one()
        return self.sudo().website_id.proforma_enabled and any(
            template._get_proforma_policy() == "only"
            for template in self.order_line.product_template_id
        )

    def _proforma_checkout_payment_error_message(self):
        """Return why the checkout takes no money for this order, or False.

        :rtype: str|bool
        """
        self.ensure_one()
        if self.proforma_state != "none":
            return self.env._(
                "This cart has become the pro forma %(number)s. Open it to accept and"
                " pay.",
                number=self.proforma_number,
            )
        if self._has_proforma_only_products():
            return self.env._(
                "This cart has a product that is sold by pro forma invoice only. Go"
                " back to the cart and ask for it."
            )
        return False

    # === BUSINESS METHODS - WHO === #

    def _get_proforma_audience_refusal(self):
        """Return the refusal for whom the shop makes no pro formas, or False."""
        audience = self.website_id._get_proforma_rule("proforma_audience")
        if audience == "signed_in" and self.env.user._is_public():
            return self._prepare_proforma_sign_in_refusal()
        if (
            audience == "business"
            and self._is_proforma_customer_known()
            and self.partner_id._is_proforma_consumer()
        ):
            return self._prepare_proforma_refusal(
                self.env._(
                    "Pro forma invoices are for companies here. Enter your company and"
                    " its VAT number in your address."
                ),
                "/shop/checkout",
                self.env._("Change the address"),
            )
        return False

    def _get_proforma_tag_refusal(self):
        """Return the refusal for who lacks the tags that are asked for, or False."""
        tags = self.website_id._get_proforma_rule("proforma_customer_tag_ids")
        if not tags:
            return False
        if self.env.user._is_public():
            return self._prepare_proforma_sign_in_refusal()
        partner = self.partner_id.sudo()
        own = partner.category_id | partner.commercial_partner_id.category_id
        if tags.search_count([("id", "child_of", tags.ids), ("id", "in", own.ids)]):
            return False
        return self._prepare_proforma_refusal(
            self.env._(
                "Your account has no pro forma invoices yet. Contact us to get them."
            ),
            "/contactus",
            self.env._("Contact us"),
        )

    def _get_proforma_country_refusal(self):
        """Return the refusal for an invoice address elsewhere, or False."""
        countries = self.website_id._get_proforma_rule("proforma_country_ids")
        country = self.partner_invoice_id.country_id
        if (
            not countries
            or country in countries
            or not (country and self._is_proforma_customer_known())
        ):
            return False
        return self._prepare_proforma_refusal(
            self.env._(
                "We make pro forma invoices for %(countries)s only, and your invoice"
                " address is in %(country)s. Choose another address or contact us.",
                countries=", ".join(countries.mapped("name")),
                country=country.name,
            ),
            "/shop/checkout",
            self.env._("Change the address"),
        )

    def _get_proforma_open_refusal(self):
        """Return the refusal for who has enough open pro formas already, or False."""
        limit = self.website_id._get_proforma_rule("proforma_open_max")
        if not limit or not self._is_proforma_customer_known():
            return False
        domain = self._get_proforma_open_domain()
        if not domain or self.sudo().search_count(domain, limit=limit) < limit:
            return False
        is_public = self.env.user._is_public()
        return self._prepare_proforma_refusal(
            self.env._(
                "You have %(limit)s open pro forma invoices, as many as this shop"
                " allows. Accept or decline one of them first.",
                limit=limit,
            ),
            not is_public and "/my/proformas",
            self.env._("My pro forma invoices"),
        )

    def _get_proforma_open_domain(self):
        """Return the domain of the customer's open pro formas from this website.

        A guest is known by his e-mail address: each of his carts makes a new contact.
        Who is signed in is not: anybody may type his address.

        :return: None if there is nothing to know him by.
        :rtype: Domain|None
        """
        self.ensure_one()
        if not self.env.user._is_public():
            company = self.partner_id.commercial_partner_id
            customer = Domain("partner_id", "child_of", company.ids)
        elif email := self.partner_id.email_normalized:
            customer = Domain("partner_id.email_normalized", "=", email)
        else:
            return None
        return (
            customer
            & Domain("website_id", "=", self.website_id.id)
            & Domain("id", "!=", self.id)
            & self._get_proforma_open_states_domain()
        )

    def _get_proforma_open_states_domain(self):
        """Return the domain of what counts as open. Extension point."""
        return Domain("proforma_state", "in", ("issued", "revising"))

    # === BUSINESS METHODS - OF WHAT === #

    def _get_proforma_product_refusal(self):
        """Return the refusal for products that have no pro forma, or False.

        Discounts and rewards come with what is ordered: nobody chose them.
        """
        website = self.sudo().website_id
        refused = self.order_line.product_template_id.filtered(
            lambda template: not template._is_proforma_product(website)
        )
        if not refused:
            return False
        lines = self.order_line.filtered(
            lambda line: line._show_in_cart() and not line._is_proforma_discount()
        )
        if not (refused := refused & lines.product_template_id):
            return False
        return self._prepare_proforma_refusal(
            self.env._(
                "There is no pro forma invoice for %(products)s. Take it out of the"
                " cart, or order it in a cart of its own.",
                products=", ".join(refused.mapped("name")),
            )
        )

    def _get_proforma_quantity_refusal(self):
        """Return the refusal for quantities that break the limits of their products, or
        False. The cart of an ordinary order is core's, and knows none.
        """
        lines = self.website_order_line.filtered(
            lambda line: (
                line.product_template_id
                and any(line.product_template_id._get_proforma_quantity_limits())
                and line._is_proforma_changeable()
            )
        )
        hints = filter(None, (line._get_proforma_broken_limits() for line in lines))
        if not (limits := " ".join(hints)):
            return False
        return self._prepare_proforma_refusal(
            self.env._(
                "For a pro forma invoice, change the quantities in the cart."
                " %(limits)s",
                limits=limits,
            )
        )

    def _get_proforma_amount_refusal(self):
        """Return the refusal for a cart that is too small or too large, or False."""
        low = self.website_id._get_proforma_rule("proforma_amount_min")
        high = self.website_id._get_proforma_rule("proforma_amount_max")
        if not (low or high):
            return False
        low, high = map(self._convert_proforma_limit, (low, high))
        amount = self._get_proforma_rule_amount()
        if low and self.currency_id.compare_amounts(amount, low) < 0:
            return self._prepare_proforma_refusal(
                self.env._(
                    "Pro forma invoices start at %(limit)s, without delivery. Add"
                    " products for %(gap)s.",
                    limit=self._format_proforma_amount(low),
                    gap=self._format_proforma_amount(low - amount),
                )
            )
        if high and self.currency_id.compare_amounts(amount, high) > 0:
            return self._prepare_proforma_refusal(
                self.env._(
                    "Pro forma invoices go up to %(limit)s here, without delivery."
                    " Contact us for a larger order, or take something out of the"
                    " cart.",
                    limit=self._format_proforma_amount(high),
                ),
                "/contactus",
                self.env._("Contact us"),
            )
        return False

    # === HELPERS === #

    def _is_proforma_cart(self):
        """Return whether this is a cart of the shop. Extension point. An empty
        recordset is none.
        """
        return bool(
            self.website_id and self.state == "draft" and self.proforma_state == "none"
        )

    def _get_proforma_rule_amount(self):
        """Return the amount that the limits are about: products with taxes and
        discounts, without delivery, in the currency of the cart.

        :rtype: float
        """
        self.ensure_one()
        return self.currency_id.round(self._get_amount_total_excluding_delivery())

    def _convert_proforma_limit(self, limit):
        """Return a limit of the website in the currency of the cart.

        :param float limit: In the currency of the website's company.
        :rtype: float
        """
        self.ensure_one()
        return self.company_id.currency_id._convert(
            limit, self.currency_id, self.company_id, fields.Date.today()
        )

    def _is_proforma_customer_known(self):
        """Return whether it is known whose cart this is."""
        self.ensure_one()
        return bool(self.partner_id) and not self.partner_id.is_public

    def _prepare_proforma_sign_in_refusal(self):
        """Return the refusal for a guest in a shop that wants to know its customer."""
        return self._prepare_proforma_refusal(
            self.env._("Pro forma invoices are for customers with an account."),
            "/web/login?redirect=/shop/cart",
            self.env._("Sign in"),
        )

    def _prepare_proforma_refusal(self, text, url=False, label=False):
        """Return a refusal, see `_get_proforma_refusal`.

        :rtype: dict
        """
        return {"text": text, "url": url, "label": label if url else False}
