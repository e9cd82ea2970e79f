import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

from odoo.addons.proforma_ecom.const_context import CHECK_LATER

from ..exceptions import CheckoutNeededError

_logger = logging.getLogger(__name__)


# What may be missing for a pro forma and is the visitor's to mend.
VISITORS_ISSUES = {
    *("no_line", "zero_total", "no_customer", "no_email", "no_address", "no_country"),
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === COMPUTE METHODS === #

    @api.depends("website_id")
    def _compute_proforma_deposit_plan_id(self):
        """Override of `proforma_ecom`: the website has a say in it."""
        return super()._compute_proforma_deposit_plan_id()

    @api.depends("website_id")
    def _compute_proforma_layout_id(self):
        """Override of `proforma_ecom`: the website has a say in it."""
        return super()._compute_proforma_layout_id()

    @api.depends("website_id")
    def _compute_proforma_reminder_plan_id(self):
        """Override of `proforma_ecom`: the website has a say in it."""
        return super()._compute_proforma_reminder_plan_id()

    @api.depends("website_id")
    def _compute_validity_date(self):
        """Override of `proforma_ecom`: the website has a say in it."""
        return super()._compute_validity_date()

    # === CRUD METHODS === #

    def copy_data(self, default=None):
        """Override of `sale`: the copy of a pro forma is the salesperson's work, not
        the customer's next cart.
        """
        vals_list = super().copy_data(default=default)
        for order, vals in zip(self, vals_list, strict=True):
            if order._was_proforma_cart() and "website_id" not in (default or {}):
                vals["website_id"] = False
        return vals_list

    # === BUSINESS METHODS - SETTINGS === #

    def _has_proforma_schedule_preview(self):
        """Override of `proforma_ecom`: nobody plans the payments of a cart."""
        is_cart = self.website_id and self.state == "draft"
        return not is_cart and super()._has_proforma_schedule_preview()

    def _get_proforma_setting_key(self):
        """Override of `proforma_ecom`: the website has a say in it."""
        return *super()._get_proforma_setting_key(), self.website_id

    def _get_proforma_setting_sources(self):
        """Override of `proforma_ecom`: the website stands before its company."""
        website = self.sudo().website_id
        if website and self.partner_id == website.user_id.partner_id:
            # Nobody that is known: what a customer has of his own is not asked for.
            order = self.sudo()
            return [order.sale_order_template_id, website, order.company_id]
        *sources, company = super()._get_proforma_setting_sources()
        return [*sources, website, company]

    def _get_lang(self):
        """Override of `website_sale`: whoever looks at it, a pro forma speaks the
        language of its customer.
        """
        if self.proforma_state != "none":
            return self._get_proforma_lang()
        return super()._get_lang()

    def _filter_can_send_abandoned_cart_mail(self):
        """Override of `website_sale`: nobody abandons a pro forma in the shop, or what
        he handed in to get one.
        """
        orders = super()._filter_can_send_abandoned_cart_mail()
        return orders.filtered(lambda order: not order._was_proforma_cart())

    def set_delivery_line(self, carrier, amount):
        """Override of `delivery` to compare with the version once the line is back."""
        order = self.with_context(**{CHECK_LATER: True})
        res = super(SaleOrder, order).set_delivery_line(carrier, amount)
        if not self.env.context.get(CHECK_LATER):
            self._proforma_revise_if_changed()
        return res

    # === BUSINESS METHODS - FROM CART TO PRO FORMA === #

    def _proforma_take_cart(self, reference=None, message=None):
        """Turn the cart into an issued pro forma and send it to the customer, or hand
        it in if a salesperson has to look at it first.

        A second click at the same time waits, then finds what the first one did.

        Note: `self.ensure_one()`, in sudo mode.

        :param str reference: The customer's own, see `_prepare_proforma_words`.
        :param str message: His words, plain text, may be empty.
        :raise CheckoutNeededError: If the checkout has to be gone through first.
        :raise UserError: If something else is missing. The cart stays as it was.
        """
        self._proforma_lock()
        if self.proforma_state != "none" or self._is_proforma_under_review():
            return
        with self.env.cr.savepoint():
            self._check_proforma_cart_is_free()
            if reference:
                self.client_order_ref = reference
            self._proforma_refresh_cart()
            self._check_proforma_shop_rules()
            if self._is_proforma_review_needed():
                self._proforma_hand_in(message)
            else:
                self._proforma_issue_cart(message)
        if self.proforma_state == "issued":
            self._proforma_send_mail()
        else:
            self._proforma_mail_request()

    def _proforma_issue_cart(self, message=None):
        """Issue the cart; what the customer has to choose himself is not guessed.

        :param str message: His words, plain text, may be empty.
        :raise CheckoutNeededError: If the checkout has to be gone through first.
        :raise UserError: If something else is missing.
        """
        self._check_proforma_checkout()
        self._proforma_translate_lines()
        self._proforma_assign_salesperson()
        self._check_proforma_shop_settings()
        if message:  # Before the issue: it is no question about the document.
            self._proforma_post_customer_message(message)
        self.action_proforma_issue()

    def _check_proforma_cart_is_free(self):
        """Check that the cart has not been ordered or paid in another window.

        :raise UserError: If it has.
        """
        self.ensure_one()
        tx_state = self.get_portal_last_transaction().state
        if self.state != "draft" or tx_state in ("pending", "authorized", "done"):
            raise UserError(
                self.env._("This cart has been ordered or is being paid already.")
            )

    def _proforma_refresh_cart(self):
        """Count from today what was counted from the day the cart was begun.

        Prices and taxes become what the payment step of the checkout would show.
        """
        self.write(self._prepare_proforma_cart_vals())
        self._compute_validity_date()
        self._recompute_cart()

    def _prepare_proforma_cart_vals(self):
        """Return what a pro forma has otherwise than a cart.

        :rtype: dict
        """
        self.ensure_one()
        partner = self.partner_id.with_company(self.company_id)
        return {
            "date_order": fields.Datetime.now(),
            # Of those who have none, the shop demands "immediate payment": true of a
            # checkout, but not of a document with deposits.
            "payment_term_id": partner.property_payment_term_id.id,
        }

    def _check_proforma_checkout(self):
        """Choose what the checkout would choose by itself, and check that it is enough.

        :raise CheckoutNeededError: If the customer has to choose himself.
        """
        try:
            if self._proforma_choose_delivery():
                self._check_cart_is_ready_to_be_paid()
            else:
                self._check_proforma_cart_without_delivery()
        except UserError as error:
            raise CheckoutNeededError(str(error)) from error

    def _check_proforma_cart_without_delivery(self):
        """Check all that core checks, but for the delivery method.

        :raise UserError: If something is not as it has to be, such as the stock.
        """
        self.only_services = True  # In memory only: of services core asks for none.
        try:
            self._check_cart_is_ready_to_be_paid()
        finally:
            self.invalidate_recordset(["only_services"])

    def _check_proforma_shop_settings(self):
        """Check that nothing is missing that only the shop itself can mend.

        :raise UserError: In words for a visitor; the reason is in the log.
        """
        codes = {
            issue["code"]
            for issue in self._get_proforma_readiness_issues()
            if issue["severity"] == "blocking"
        }
        if unmended := codes - VISITORS_ISSUES:
            _logger.info("Cart %s is no pro forma: %s", self.id, sorted(unmended))
            raise UserError(
                self.env._(
                    "We have to look at this cart ourselves before we can make its pro"
                    " forma. Please contact us; your cart stays as it is."
                )
            )

    def _proforma_choose_delivery(self):
        """Set the preferred delivery method and its cost.

        :return: Whether the delivery is settled; if not, its cost is to be agreed.
        :rtype: bool
        :raise UserError: If there is none for this cart and the website wants one, or
            it has no price for it.
        """
        self.ensure_one()
        if not self._has_deliverable_products():
            return True
        methods = self._get_delivery_methods()
        method = self._get_preferred_delivery_method(methods) if methods else methods
        is_agreed = self.website_id._get_proforma_rule("proforma_delivery_agreed")
        if not method and is_agreed:
            self._remove_delivery_line()
            self.carrier_id = False
            return False
        if not method:
            raise UserError(
                self.env._(
                    "We have no delivery method for these products and this address, so"
                    " the pro forma would lack its delivery cost. Change the delivery"
                    " address or contact us."
                )
            )
        rate = method.rate_shipment(self)
        if not rate.get("success"):
            raise UserError(
                self.env._(
                    "The delivery cost of the pro forma could not be calculated."
                    " Choose another delivery method. (%(method)s: %(reason)s)",
                    method=method.name,
                    reason=rate.get("error_message") or "-",
                )
            )
        if self.carrier_id != method or self.currency_id.compare_amounts(
            self.amount_delivery, rate["price"]
        ):
            self._set_delivery_method(method, rate=rate)
        return True

    def _proforma_translate_lines(self):
        """Put the lines into the customer's language.

        A visitor adds products in the language that he browses in. What a salesperson
        wrote is no product's text in any language, and stays.
        """
        lang = self._get_proforma_lang()
        codes = {*self.website_id.language_ids.mapped("code"), lang}
        for line in self.order_line.filtered("product_id") if len(codes) > 1 else ():
            names = {
                code: line.with_context(
                    lang=code
                )._get_sale_order_line_multiline_description_sale()
                for code in codes
            }
            if line.name != names[lang] and line.name in names.values():
                line.name = names[lang]

    def _proforma_assign_salesperson(self):
        """Assign the salesperson: a cart has none, a pro forma has one."""
        # As core does on confirmation: the notice comes from OdooBot, not the visitor.
        order = self.with_user(SUPERUSER_ID) if self.env.su else self
        order.with_context(force_user_recomputation=True)._compute_user_id()

    @api.model
    def _get_order_of_cart_form(self, order_id, access_token):
        """Return the order of the form that a visitor sent, if the token is its own.

        :param int order_id: Id of the order that is or was the cart.
        :param access_token: Its token, or anything else that a browser may send.
        :return: The order in sudo mode, empty if there is none.
        :rtype: sale.order
        """
        order_sudo = self.sudo().browse(order_id or []).exists()
        given = access_token if isinstance(access_token, str) else ""
        if (
            order_sudo.access_token
            and given.isascii()  # Others cannot be compared, and are no token.
            and consteq(order_sudo.access_token, given)
        ):
            return order_sudo
        return order_sudo.browse()
