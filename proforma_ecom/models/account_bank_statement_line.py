import logging
import traceback

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import clean_context, html2plaintext

from ..schedule import creditor_references_in
from ..utils import texts_in

_logger = logging.getLogger(__name__)


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    # === FIELDS === #

    # No `check_company`: a branch may be paid on the bank account of its company.
    proforma_deposit_id = fields.Many2one(
        "proforma.deposit",
        string="Pro Forma Deposit",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account`: money that names a deposit pays it."""
        lines = super().create(vals_list)
        lines._proforma_match_deposits()
        return lines

    def unlink(self):
        """Override of `account`: a deposit without its money is asked for again."""
        deposits = self.sudo().proforma_deposit_id
        res = super().unlink()
        deposits._note_lost_money()
        return res

    # === ACTION METHODS === #

    def action_undo_reconciliation(self):
        """Override of `account`: a deposit without its money is asked for again."""
        deposits = self.sudo().proforma_deposit_id
        res = super().action_undo_reconciliation()
        self.sudo().proforma_deposit_id = False
        deposits._note_lost_money()
        return res

    def action_proforma_match_deposits(self):
        """Match what is not reconciled with the deposits that it names, once more."""
        self.check_access("write")
        matched = self._proforma_match_deposits()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if matched else "info",
                "message": self.env._(
                    "%(count)s bank transactions were matched with deposits.",
                    count=len(matched),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === BUSINESS METHODS - MATCHING === #

    def _proforma_match_deposits(self):
        """Pay the deposits that the bank transactions name. What is matched already is
        left alone, so that it may run again.

        :return: The transactions that paid a deposit.
        :rtype: account.bank.statement.line
        """
        # Defaults of the user's form are not meant for invoices.
        lines = self.with_context(clean_context(self.env.context))
        lines = lines.with_user(SUPERUSER_ID)
        found = lines._get_proforma_references()
        if not found:
            return self.browse()
        deposits = lines.env["proforma.deposit"].search(
            [
                (
                    "company_id",
                    "child_of",
                    [line.company_id.root_id.id for line in found],
                ),
                ("reference", "in", [ref for refs in found.values() for ref in refs]),
            ]
        )
        unknown = {}
        for line, references in found.items():
            if named := line._get_proforma_named_deposits(deposits, references):
                line = line.with_company(line.company_id)
                line._proforma_try_match(named.with_company(named.company_id[:1]))
            else:
                unknown[line] = references
        self._proforma_report_unknown_references(unknown)
        matched = lines.browse(line.id for line in found).filtered(
            "proforma_deposit_id"
        )
        return matched.with_env(self.env)

    def _get_proforma_references(self):
        """Return the references of those that are not matched with anything yet.

        The texts are looked at first: they are in the memory after an import.

        :return: Bank transaction -> references; only transactions that have some.
        :rtype: dict
        """
        found = {}
        for line in self:
            texts = line._get_proforma_texts()
            references = [ref for text in texts for ref in creditor_references_in(text)]
            if references and not line.is_reconciled and line.state == "posted":
                found[line] = references
        return found

    def _get_proforma_named_deposits(self, deposits, references):
        """Return the deposits that the transaction names, of the companies that share
        its accounting: of its own company rather than of branches, which may number
        alike, and of what it can pay rather than of what it cannot.

        :param proforma.deposit deposits: Those with a reference of some transaction.
        :param list references: Of this transaction.
        :rtype: proforma.deposit
        """
        self.ensure_one()
        company = self.company_id
        named = deposits.filtered(
            lambda d: (
                d.company_id.root_id == company.root_id and d.reference in references
            )
        )
        chosen = named.browse()
        for alike in named.grouped("reference").values():
            own = alike.filtered(lambda d: d.company_id == company)
            chosen |= own or alike.filtered(self._is_proforma_payable) or alike
        return chosen

    def _is_proforma_payable(self, deposit):
        """Return whether the transaction's company may receive money for a deposit: it
        is that of the order, or one that the order's company is a branch of.
        """
        return self.company_id in deposit.company_id.parent_ids

    def _get_proforma_texts(self):
        """Return what the bank says of the transfer. Extension point: an import may
        keep it elsewhere.

        :rtype: list[str]
        """
        self.ensure_one()
        return [
            self.payment_ref or "",
            self.ref or "",
            html2plaintext(self.narration) if self.narration else "",
            texts_in(self.transaction_details),
        ]

    def _proforma_try_match(self, deposits):
        """Pay a deposit, or say why that cannot be. The transaction is kept whatever
        happens: the bank has the money.

        :param proforma.deposit deposits: Those that it names.
        :raise OperationalError: Of PostgreSQL; the server tries all of it again.
        """
        self.ensure_one()
        order = deposits.order_id[:1]
        try:
            with self.env.cr.savepoint():
                order._proforma_lock()
                if not self._proforma_report_misfit(deposits):
                    self._proforma_pay(deposits)
        except OperationalError:
            raise
        except UserError as error:
            reason = str(error)
            self._proforma_report_unused(deposits, lambda _order: reason)
        except Exception as error:  # noqa: BLE001
            # A mistake of a program must not lose what the bank has sent. Its message
            # may hold what the bank says of the customer: only its place is logged.
            _logger.warning(
                "Bank transaction %s was not matched: %s in %s",
                self.id,
                type(error).__name__,
                traceback.extract_tb(error.__traceback__)[-1],
            )
            self._proforma_report_unused(
                deposits, lambda order: order.env._("A technical error occurred.")
            )

    def _proforma_pay(self, deposit):
        """Pay a deposit with the bank transaction, which fits."""
        today = deposit.company_id._get_proforma_today()
        deposit._receive(
            lambda invoice: self._proforma_book(deposit, invoice),
            paid_on=min(self.date, today),
        )
        deposit._close_announced_transfers(is_received=True)
        self._proforma_close_report(deposit)

    def _proforma_book(self, deposit, invoice):
        """Book the money as the customer's, instead of on the suspense account.

        :param proforma.deposit deposit: What it pays.
        :param account.move invoice: Its invoice, empty for earnest money.
        :return: The journal item of the receivable account.
        :rtype: account.move.line
        """
        self.ensure_one()
        account = deposit._get_receivable_account(invoice)
        self.write(
            {
                "proforma_deposit_id": deposit.id,
                "partner_id": deposit._get_paying_partner().id,
            }
        )
        # As core does it in `action_undo_reconciliation`.
        self.with_context(force_delete=True, skip_readonly_check=True).write(
            {
                "line_ids": [
                    Command.clear(),
                    *map(
                        Command.create, self._prepare_move_line_default_vals(account.id)
                    ),
                ]
            }
        )
        return self.line_ids.filtered(lambda line: line.account_id == account)
