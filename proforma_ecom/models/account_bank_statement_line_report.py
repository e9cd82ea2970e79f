import re

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..schedule import sequence_pattern
from ..utils import group_text


class AccountBankStatementLine(models.Model):
    """Telling the accountant of bank transactions that do not pay what they name.

    The money stays recorded, not reconciled.
    """

    _inherit = "account.bank.statement.line"

    # === BUSINESS METHODS - MISFITS === #

    def _proforma_report_misfit(self, deposits):
        """Say why the transaction does not fit what it names, if it does not.

        :param proforma.deposit deposits: At least one.
        :return: Whether it does not fit.
        :rtype: bool
        """

        def get_reason(order):
            return self.with_env(order.env)._proforma_misfit_message(
                deposits.with_env(order.env)
            )

        if not get_reason(deposits.order_id[:1]):
            return False
        self._proforma_report_unused(deposits, get_reason)
        return True

    def _proforma_misfit_message(self, deposits):
        """Return why the transaction cannot pay the deposit that it names, or False.

        :param proforma.deposit deposits: More than one cannot be told apart.
        :rtype: str|bool
        """
        self.ensure_one()
        if message := self._proforma_wrong_name_message(deposits):
            return message
        amount, currency = self._get_proforma_money()
        if amount <= 0:
            return self.env._("It is money that went out.")
        try:
            deposits.order_id._proforma_check_money(deposits)
        except UserError as error:
            return str(error)
        if currency != deposits.currency_id:
            return self.env._(
                "The deposit is asked for in %(currency)s.",
                currency=deposits.currency_id.name,
            )
        left = deposits._get_amount_left()
        if currency.compare_amounts(amount, left):
            return self.env._(
                "%(left)s is left to pay of the deposit.",
                left=format_amount(self.env, left, currency),
            )
        return False

    def _proforma_wrong_name_message(self, deposits):
        """Return why what the transaction names is nothing that it may pay, or False.

        :rtype: str|bool
        """
        if len(deposits) > 1:
            return self.env._(
                "It names several deposits: %(deposits)s.",
                deposits=", ".join(d._get_printed_reference() for d in deposits),
            )
        if not self._is_proforma_payable(deposits):
            return self.env._(
                "The deposit is asked for by %(owner)s, and the money came to"
                " %(receiver)s.",
                owner=deposits.company_id.name,
                receiver=self.company_id.name,
            )
        return False

    def _get_proforma_money(self):
        """Return what the customer paid: the amount, and its currency.

        :rtype: tuple[float, res.currency]
        """
        self.ensure_one()
        if self.foreign_currency_id:
            return self.amount_currency, self.foreign_currency_id
        return self.amount, self.currency_id

    # === BUSINESS METHODS - ACTIVITIES === #

    def _proforma_report_unused(self, deposits, get_reason):
        """Tell the accountant, once, of money that was not used for a deposit.

        Who entered the transaction hears of it there, if he does the accounts; else
        who looks after the order does, on the order.

        :param proforma.deposit deposits: What the transaction names.
        :param callable get_reason: Given the order in the user's language, returns why.
        """
        self.ensure_one()
        order = deposits.order_id[:1]

        def get_texts(order):
            return (
                self._get_proforma_unused_summary(order.env),
                self._get_proforma_unused_note(deposits, order, get_reason(order)),
            )

        name = self.move_id.name
        if not order.proforma_event_ids.filtered(
            lambda event: event.kind == "payment_refused" and event.note == name
        ):
            order._proforma_log_event("payment_refused", note=name)
        if user := self._get_proforma_accountant():
            self._proforma_plan_activity(
                user, *get_texts(order.with_context(lang=user.lang))
            )
        else:
            order._proforma_schedule_activity(get_texts)

    def _get_proforma_unused_summary(self, env):
        """Return the summary of the activity, in the language of an environment."""
        return env._(
            "Bank transaction %(transaction)s does not pay its deposit",
            transaction=self.move_id.name,
        )

    def _get_proforma_unused_note(self, deposits, order, reason):
        """Return what came, why it was not used and what to do about it.

        :param proforma.deposit deposits: What the transaction names.
        :param sale.order order: In the language of who reads it.
        :param str reason: A sentence.
        :rtype: str
        """
        amount, currency = self._get_proforma_money()
        return order.env._(
            "%(amount)s came with the reference %(reference)s of %(order)s and was not"
            " used: %(reason)s Once that is mended, choose “Match with Pro Forma"
            " Deposits” on the bank transaction. Otherwise match it by hand, or give"
            " the money back.",
            amount=format_amount(order.env, amount, currency),
            reference=deposits[:1]._get_printed_reference(),
            order=order.proforma_number or order.name,
            reason=reason,
        )

    def _proforma_plan_activity(self, user, summary, note):
        """Plan a to-do on the entry of the transaction; one that is open is updated.

        :param res.users user: Reads the entry.
        """
        self.ensure_one()
        move = self.move_id
        known = move.activity_ids.filtered(
            lambda activity: activity.user_id == user and activity.summary == summary
        )
        if known:
            known.note = note
            return
        move.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=summary,
            note=note,
        )

    def _proforma_close_report(self, deposit):
        """Close the to-dos that said that the transaction was not used."""
        self.ensure_one()
        activities = self.move_id.activity_ids | deposit.order_id.activity_ids
        activities.filtered(
            lambda activity: (
                activity.summary
                == self._get_proforma_unused_summary(
                    self.with_context(lang=activity.user_id.lang).env
                )
            )
        ).action_feedback()

    def _get_proforma_accountant(self):
        """Return who entered the transaction, if he does the accounts.

        :return: Empty for a transaction that a program entered.
        :rtype: res.users
        """
        self.ensure_one()
        return self.create_uid.filtered(
            lambda user: (
                user.active
                and user._is_internal()
                and user.has_group("account.group_account_invoice")
            )
        )

    # === BUSINESS METHODS - UNKNOWN REFERENCES === #

    def _proforma_report_unknown_references(self, references_by_line):
        """Tell the accountant of references that look like ours and belong to nothing:
        to neither a deposit nor a posted entry of the company.

        :param dict references_by_line: Bank transaction -> its references.
        """
        ours = {}
        for line, references in references_by_line.items():
            pattern = line._get_proforma_reference_pattern()
            if own := [ref for ref in references if pattern.fullmatch(ref)]:
                ours[line] = own
        if not ours:
            return
        wanted = [ref for references in ours.values() for ref in references]
        # Core prints and stores its own references in groups of four.
        entries = self.env["account.move"].sudo()
        entries = entries.search_fetch(
            [
                ("company_id", "in", [line.company_id.id for line in ours]),
                ("state", "=", "posted"),
                (
                    "payment_reference",
                    "in",
                    [*wanted, *(group_text(r, 4) for r in wanted)],
                ),
            ],
            ["company_id", "payment_reference"],
        )
        known = {(e.company_id, e.payment_reference.replace(" ", "")) for e in entries}
        for line, references in ours.items():
            if not any((line.company_id, ref) in known for ref in references):
                line._proforma_report_unknown_reference(references[0])

    def _proforma_report_unknown_reference(self, reference):
        """Tell the accountant, once, of a reference that belongs to nothing."""
        self.ensure_one()
        user = (
            self._get_proforma_accountant() or self._get_proforma_company_accountant()
        )
        env = self.with_context(lang=user.lang).env
        self._proforma_plan_activity(
            user,
            env._(
                "Bank transaction %(transaction)s names an unknown deposit",
                transaction=self.move_id.name,
            ),
            env._(
                "%(amount)s came with the reference %(reference)s, which looks like"
                " that of a deposit and belongs to none; it may be of an older version"
                " of a pro forma. Look for the order by its number and match the"
                " transaction by hand, or ask the customer.",
                amount=format_amount(env, *self._get_proforma_money()),
                reference=group_text(reference, 4),
            ),
        )

    def _get_proforma_company_accountant(self):
        """Return a user who does the accounts of the company: somebody always does.

        :rtype: res.users
        """
        self.ensure_one()
        users = self.env.ref("account.group_account_manager").sudo().all_user_ids
        members = users.filtered(
            lambda user: (
                user.active
                and user._is_internal()
                and self.company_id in user.company_ids
            )
        )
        return members.sorted("id")[:1] or self.env.ref("base.user_admin")

    def _get_proforma_reference_pattern(self):
        """Return what the references of the company's deposits look like.

        :return: For `utils.creditor_reference` of a number of the company's series, or
            of a deposit whose reference was taken.
        :rtype: re.Pattern
        """
        sequence = self.company_id.sudo().proforma_sequence_id
        prefix = sequence_pattern(sequence.prefix)
        suffix = sequence_pattern(sequence.suffix)
        return re.compile(rf"RF\d\d({prefix}\d+{suffix}\d\d|D\d+00)")
