from stdnum import iso11649

from odoo import api, models

# Amounts that an EPC QR code may hold (EPC069-12), and the row that holds it.
EPC_MIN, EPC_MAX = 0.01, 999999999.99
EPC_AMOUNT_ROW = 7


class ProformaSnapshotPaymentMixin(models.AbstractModel):
    """How the document is paid and delivered."""

    _name = "proforma.snapshot.payment.mixin"
    _description = "Pro Forma Snapshot Payment"

    # === BUSINESS METHODS === #

    @api.model
    def _prepare_payment(self, order, reference):
        """Return the accepted means of payment and the code of the transfer.

        :param str reference: What the customer quotes.
        :rtype: dict
        """
        reference = self._get_first_reference(order) or reference
        return {
            "reference": reference,
            "methods": self._get_payment_methods(order),
            "qr": self._get_transfer_code(order, reference),
        }

    @api.model
    def _get_payment_methods(self, order):
        """Return the names of what the customer may pay with.

        :rtype: list[str]
        """
        if not self._get_layout(order).show_methods:
            return []
        providers = order.env["payment.provider"].sudo()
        providers = providers._get_compatible_providers(
            order.company_id.id,
            order.partner_id.id,
            self._get_first_amount(order),
            currency_id=order.currency_id.id,
            **self._prepare_provider_filters(order),
        ).filtered("is_published")
        methods = (
            order.env["payment.method"]
            .sudo()
            ._get_compatible_payment_methods(
                providers.ids, order.partner_id.id, currency_id=order.currency_id.id
            )
        )
        return list(dict.fromkeys(methods.mapped("name")))

    @api.model
    def _prepare_provider_filters(self, order):
        """Return what else decides which providers are offered. Extension point.

        :return: Keyword arguments of `payment.provider._get_compatible_providers`.
        :rtype: dict
        """
        return {"sale_order_id": order.id}

    @api.model
    def _get_first_amount(self, order):
        """Return what is paid first: what confirms the order, else the first
        instalment, else all of it; 0 if every instalment is paid.

        :rtype: float
        """
        deposits = order.proforma_deposit_ids
        if not deposits:
            return order.amount_total
        unpaid = deposits._get_open()
        needed = unpaid.filtered("needed_to_confirm")
        return sum((needed or unpaid[:1]).mapped("amount"))

    @api.model
    def _get_first_reference(self, order):
        """Return the reference of the transfer of what is paid first, in groups of
        four; "" if it is not the amount of one deposit.

        :rtype: str
        """
        unpaid = order.proforma_deposit_ids._get_open()
        first = unpaid.filtered("needed_to_confirm") or unpaid[:1]
        return first._get_printed_reference() if len(first) == 1 else ""

    @api.model
    def _get_transfer_code(self, order, reference, amount=None):
        """Return the text of the EPC QR code of a payment, "" if there is none.

        Source: EPC069-12, Quick Response Code: Guidelines to enable data capture for
        the initiation of a SEPA credit transfer.

        :param str reference: What the customer quotes.
        :param float amount: What he pays; by default what is paid first.
        :rtype: str
        """
        if amount is None:
            amount = self._get_first_amount(order)
        if not EPC_MIN <= amount <= EPC_MAX:
            return ""
        # A structured reference has a row of its own; a text may not stand beside it.
        is_structured = iso11649.is_valid(reference)
        communication = (
            ("", iso11649.compact(reference)) if is_structured else (reference, "")
        )
        arguments = (amount, order.currency_id, order.partner_id, *communication)
        methods = {
            method[0]
            for method in self.env["res.partner.bank"]._get_available_qr_methods()
        }
        for account in order.company_id.partner_id.bank_ids:
            if "sct_qr" in methods and not (
                account._get_error_messages_for_qr(
                    "sct_qr", order.partner_id, order.currency_id
                )
                or account._check_for_qr_code_errors("sct_qr", *arguments)
            ):
                rows = account._get_qr_vals("sct_qr", *arguments)
                rows[EPC_AMOUNT_ROW] = f"{order.currency_id.name}{amount:.2f}"
                return "\n".join(rows)
        return ""

    @api.model
    def _get_delivery_cost(self, order):
        """Return what is said of the delivery cost when no line says it.

        :return: `free`, `included`, `agreed`, or "" if a line says it or nothing is
            delivered.
        :rtype: str
        """
        cost = order.proforma_delivery_cost
        return "" if cost == "line" else cost or ""
