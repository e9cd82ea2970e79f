from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..schedule import creditor_reference
from ..utils import group_text
from .common import ProformaPaymentCommon

LINE_LOGGER = "odoo.addons.proforma_ecom.models.account_bank_statement_line"


@tagged("post_install", "-at_install")
class TestAccountBankStatementLineMisfit(ProformaPaymentCommon):
    """Money that a bank reports and that does not pay the deposit which it names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma()
        cls.deposit = cls.order.proforma_deposit_ids[0]
        cls.clerk = new_test_user(
            cls.env,
            "bank_clerk",
            "account.group_account_basic",
            company_id=cls.env.company.id,
        )

    def _transfer(self, amount=360.0, deposit=None, **values):
        """Return a transaction that the clerk enters."""
        clerk = self.env["account.bank.statement.line"].with_user(self.clerk)
        return clerk.create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "amount": amount,
                "payment_ref": (deposit or self.deposit).reference,
                **values,
            }
        )

    def _assert_not_used(self, line, words):
        """Check that the money stays as it is and the clerk hears why, once."""
        self.assertRecordValues(
            line, [{"is_reconciled": False, "proforma_deposit_id": False}]
        )
        activity = line.move_id.activity_ids
        self.assertEqual(activity.user_id, self.clerk)
        self.assertIn(words, activity.note)

    # === AMOUNTS === #

    def test_amount_that_is_not_that_of_the_deposit(self):
        self._sign(self.order)
        for reason, amount, words in (
            ("part", 100.0, "left to pay"),
            ("one cent less", 359.99, "left to pay"),
            ("too much", 400.0, "left to pay"),
            ("refund", -360.0, "went out"),
        ):
            with self.subTest(reason):
                line = self._transfer(amount)

                self._assert_not_used(line, words)
                self.assertEqual(self.order.proforma_state, "issued")

    def test_currency_that_is_not_that_of_the_deposit(self):
        self._sign(self.order)
        foreign = self.setup_other_currency("CHF")

        line = self._transfer(
            180.0, foreign_currency_id=foreign.id, amount_currency=360.0
        )

        self._assert_not_used(line, "asked for in")

    def test_transaction_that_names_two_deposits(self):
        self._sign(self.order)
        references = " and ".join(self.order.proforma_deposit_ids.mapped("reference"))

        line = self._transfer(payment_ref=references)

        self._assert_not_used(line, "several deposits")

    # === THE GUARD === #

    def test_pro_forma_that_nobody_signed(self):
        line = self._transfer()

        self._assert_not_used(line, "has not signed")
        self.assertEqual(self.order.proforma_state, "issued")

    def test_money_before_the_signature_is_matched_by_hand_afterwards(self):
        line = self._transfer()
        self._sign(self.order)

        line.action_proforma_match_deposits()

        self.assertEqual(self.order.proforma_state, "accepted")
        self.assertFalse(line.move_id.activity_ids)

    def test_pro_forma_that_has_expired(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_deposit_proforma(validity_date="2026-11-02")
            self._sign(order)

        with freeze_time("2026-11-05 10:00:00"):
            line = self._transfer(deposit=order.proforma_deposit_ids[0])

        self._assert_not_used(line, "has expired")

    def test_pro_forma_that_is_closed_or_revised(self):
        for reason, close, words in (
            ("declined", lambda order: order._proforma_decline(), "was declined"),
            ("revised", lambda order: order.action_draft(), "is being revised"),
            ("cancelled", lambda order: order._action_cancel(), "no longer asked for"),
        ):
            with self.subTest(reason):
                order = self._create_deposit_proforma()
                deposit = order.proforma_deposit_ids[0]
                self._sign(order)
                close(order)

                self._assert_not_used(self._transfer(deposit=deposit), words)

    def test_deposit_that_is_paid_already(self):
        self._sign(self.order)
        self._transfer()

        line = self._transfer()

        self._assert_not_used(line, "paid already")
        self.assertEqual(len(self.order.invoice_ids), 1)

    def test_later_deposit_before_the_order_is_confirmed(self):
        self._sign(self.order)

        line = self._transfer(840.0, self.order.proforma_deposit_ids[1])

        self._assert_not_used(line, "not confirmed yet")

    # === OTHER COMPANIES === #

    def test_reference_of_another_company_pays_nothing(self):
        self._sign(self.order)
        other = self.setup_other_company(name="Other")

        line = self._create_bank_line(
            360.0,
            self.deposit.reference,
            journal_id=other["default_journal_bank"].id,
            company_id=other["company"].id,
        )

        self.assertFalse(line.proforma_deposit_id)
        self.assertEqual(self.order.proforma_state, "issued")
        self.assertFalse(self.order.activity_ids)
        self.assertNotIn(
            "payment_refused", self.order.proforma_event_ids.mapped("kind")
        )

    def test_money_on_the_account_of_another_company_is_told_there(self):
        other = self.setup_other_company(name="Other")

        line = self._create_bank_line(
            360.0,
            self.deposit.reference,
            journal_id=other["default_journal_bank"].id,
            company_id=other["company"].id,
        )

        self.assertIn("unknown deposit", line.move_id.activity_ids.summary)
        self.assertNotIn(self.order.name, line.move_id.activity_ids.note)

    # === WHO HEARS OF IT === #

    def test_second_run_plans_no_second_activity(self):
        line = self._transfer()

        line.action_proforma_match_deposits()

        self.assertEqual(len(line.move_id.activity_ids), 1)
        kinds = self.order.proforma_event_ids.mapped("kind")
        self.assertEqual(kinds.count("payment_refused"), 1)

    def test_who_looks_after_the_order_hears_of_what_a_program_entered(self):
        lines = self.env["account.bank.statement.line"].with_user(
            self.env.ref("base.user_root")
        )

        line = lines.create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "amount": 360.0,
                "payment_ref": self.deposit.reference,
            }
        )

        self.assertFalse(line.move_id.activity_ids)
        self.assertRecordValues(
            self.order.activity_ids,
            [{"user_id": self.order._get_proforma_responsible_user().id}],
        )

    # === UNKNOWN REFERENCES === #

    def _get_unknown_reference(self):
        return creditor_reference("PF/2020/00042", 7)

    def test_unknown_reference_of_our_form_is_told(self):
        line = self._transfer(payment_ref=self._get_unknown_reference())

        self._assert_not_used(line, group_text(self._get_unknown_reference(), 4))

    def test_unknown_reference_of_others_is_not_told(self):
        line = self._transfer(payment_ref="RF18 5390 0754 7034")

        self.assertFalse(line.move_id.activity_ids)

    def test_reference_of_an_entry_is_not_told(self):
        reference = self._get_unknown_reference()
        for reason, stored in (
            ("as it is", reference),
            ("in groups", group_text(reference, 4)),
        ):
            with self.subTest(reason):
                invoice = self._create_invoice(post=True)
                invoice.payment_reference = stored

                line = self._transfer(payment_ref=reference)

                self.assertFalse(line.move_id.activity_ids)
                invoice.payment_reference = False

    # === ONE BAD TRANSACTION === #

    def _import_with_a_fault(self, fault):
        """Return two transactions; making the first one's invoice goes wrong."""
        self._sign(self.order)
        good = self._create_deposit_proforma()
        self._sign(good)
        deposits = self.env.registry["proforma.deposit"]
        create_invoice = deposits._create_deposit_invoice

        def create_or_fail(deposit, *args):
            if deposit == self.deposit:
                raise fault
            return create_invoice(deposit, *args)

        with patch.object(deposits, "_create_deposit_invoice", create_or_fail):
            return (
                self.env["account.bank.statement.line"]
                .with_user(self.clerk)
                .create(
                    [
                        {
                            "journal_id": self.company_data["default_journal_bank"].id,
                            "amount": 360.0,
                            "payment_ref": deposit.reference,
                        }
                        for deposit in (self.deposit, good.proforma_deposit_ids[0])
                    ]
                )
            )

    def test_refused_transaction_does_not_stop_the_others(self):
        lines = self._import_with_a_fault(UserError("The journal is locked."))

        self.assertEqual(lines.mapped("is_reconciled"), [False, True])
        self._assert_not_used(lines[0], "The journal is locked.")
        self.assertEqual(self.order.proforma_state, "issued")
        self.assertEqual(self.deposit.state, "planned")

    def test_mistake_of_a_program_loses_no_transaction(self):
        with mute_logger(LINE_LOGGER):
            lines = self._import_with_a_fault(KeyError("mistake"))

        self.assertEqual(lines.mapped("is_reconciled"), [False, True])
        self._assert_not_used(lines[0], "technical error")

    def test_log_does_not_repeat_what_the_bank_says(self):
        with self.assertLogs(LINE_LOGGER, "WARNING") as logs:
            self._import_with_a_fault(KeyError("IBAN of Marie Martin"))

        self.assertNotIn("Marie", "".join(logs.output))

    # === ACCESS === #

    def test_salesperson_may_not_match(self):
        line = self._transfer()
        salesperson = new_test_user(
            self.env, "sales", "sales_team.group_sale_salesman_all_leads"
        )

        with self.assertRaises(UserError):
            line.with_user(salesperson).action_proforma_match_deposits()
