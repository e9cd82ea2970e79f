from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..const import DEPOSIT_NATURES, DEPOSIT_STATES, DEPOSIT_TRIGGERS


class ProformaDeposit(models.Model):
    _name = "proforma.deposit"
    _description = "Pro Forma Deposit"
    _order = "order_id, sequence, id"
    _check_company_auto = True

    # === FIELDS === #

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(
        related="order_id.currency_id", store=True, precompute=True
    )
    partner_id = fields.Many2one(related="order_id.partner_id")
    sequence = fields.Integer(default=10, readonly=True)
    name = fields.Char(string="Label", required=True, readonly=True)
    percent = fields.Float(string="Share (%)", digits=(5, 2), readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    trigger = fields.Selection(
        DEPOSIT_TRIGGERS, string="When", required=True, readonly=True
    )
    due_date = fields.Date(readonly=True)
    nature = fields.Selection(DEPOSIT_NATURES, required=True, readonly=True)
    needed_to_confirm = fields.Boolean(readonly=True)
    state = fields.Selection(
        DEPOSIT_STATES, required=True, default="planned", readonly=True, index=True
    )

    # Payment and invoice
    reference = fields.Char(
        readonly=True, help="The reference to quote with a bank transfer."
    )
    transaction_ids = fields.One2many(
        "payment.transaction",
        "proforma_deposit_id",
        string="Online Payments",
        readonly=True,
        groups="account.group_account_invoice",
    )
    invoice_id = fields.Many2one(
        "account.move",
        string="Deposit Invoice",
        readonly=True,
        copy=False,
        check_company=True,
        index="btree_not_null",
    )

    _invoice_uniq = models.UniqueIndex(
        "(invoice_id) WHERE invoice_id IS NOT NULL",
        "A deposit invoice belongs to one deposit only.",
    )

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_only_planned(self):
        if self.filtered(lambda deposit: deposit.state != "planned"):
            raise UserError(
                self.env._("A deposit that is due or paid cannot be deleted.")
            )

    # === BUSINESS METHODS - STATE === #

    def _set_due(self, today):
        """Ask for the deposits: they are due today.

        :param date today: The company's day.
        """
        planned = self.filtered(lambda deposit: deposit.state == "planned")
        planned.write({"state": "due", "due_date": today})
        return planned

    def _set_paid(self):
        """Note that the deposits are paid. A paid deposit stays as it is.

        :return: The deposits that became paid now.
        :rtype: recordset of `proforma.deposit`
        """
        unpaid = self.filtered(lambda deposit: deposit.state in ("planned", "due"))
        unpaid.write({"state": "paid"})
        for deposit in unpaid:
            deposit.order_id._proforma_log_event("deposit_paid", note=deposit.name)
        return unpaid

    def _set_cancelled(self):
        """Cancel the deposits that nobody paid."""
        self.filtered(lambda deposit: deposit.state in ("planned", "due")).write(
            {"state": "cancelled"}
        )

    def _set_unpaid(self):
        """Ask again for paid deposits whose invoice was cancelled or deleted."""
        self.filtered(lambda deposit: deposit.state == "paid").write({"state": "due"})

    def _is_payment_secured(self):
        """Return whether the deposit is paid, or a payment of just its amount is done
        or authorized and only has to be processed.

        Note: `self.ensure_one()`, in sudo mode.
        """
        self.ensure_one()
        return self.state == "paid" or bool(self._get_securing_transactions())

    def _get_securing_transactions(self):
        """Return the confirmed payments of just the amount of their deposit.

        :return: In sudo mode: a salesperson may not read transactions.
        :rtype: payment.transaction
        """
        return self.sudo().transaction_ids.filtered(
            lambda tx: (
                tx.state in ("authorized", "done")
                and tx.currency_id == tx.proforma_deposit_id.currency_id
                and not tx.currency_id.compare_amounts(
                    tx.amount, tx.proforma_deposit_id.amount
                )
            )
        )

    def _get_secured_on(self):
        """Return when the first payment that secures what confirms the order came.

        :return: UTC, naive, or None.
        :rtype: datetime|None
        """
        needed = self.filtered("needed_to_confirm")
        return min(
            needed._get_securing_transactions().mapped("last_state_change"),
            default=None,
        )

    # === BUSINESS METHODS - INVOICE === #

    def _create_deposit_invoice(self, today, transaction=None):
        """Create and post the deposit invoice, once, due today.

        A cancelled one counts as none.

        Note: `self.ensure_one()`; the order must be confirmed.

        :param date today: The company's day.
        :param payment.transaction transaction: What pays it; core would link and match
            every payment of the order that is done, also one for something else. Where
            none is given, that is wanted: a late payment finds its invoice.
        :return: The posted invoice, new or existing.
        :rtype: account.move
        """
        self.ensure_one()
        if self.invoice_id and self.invoice_id.state != "cancel":
            return self.invoice_id
        order = self.order_id.with_company(self.company_id)
        wizard = order.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": order.ids,
                "advance_payment_method": "fixed",
                "fixed_amount": self.amount,
            }
        )
        invoice = wizard._create_invoices(order)
        invoice.write(self._prepare_deposit_invoice_vals(invoice, today))
        if transaction:
            invoice.transaction_ids = transaction
        invoice.action_post()
        invoice._portal_ensure_token()
        self.invoice_id = invoice
        return invoice

    def _settle(self, transaction):
        """Invoice the deposit and note that it is paid; a second time changes nothing.

        Note: `self.ensure_one()`, in sudo mode.

        :param payment.transaction transaction: The payment, done.
        """
        self.ensure_one()
        today = self.company_id._get_proforma_today()
        invoice = self._create_deposit_invoice(today, transaction)
        transaction.invoice_ids = [fields.Command.link(invoice.id)]
        self._set_paid()

    def _prepare_deposit_invoice_vals(self, invoice, today):
        """Return the values that make a down payment invoice this deposit's invoice.

        :param account.move invoice: The draft down payment invoice that core made.
        :param date today: The company's day.
        :rtype: dict
        """
        self.ensure_one()
        order = self.order_id
        label = self.with_context(lang=order._get_proforma_lang())._get_invoice_label()
        return {
            "ref": order.proforma_version_id.name,
            "invoice_date": today,
            # A deposit is due at once, whatever the terms of the final invoice.
            "invoice_payment_term_id": False,
            "invoice_date_due": today,
            "invoice_line_ids": [
                fields.Command.update(line.id, {"name": label})
                for line in invoice.invoice_line_ids
                if line.display_type == "product"
            ],
        }

    def _get_invoice_label(self):
        """Return the wording of the invoice line, in the environment's language."""
        self.ensure_one()
        return self.env._(
            "Deposit of %(percent)s %% on pro forma %(proforma)s (%(label)s)",
            percent=formatLang(self.env, self.percent, digits=2)
            .rstrip("0")
            .rstrip(",."),
            proforma=self.order_id.proforma_version_id.name,
            label=self.name,
        )
