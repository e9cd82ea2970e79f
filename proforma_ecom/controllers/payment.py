from odoo import http
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.http import request

from odoo.addons.account_payment.controllers.payment import (
    PaymentPortal as InvoicePaymentPortal,
)
from odoo.addons.sale.controllers.portal import PaymentPortal

from .portal import ProformaPortal


class ProformaPaymentPortal(ProformaPortal, PaymentPortal):
    """The customer pays a deposit: what confirms the order, then any that is open."""

    _page_url = ProformaPortal._page_url

    def _get_chosen_deposit(self, order_sudo, deposit_id):
        """Return the deposit that the customer wants to pay.

        :param str deposit_id: What the link says; None stands for what comes next.
        :return: Empty for what is no deposit of this order.
        :rtype: proforma.deposit
        """
        if deposit_id is None:
            return order_sudo._get_proforma_next_deposit()
        return order_sudo._get_proforma_seen_deposit(self._cast_as_int(deposit_id))

    @http.route(f"{_page_url}/pay", type="http", auth="public", website=True)
    def portal_proforma_pay(
        self, order_id, access_token=None, deposit_id=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        deposit = self._get_chosen_deposit(order_sudo, deposit_id)
        is_accepted = order_sudo.proforma_state == "accepted"
        if not is_accepted and not order_sudo.signature:
            return request.redirect(self._get_proforma_url(order_sudo, "/sign"))
        if message := order_sudo._get_proforma_payment_error_message(deposit):
            request.session[f"proforma_error_{order_id}"] = message
            return request.redirect(self._get_proforma_url(order_sudo))
        return self._render_page(
            "proforma_ecom.portal_proforma_pay",
            {
                **self._prepare_proforma_page_values(
                    order_sudo, access_token, deposit_id=str(deposit.id), **kwargs
                ),
                **self._prepare_proforma_payment_values(order_sudo, deposit),
            },
        )

    def _prepare_proforma_payment_values(self, order_sudo, deposit):
        """Return what core's payment form needs to pay a deposit.

        :param proforma.deposit deposit: One of the order that may be paid now.
        :rtype: dict
        """
        chosen = f"&deposit_id={deposit.id}"
        version = f"&version_id={order_sudo.proforma_version_id.id}"
        is_accepted = order_sudo.proforma_state == "accepted"
        message = "&message=paid" if is_accepted else "&message=accepted"
        return {
            **self._get_payment_values(
                order_sudo,
                # Of a down payment of the whole order core takes another amount.
                is_down_payment=deposit.amount < order_sudo.amount_total,
                payment_amount=deposit.amount,
            ),
            "deposit": deposit,
            "transaction_route": self._get_proforma_url(
                order_sudo, "/transaction", chosen + version
            ),
            "landing_route": self._get_proforma_url(
                order_sudo, query_string=message + chosen
            ),
        }

    @http.route(f"{_page_url}/transaction", type="jsonrpc", auth="public")
    def portal_proforma_transaction(self, order_id, access_token=None, **kwargs):
        """Create the payment of a deposit.

        :raise ValidationError: If it may not be paid now, or not with this amount.
        """
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            raise ValidationError(request.env._("This link is not valid."))
        query = request.httprequest.args
        deposit = order_sudo._proforma_check_payment(
            kwargs.get("amount"),
            order_sudo._get_proforma_seen_version(
                self._cast_as_int(query.get("version_id"))
            ),
            self._get_chosen_deposit(order_sudo, query.get("deposit_id")),
        )
        self._validate_transaction_kwargs(kwargs)
        is_public = request.env.user._is_public()
        partner = (
            order_sudo.partner_invoice_id if is_public else request.env.user.partner_id
        )
        kwargs.update(
            {
                "amount": deposit.amount,
                "partner_id": partner.id,
                "currency_id": order_sudo.currency_id.id,
                "sale_order_id": order_id,
            }
        )
        tx_sudo = self._create_transaction(
            custom_create_values={
                "sale_order_ids": [Command.set([order_id])],
                "proforma_deposit_id": deposit.id,
                "proforma_version_id": order_sudo.proforma_version_id.id,
            },
            **kwargs,
        )
        order_sudo._proforma_log_event("payment_started", note=deposit.name)
        return tx_sudo._get_processing_values()

    @http.route()
    def portal_order_transaction(self, order_id, access_token=None, **kwargs):
        """Override of `sale`: core takes any amount, whatever the state or deadline, of
        an order that is accepted too; and it fails where there is no token.
        """
        order_sudo = request.env["sale.order"].sudo().browse(order_id).exists()
        if order_sudo.proforma_state not in (False, "none"):
            return self.portal_proforma_transaction(order_id, access_token, **kwargs)
        return super().portal_order_transaction(order_id, access_token, **kwargs)


class ProformaInvoicePaymentPortal(InvoicePaymentPortal):
    """The customer pays a deposit on core's page of its invoice."""

    def _process_transaction(self, partner_id, currency_id, invoice_ids, *args, **kw):
        """Override of `account_payment`: a deposit is not paid on two pages at once.

        :raise ValidationError: If it is being paid on the page of its pro forma.
        """
        invoices = request.env["account.move"].browse(invoice_ids)
        invoices._check_proforma_not_paid_elsewhere()
        return super()._process_transaction(
            partner_id, currency_id, invoice_ids, *args, **kw
        )
