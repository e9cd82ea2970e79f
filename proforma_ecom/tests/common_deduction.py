from odoo.fields import Command

from .common import ProformaPaymentCommon


class ProformaDeductionCommon(ProformaPaymentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "delivery"
        cls.today = cls.env.company._get_proforma_today()

    def _create_accepted(self, percents=(30, 70), paid=1, mode="first", **values):
        """Return an accepted order of 1,200.00 whose first deposits are invoiced."""
        plan = self.env["proforma.deposit.plan"].create(
            {
                "name": "Plan",
                "deduction": mode,
                "line_ids": [
                    Command.create({"name": str(percent), "percent": percent})
                    for percent in percents
                ],
            }
        )
        order = self._create_proforma(proforma_deposit_plan_id=plan.id, **values)
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()
        for deposit in order.sudo().proforma_deposit_ids[:paid]:
            deposit._create_deposit_invoice(self.today)
        return order

    def _deliver(self, order, *quantities):
        """Deliver as much of each line, in all, and invoice it."""
        lines = order.order_line.filtered("product_id")
        for line, quantity in zip(lines, quantities, strict=True):
            line.qty_delivered = quantity
        invoice = order._create_invoices(final=True)
        invoice.action_post()
        return invoice

    def _sum(self, order, fname):
        """Return what the invoices of an order amount to, less its credit notes."""
        amounts = [-move.direction_sign * move[fname] for move in order.invoice_ids]
        return order.currency_id.round(sum(amounts))

    def _credit(self, invoice):
        self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": invoice.journal_id.id}).refund_moves()
        refund = invoice.reversal_move_ids[-1]
        refund.action_post()
        return refund

    def _get_deducted(self, invoice):
        return -sum(
            invoice.invoice_line_ids.filtered("is_downpayment").mapped("price_total")
        )
