from odoo import api, fields, models
from odoo.tools import consteq


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === COMPUTE METHODS === #

    @api.depends("website_id")
    def _compute_proforma_deposit_plan_id(self):
        """Override of `proforma_ecom`: the website has a say in it."""
        return super()._compute_proforma_deposit_plan_id()

    def _get_proforma_setting_sources(self):
        """Override of `proforma_ecom`: the website stands before its company."""
        *sources, company = super()._get_proforma_setting_sources()
        return [*sources, self.sudo().website_id, company]

    # === BUSINESS METHODS === #

    def _proforma_issue_from_cart(self):
        """Turn the cart into an issued pro forma and send it to the customer.

        A second click at the same time waits, then finds the pro forma issued.

        Note: `self.ensure_one()`, in sudo mode.

        :raise UserError: If something is missing; the cart stays as it was.
        """
        self._proforma_lock()
        if self.proforma_state != "none":
            return
        with self.env.cr.savepoint():
            self._proforma_choose_delivery()
            self._check_cart_is_ready_to_be_paid()
            self.write(self._prepare_proforma_cart_vals())
            # No one is in charge of a cart; someone is of a pro forma.
            self.with_context(force_user_recomputation=True)._compute_user_id()
            self.action_proforma_issue()
        self._proforma_send_mail()

    def _prepare_proforma_cart_vals(self):
        """Return what is counted from today and not from the day the cart was begun.

        :rtype: dict
        """
        self.ensure_one()
        days = self.company_id.quotation_validity_days or 30
        today = self.company_id._get_proforma_today()
        return {
            "date_order": fields.Datetime.now(),
            "validity_date": fields.Date.add(today, days=days),
        }

    def _proforma_choose_delivery(self):
        """Set the preferred delivery method and its cost, as the checkout would."""
        self.ensure_one()
        if not self._has_deliverable_products():
            return
        methods = self._get_delivery_methods()
        method = self._get_preferred_delivery_method(methods)
        if not method:
            return
        rate = method.rate_shipment(self)
        if (
            not self.carrier_id
            or not rate.get("success")
            or self.amount_delivery != rate["price"]
        ):
            self._set_delivery_method(method, rate=rate)

    @api.model
    def _get_proforma_of_cart(self, order_id, access_token):
        """Return the pro forma that a cart has become, if the token is its own.

        :param int order_id: Id of the order that was the cart.
        :param str access_token: Its token, from the form that was sent twice.
        :return: The order in sudo mode, empty if there is none.
        :rtype: sale.order
        """
        order_sudo = self.sudo().browse(order_id or []).exists()
        is_known = (
            order_sudo.proforma_number
            and order_sudo.access_token
            and consteq(order_sudo.access_token, access_token or "")
        )
        return order_sudo if is_known else order_sudo.browse()
