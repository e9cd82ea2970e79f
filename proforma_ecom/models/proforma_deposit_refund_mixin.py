from odoo import fields, models


class ProformaDepositRefundMixin(models.AbstractModel):
    """Giving a paid deposit back, keeping earnest money, paying it back double."""

    _name = "proforma.deposit.refund.mixin"
    _description = "Pro Forma Deposit Refund"

    # === FIELDS === #

    refund_payment_id = fields.Many2one(
        "account.payment",
        string="Refund",
        readonly=True,
        copy=False,
        check_company=True,
        index="btree_not_null",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="The payment that gives earnest money back.",
    )
    indemnity_move_id = fields.Many2one(
        "account.move",
        string="Indemnity",
        readonly=True,
        copy=False,
        check_company=True,
        index="btree_not_null",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="The journal entry of the earnest money that is kept, or of what is paid"
        " on top of it.",
    )

    # === BUSINESS METHODS - GUARDS === #

    def _refund_error_message(self, kind):
        """Return why the deposit cannot be given back or kept, or False.

        Note: `self.ensure_one()`

        :param str kind: A key of `DEPOSIT_SETTLEMENTS`.
        :rtype: str|bool
        """
        self.ensure_one()
        if self.state in ("refunded", "forfeited"):
            return self.env._(
                "“%(name)s” was given back or kept already.", name=self.name
            )
        if self.state != "paid":
            return self.env._(
                "“%(name)s” is not paid: there is nothing to give back.", name=self.name
            )
        if not self._is_receipt_only():
            return self._credit_error_message(kind)
        if kind != "refund" and self.order_id.sudo().proforma_state != "cancelled":
            return self.env._(
                "Earnest money is kept, or paid back double, when one side withdraws."
                " Cancel the order %(order)s first.",
                order=self.order_id.sudo().name,
            )
        if invoices := self._get_earnest_money_users():
            return self._deducted_error_message(invoices)
        return False

    def _credit_error_message(self, kind):
        """Return why no credit note can be made over the deposit invoice, or False."""
        invoice = self.sudo().invoice_id
        if kind != "refund":
            return self.env._(
                "“%(name)s” is no earnest money: it can only be refunded.",
                name=self.name,
            )
        if not invoice or invoice.state != "posted":
            return self.env._(
                "“%(name)s” has no deposit invoice of its own. Refund the invoice that"
                " it was paid with instead.",
                name=self.name,
            )
        credits = invoice.reversal_move_ids.filtered(lambda m: m.state != "cancel")
        if credits:
            return self.env._(
                "%(invoice)s is credited already, in part or by a draft. Complete this"
                " credit note instead: %(credits)s",
                invoice=invoice.name,
                credits=", ".join(credits.mapped("display_name")),
            )
        if invoices := self._get_deducting_invoices():
            return self._deducted_error_message(invoices)
        return False

    def _deducted_error_message(self, invoices):
        """Return that invoices use the deposit, as a sentence."""
        return self.env._(
            "“%(name)s” is deducted on another invoice. Refund this one instead, or"
            " delete its draft: %(invoices)s",
            name=self.name,
            invoices=", ".join(invoices.mapped("display_name")),
        )

    def _get_deducting_invoices(self):
        """Return the invoices, drafts included, that deduct the deposit invoice, unless
        a credit note gives back what they deducted.

        :return: In sudo mode.
        :rtype: account.move
        """
        self.ensure_one()
        invoice = self.sudo().invoice_id
        order_lines = invoice.line_ids.sale_line_ids.filtered("is_downpayment")
        lines = order_lines.invoice_lines.filtered(
            lambda line: line.move_id != invoice and line.parent_state != "cancel"
        )
        deducted = sum(line.move_id.direction_sign * line.price_total for line in lines)
        is_deducted = invoice.currency_id.compare_amounts(deducted, 0) > 0
        return lines.move_id if is_deducted else lines.move_id.browse()

    def _get_earnest_money_users(self):
        """Return the journal entries that the earnest money is matched with.

        :return: In sudo mode.
        :rtype: account.move
        """
        money = self._get_money()
        return money.matched_debit_ids.debit_move_id.move_id

    # === BUSINESS METHODS - REFUND === #

    def _give_back(self, date, reason):
        """Give the deposit back: by a credit note over its invoice, which stays open
        until it is paid back; earnest money, which has no invoice, by a draft payment.

        Note: `self.ensure_one()`; see `_refund_error_message`.

        :param date date: Of the document.
        :param str reason: Why, for the customer.
        :return: The credit note, posted, or the payment, draft.
        :rtype: account.move|account.payment
        """
        self.ensure_one()
        if self._is_receipt_only():
            payment = self._create_refund_payment(self.amount, date, reason)
            self._set_refunded()
            return payment
        return self._create_credit_note(date, reason)

    def _create_credit_note(self, date, reason):
        """Create, post and send a credit note over the deposit invoice; the deposit is
        refunded by its posting.

        :rtype: account.move
        """
        self.ensure_one()
        # Core takes the user's day for today; late at night it is not the company's.
        invoice = self.invoice_id.with_company(self.company_id).with_context(
            tz=self.company_id._get_proforma_tz()
        )
        wizard = (
            invoice.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(
                {
                    "date": date,
                    "reason": self._get_refund_memo(reason),
                    "journal_id": invoice.journal_id.id,
                }
            )
        )
        wizard.refund_moves()
        credit = wizard.new_move_ids
        credit.action_post()
        # Where payments have no entry of their own, core matches the credit note with
        # the paid invoice, and nothing would be left to pay back.
        credit.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).remove_move_reconcile()
        credit._queue_proforma_sending()
        return credit

    def _create_refund_payment(self, amount, date, reason):
        """Prepare the payment that gives earnest money back: a draft.

        :param float amount: In the currency of the deposit.
        :rtype: account.payment
        """
        self.ensure_one()
        payment = (
            self.env["account.payment"]
            .with_company(self.company_id)
            .create(self._prepare_refund_payment_vals(amount, date, reason))
        )
        self.sudo().refund_payment_id = payment
        return payment

    def _prepare_refund_payment_vals(self, amount, date, reason):
        """Return the values of the payment that gives earnest money back.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "payment_type": "outbound",
            "partner_type": "customer",
            "partner_id": self._get_money_partner().id,
            "destination_account_id": self._get_money_account().id,
            "amount": amount,
            "currency_id": self.currency_id.id,
            "company_id": self.company_id.id,
            "date": date,
            "memo": self._get_refund_memo(reason),
        }

    # === BUSINESS METHODS - INDEMNITY === #

    def _keep(self, date, reason, account):
        """Keep the earnest money of a customer who withdrew.

        Note: `self.ensure_one()`; see `_refund_error_message`.

        :param account.account account: Of the income.
        :return: The journal entry that turns his credit into income, a draft.
        :rtype: account.move
        """
        self.ensure_one()
        entry = self._create_indemnity(self.amount, date, reason, account)
        self._set_forfeited()
        return entry

    def _give_back_double(self, date, reason, account):
        """Give earnest money back double: the seller withdrew.

        Note: `self.ensure_one()`; see `_refund_error_message`.

        :param account.account account: Of the expense.
        :return: The payment of both, a draft; the journal entry of the indemnity is
            another one.
        :rtype: account.payment
        """
        self.ensure_one()
        self._create_indemnity(-self.amount, date, reason, account)
        payment = self._create_refund_payment(2 * self.amount, date, reason)
        self._set_refunded()
        return payment

    def _create_indemnity(self, amount, date, reason, account):
        """Prepare the journal entry of an indemnity: a draft, without taxes.

        :param float amount: What the customer owes; negative if he gets it.
        :rtype: account.move
        """
        self.ensure_one()
        vals = self._prepare_indemnity_vals(amount, date, reason, account)
        entry = self.env["account.move"].with_company(self.company_id).create(vals)
        self.sudo().indemnity_move_id = entry
        return entry

    def _prepare_indemnity_vals(self, amount, date, reason, account):
        """Return the values of the journal entry of an indemnity.

        It is outside of VAT: nothing is supplied for it. Source: Court of Justice of
        the European Union, 18 July 2007, C-277/05.

        :param float amount: See `_create_indemnity`.
        :rtype: dict
        """
        self.ensure_one()
        memo = self._get_refund_memo(reason)
        balance = self.currency_id._convert(
            amount, self.company_id.currency_id, self.company_id, date
        )
        sides = ((self._get_money_account(), 1), (account, -1))
        return {
            "move_type": "entry",
            "date": date,
            "ref": memo,
            "line_ids": [
                fields.Command.create(
                    {
                        "name": memo,
                        "account_id": side.id,
                        "partner_id": self._get_money_partner().id,
                        "currency_id": self.currency_id.id,
                        "amount_currency": sign * amount,
                        "balance": sign * balance,
                        "tax_ids": [fields.Command.clear()],
                    }
                )
                for side, sign in sides
            ],
        }

    def _get_indemnity_account(self, kind):
        """Return the account that is proposed for an indemnity. Extension point.

        :param str kind: A key of `DEPOSIT_SETTLEMENTS`.
        :rtype: account.account
        """
        self.ensure_one()
        accounts = self.env["account.account"].with_company(self.company_id)
        side = {"keep": "income", "double": "expense"}.get(kind)
        domain = accounts._check_company_domain(self.company_id)
        return (
            accounts.search([*domain, ("account_type", "=", f"{side}_other")], limit=1)
            or accounts.search([*domain, ("account_type", "=", side)], limit=1)
            if side
            else accounts
        )

    def _match_earnest_money(self):
        """Match the earnest money with what gives it back or keeps it, as far as both
        are posted.
        """
        for deposit in self.sudo():
            moves = deposit.refund_payment_id.move_id | deposit.indemnity_move_id
            lines = deposit._get_money() | moves.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            )
            open_lines = lines.filtered(
                lambda line: line.parent_state == "posted" and not line.reconciled
            )
            for group in open_lines.grouped("account_id").values():
                if len(set(group.mapped(lambda line: line.balance > 0))) == 2:
                    group.reconcile()

    # === HELPERS === #

    def _get_refund_memo(self, reason):
        """Return the reason with the deposit that it is about.

        :param str reason: What the user entered.
        :rtype: str
        """
        self.ensure_one()
        order = self.order_id.sudo()
        env = self.with_context(lang=order._get_proforma_lang()).env
        return env._(
            "%(reason)s (pro forma %(proforma)s / %(position)s)",
            reason=reason,
            proforma=order.proforma_version_id.name,
            position=self.sequence,
        )

    def _get_money_partner(self):
        """Return whose credit the deposit is in the accounting."""
        order = self.order_id.sudo()
        return self._get_money().partner_id[:1] or (
            order.partner_invoice_id.commercial_partner_id
        )

    def _get_money_account(self):
        """Return the receivable account that holds the deposit."""
        partner = self._get_money_partner().with_company(self.company_id)
        return (
            self._get_money().account_id[:1] or partner.property_account_receivable_id
        )
