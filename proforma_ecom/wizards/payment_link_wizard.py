from odoo import api, models


class PaymentLinkWizard(models.TransientModel):
    _inherit = "payment.link.wizard"

    # === COMPUTE METHODS === #

    @api.depends("amount", "amount_max", "res_model", "res_id")
    def _compute_warning_message(self):
        """Override of `sale`: say that the link of a pro forma asks for its next
        deposit, whatever amount is entered.
        """
        super()._compute_warning_message()
        for wizard in self:
            if order := wizard._get_proforma():
                wizard.warning_message = wizard._get_proforma_warning(order)

    # === HELPERS === #

    def _get_proforma(self):
        """Return the pro forma that the link is for, empty for anything else.

        :rtype: sale.order
        """
        self.ensure_one()
        orders = self.env["sale.order"]
        if self.res_model != "sale.order":
            return orders
        return orders.browse(self.res_id).filtered(
            lambda order: order.proforma_state != "none"
        )

    def _get_proforma_warning(self, order):
        """Return what the user has to know before he sends the link, or False.

        :param sale.order order: The pro forma.
        :rtype: str|bool
        """
        self.ensure_one()
        order_sudo = order.sudo()
        deposit = order_sudo._get_proforma_coming_deposit()
        is_accepted = order.proforma_state == "accepted"
        if not is_accepted and (m := order_sudo._proforma_acceptance_error_message()):
            return m
        if not deposit:
            return self.env._(
                "No instalment is left to pay. Send the customer an invoice instead."
            )
        # He signs before he pays: that is no reason not to send the link.
        message = order_sudo._get_proforma_payment_error_message(deposit)
        if is_accepted and message:
            return message
        if self.currency_id.compare_amounts(self.amount, deposit.amount):
            return self.env._(
                "The link asks for the instalment “%(name)s” of %(amount)s, whatever"
                " amount you enter. Change the instalments to ask for another one.",
                name=deposit.name,
                amount=order._format_proforma_amount(deposit.amount),
            )
        return False

    def _prepare_url(self, base_url, related_document):
        """Override of `sale`: the customer pays a pro forma on its own page; core's
        takes whatever amount the link says.
        """
        if not (order := self._get_proforma()):
            return super()._prepare_url(base_url, related_document)
        suffix = "/pay" if order.sudo()._get_proforma_coming_deposit() else ""
        return f"{base_url}/my/proformas/{order.id}{suffix}"

    def _prepare_query_params(self, *args):
        """Override of `sale`: the link names the deposit, never an amount."""
        if not (order := self._get_proforma()):
            return super()._prepare_query_params(*args)
        order_sudo = order.sudo()
        params = {"access_token": order_sudo._portal_ensure_token()}
        if deposit := order_sudo._get_proforma_coming_deposit():
            params["deposit_id"] = deposit.id
        return params
