from odoo import http
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.fields import Command
from odoo.http import request

from odoo.addons.sale.controllers.portal import PaymentPortal


class ProformaPaymentPortal(PaymentPortal):
    @http.route(
        "/my/proformas/<int:order_id>/transaction", type="jsonrpc", auth="public"
    )
    def portal_proforma_transaction(self, order_id, access_token=None, **kwargs):
        """Create the payment of the deposit that confirms the pro forma.

        :raise ValidationError: If it may not be paid now, or not with this amount.
        """
        try:
            order_sudo = self._document_check_access(
                "sale.order", order_id, access_token
            )
        except (AccessError, MissingError) as error:
            raise ValidationError(request.env._("This link is not valid.")) from error
        seen = order_sudo._get_proforma_seen_version(
            self._cast_as_int(request.httprequest.args.get("version_id"))
        )
        deposit = order_sudo._proforma_check_payment(kwargs.get("amount"), seen)
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
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Override of `sale`: core takes any amount, whatever the state or deadline."""
        order_sudo = request.env["sale.order"].sudo().browse(order_id).exists()
        if order_sudo.proforma_state not in (False, "none", "accepted"):
            return self.portal_proforma_transaction(order_id, access_token, **kwargs)
        return super().portal_order_transaction(order_id, access_token, **kwargs)
