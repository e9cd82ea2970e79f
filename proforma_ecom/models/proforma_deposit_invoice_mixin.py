import uuid

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang


class ProformaDepositInvoiceMixin(models.AbstractModel):
    """The real invoice, or the receipt, of a deposit."""

    _name = "proforma.deposit.invoice.mixin"
    _description = "Pro Forma Deposit Invoice"

    # === FIELDS === #

    invoice_id = fields.Many2one(
        "account.move",
        string="Deposit Invoice",
        readonly=True,
        copy=False,
        check_company=True,
        index="btree_not_null",
    )

    # === BUSINESS METHODS - INVOICE === #

    def _is_receipt_only(self):
        """Return whether the deposit has a receipt instead of an invoice.

        Earnest money (arrhes) is no part of the price before the contract is performed.
        Source: Code civil, article 1590; Court of Justice of the European Union,
        18 July 2007, C-277/05.
        """
        self.ensure_one()
        return self.nature == "arrhes"

    def _create_deposit_invoice(self, today, transaction=None):
        """Create and post the deposit invoice, once, due today.

        A cancelled one counts as none.

        Note: `self.ensure_one()`; the order must be confirmed.

        :param date today: The company's day.
        :param payment.transaction transaction: What pays it; core would link and match
            every payment of the order that is done, also one for something else; an
            empty recordset if it is paid otherwise. Where nothing is given, a late
            payment finds its invoice, unless it is one of another deposit.
        :return: The posted invoice, new or existing.
        :rtype: account.move
        :raise UserError: If there is not as much left to invoice.
        """
        self.ensure_one()
        if self.invoice_id and self.invoice_id.state != "cancel":
            return self.invoice_id
        if message := self._get_invoicing_error_message():
            raise UserError(message)
        order = self.order_id.with_company(self.company_id)
        wizard = order.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": order.ids,
                "advance_payment_method": "fixed",
                "fixed_amount": self.amount,
                "proforma_deposit_id": self.id,
                "proforma_invoice_date": today,
            }
        )
        invoice = wizard._create_invoices(order)
        if transaction is None:
            transaction = invoice.transaction_ids.filtered(
                lambda tx: tx.proforma_deposit_id in (self, self.browse())
            )
        if invoice.transaction_ids != transaction:
            invoice.transaction_ids = transaction
        # Before the posting: a payment that core matches with it finds its deposit.
        self.invoice_id = invoice
        invoice.action_post()
        return invoice

    def _get_invoicing_error_message(self):
        """Return why no deposit invoice can be made any more, or False: what is
        invoiced already is paid by its own invoice.

        :rtype: str|bool
        """
        self.ensure_one()
        if self.invoice_id and self.invoice_id.state != "cancel":
            return False
        order = self.order_id
        left = order.currency_id.round(
            order.amount_total - order._get_proforma_invoiced_amount()
        )
        if order.currency_id.compare_amounts(self.amount, left) <= 0:
            return False
        invoices = order._get_proforma_open_invoices()
        return self.env._(
            "The order is invoiced already. Pay its invoice instead: %(invoices)s",
            invoices=", ".join(invoices.mapped("name")),
        )

    def _prepare_deposit_invoice_vals(self, today):
        """Return the values that make a down payment invoice this deposit's invoice.

        It is made with them: each later change of an invoice is as dear as making it.

        :param date today: The company's day.
        :rtype: dict
        """
        self.ensure_one()
        return {
            "ref": f"{self.order_id.proforma_version_id.name} / {self.sequence}",
            "payment_reference": self.reference,
            "invoice_date": today,
            # A deposit is due at once, whatever the terms of the final invoice.
            "invoice_payment_term_id": False,
            "invoice_date_due": today,
            "access_token": str(uuid.uuid4()),
        }

    def _prepare_deposit_invoice_line_vals(self):
        """Return the values of a line of the deposit's invoice that are its own.

        :rtype: dict
        """
        self.ensure_one()
        lang = self.order_id._get_proforma_lang()
        return {"name": self.with_context(lang=lang)._get_invoice_label()}

    def _get_invoice_label(self):
        """Return the wording of the invoice line, in the environment's language."""
        self.ensure_one()
        values = {
            "proforma": self.order_id.proforma_version_id.name,
            "label": self.name,
        }
        if not (share := self._get_share()):
            return self.env._("Deposit on pro forma %(proforma)s (%(label)s)", **values)
        percent = formatLang(self.env, share, digits=2).rstrip("0").rstrip(",.")
        return self.env._(
            "Deposit of %(percent)s %% on pro forma %(proforma)s (%(label)s)",
            percent=percent,
            **values,
        )

    # === BUSINESS METHODS - SENDING === #

    def _queue_paper(self):
        """Have the invoices, or the receipts, sent by e-mail after the transaction."""
        for deposit in self.filtered("invoice_id"):
            deposit.invoice_id._queue_proforma_sending()
        receipts = self.filtered(lambda deposit: deposit._is_receipt_only())
        if receipts:
            receipts.write({"is_receipt_waiting": True})
            self.env.ref("proforma_ecom.ir_cron_follow_up_deposits").sudo()._trigger()
