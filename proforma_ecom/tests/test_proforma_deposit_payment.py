from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestProformaDepositPayment(ProformaPaymentCommon):
    """Payments that a user registers: cash, cheques."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma()
        cls.deposit = cls.order.proforma_deposit_ids[0]
        cls.clerk = new_test_user(
            cls.env,
            "cashier",
            "account.group_account_invoice",
            company_id=cls.env.company.id,
        )
        cls.cash = cls.company_data["default_journal_cash"]

    def _register(self, deposit=None, **values):
        wizard = self._open(deposit, **values)
        wizard.action_register()
        return wizard

    def _open(self, deposit=None, **values):
        return (
            self.env["proforma.deposit.payment"]
            .with_user(self.clerk)
            .create(
                {
                    "deposit_id": (deposit or self.deposit).id,
                    "journal_id": self.cash.id,
                    "reason": "Cheque 4711",
                    **values,
                }
            )
        )

    def _accept_by_hand(self, order):
        self.env["proforma.acceptance"].create(
            {"order_id": order.id, "reason": "By phone"}
        ).action_accept()

    # === WHAT IT ENTAILS === #

    def test_wizard_proposes_what_is_left_today(self):
        with freeze_time("2026-11-05 23:30:00"):
            context = self.deposit.with_user(self.clerk).action_register_payment()
            form = Form(
                self.env["proforma.deposit.payment"]
                .with_user(self.clerk)
                .with_context(**context["context"])
            )

        self.assertEqual(form.amount, 360.0)
        self.assertEqual(form.date, date(2026, 11, 6))  # In Paris.
        self.assertEqual(form.journal_id.type, "cash")

    def test_payment_confirms_the_signed_order(self):
        self._sign(self.order)

        self._register()

        self.assertEqual(self.order.proforma_state, "accepted")
        self.assertEqual(self.deposit.state, "paid")

    def test_payment_is_matched_with_the_deposit_invoice(self):
        self._sign(self.order)

        self._register()

        self.assertEqual(self.deposit.invoice_id.payment_state, "paid")
        self.assertRecordValues(
            self.deposit.payment_ids,
            [
                {
                    "amount": 360.0,
                    "journal_id": self.cash.id,
                    "memo": f"Cheque 4711 - {self.deposit.reference}",
                    "partner_id": self.customer.id,
                }
            ],
        )

    def test_order_says_who_noted_the_payment(self):
        self._sign(self.order)

        self._register()

        message = self.order.message_ids.filtered(
            lambda m: "Cheque 4711" in (m.body or "")
        )
        self.assertEqual(message.author_id, self.clerk.partner_id)

    def test_payment_of_an_invoiced_deposit(self):
        self.plan_30_70.invoice_on = "due"
        order = self._create_deposit_proforma()
        self._accept_by_hand(order)
        invoice = order.proforma_deposit_ids[0].invoice_id

        self._register(order.proforma_deposit_ids[0])

        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(order.proforma_deposit_ids[0].state, "paid")
        self.assertEqual(order.invoice_ids, invoice)

    def test_payment_is_paid_on_its_day(self):
        with freeze_time("2026-11-05 10:00:00"):
            order = self._create_deposit_proforma(validity_date="2026-12-01")
            self._sign(order)
            self._register(order.proforma_deposit_ids[0], date="2026-11-03")

        deposit = order.proforma_deposit_ids[0]
        self.assertEqual(deposit.paid_on, date(2026, 11, 3))
        self.assertEqual(deposit.payment_ids.date, date(2026, 11, 3))

    def test_earnest_money_is_a_payment_without_an_invoice(self):
        self.plan_30_70.line_ids[0].nature = "arrhes"
        order = self._create_deposit_proforma()
        self._sign(order)

        self._register(order.proforma_deposit_ids[0])

        deposit = order.proforma_deposit_ids[0]
        self.assertRecordValues(deposit, [{"state": "paid", "invoice_id": False}])
        self.assertEqual(deposit._get_money().amount_residual, -360.0)

    def test_payment_in_a_foreign_currency(self):
        foreign = self.setup_other_currency("CHF", rates=[("2016-01-01", 2.0)])
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        order = self._create_deposit_proforma(pricelist_id=pricelist.id)
        self._sign(order)

        self._register(order.proforma_deposit_ids[0])

        payment = order.proforma_deposit_ids[0].payment_ids
        self.assertRecordValues(payment, [{"currency_id": foreign.id, "amount": 360.0}])
        self.assertEqual(order.proforma_deposit_ids[0].invoice_id.payment_state, "paid")

    def test_branch_uses_the_journals_of_its_company(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.env.company.id}
        )
        self._complete_company(branch)
        self.env.user.company_ids += branch
        branch_env = self.env(context={"allowed_company_ids": branch.ids})
        order = self._create_order(
            company_id=branch.id, proforma_deposit_plan_id=self.plan_30_70.id
        ).with_env(branch_env)
        order.action_proforma_issue()
        self._sign(order)

        branch_env["proforma.deposit.payment"].create(
            {"deposit_id": order.proforma_deposit_ids[0].id, "reason": "Cash"}
        ).action_register()

        self.assertEqual(order.proforma_deposit_ids[0].state, "paid")

    # === PARTS === #

    def test_part_of_a_deposit_leaves_the_rest_open(self):
        self._accept_by_hand(self.order)

        self._register(amount=100.0)

        paid, _balance, rest = self.order.proforma_deposit_ids.sorted("id")
        self.assertRecordValues(
            paid | rest,
            [{"amount": 100.0, "state": "paid"}, {"amount": 260.0, "state": "due"}],
        )
        self.assertEqual(paid.invoice_id.amount_total, 100.0)
        self.assertTrue(rest.reference)
        self.assertFalse(self.order.proforma_schedule_gap)

    def test_part_of_an_invoiced_deposit_leaves_its_invoice_open(self):
        self.plan_30_70.invoice_on = "due"
        order = self._create_deposit_proforma()
        self._accept_by_hand(order)
        deposit = order.proforma_deposit_ids[0]

        self._register(deposit, amount=100.0)

        self.assertEqual(deposit.state, "due")
        self.assertEqual(deposit.invoice_id.amount_residual, 260.0)

        self._register(deposit)

        self.assertEqual(deposit.state, "paid")
        self.assertEqual(sum(deposit.payment_ids.mapped("amount")), 360.0)

    # === WHAT IS REFUSED === #

    def test_payment_that_cannot_be_right_is_refused(self):
        self._sign(self.order)
        for reason, values, words in (
            ("nothing", {"amount": 0.0}, "above zero"),
            ("negative", {"amount": -1.0}, "above zero"),
            ("too much", {"amount": 360.01}, "is left to pay"),
            ("part before the order is confirmed", {"amount": 100.0}, "confirms"),
            ("tomorrow", {"date": "2099-01-01"}, "future"),
        ):
            with self.subTest(reason), self.assertRaisesRegex(UserError, words):
                self._register(**values)

    def test_guard_of_the_pro_forma_holds(self):
        with self.assertRaisesRegex(UserError, "has not signed"):
            self._register()

    def test_expired_pro_forma_takes_no_payment(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_deposit_proforma(validity_date="2026-11-02")
            self._sign(order)

        with (
            freeze_time("2026-11-05 10:00:00"),
            self.assertRaisesRegex(UserError, "has expired"),
        ):
            self._register(order.proforma_deposit_ids[0])

    def test_second_click_finds_the_deposit_paid(self):
        self._sign(self.order)
        wizard = self._register()

        with self.assertRaisesRegex(UserError, "paid already"):
            wizard.action_register()

        self.assertEqual(len(self.deposit.payment_ids), 1)

    # === UNDONE === #

    def test_cancelled_payment_asks_for_the_deposit_again(self):
        self._sign(self.order)
        self._register()

        self.deposit.payment_ids.action_draft()
        self.deposit.payment_ids.action_cancel()

        self.assertEqual(self.deposit.state, "due")
        self.assertEqual(self.deposit.invoice_id.state, "posted")

    def test_deleted_payment_of_earnest_money_asks_for_it_again(self):
        self.plan_30_70.line_ids[0].nature = "arrhes"
        order = self._create_deposit_proforma()
        self._sign(order)
        self._register(order.proforma_deposit_ids[0])

        order.proforma_deposit_ids[0].payment_ids.action_draft()
        order.proforma_deposit_ids[0].payment_ids.unlink()

        self.assertEqual(order.proforma_deposit_ids[0].state, "due")

    def test_earnest_money_that_is_booked_anew_pays_its_deposit(self):
        self.plan_30_70.line_ids[0].nature = "arrhes"
        order = self._create_deposit_proforma()
        self._sign(order)
        self._register(order.proforma_deposit_ids[0])
        payment = order.proforma_deposit_ids[0].payment_ids

        payment.action_draft()
        self.assertEqual(order.proforma_deposit_ids[0].state, "due")
        payment.action_post()

        self.assertEqual(order.proforma_deposit_ids[0].state, "paid")

    # === ACCESS === #

    def test_only_accounting_sees_the_button(self):
        salesperson = new_test_user(
            self.env, "sales", "sales_team.group_sale_salesman_all_leads"
        )
        for user, is_there in ((self.clerk, True), (salesperson, False)):
            for model_name, view_type in (
                ("sale.order", "form"),
                ("proforma.deposit", "list"),
            ):
                with self.subTest(f"{user.login} {model_name}"):
                    model = self.env[model_name].with_user(user)
                    arch = model.get_view(view_type=view_type)["arch"]

                    self.assertEqual("action_register_payment" in arch, is_there)

    def test_salesperson_cannot_open_the_wizard(self):
        salesperson = new_test_user(
            self.env, "sales", "sales_team.group_sale_salesman_all_leads"
        )

        with self.assertRaises(AccessError):
            self.env["proforma.deposit.payment"].with_user(salesperson).create(
                {"deposit_id": self.deposit.id, "reason": "Cash"}
            )

    def test_wizard_of_another_user_cannot_be_used(self):
        self._sign(self.order)
        wizard = self._open()
        other = new_test_user(self.env, "other", "account.group_account_invoice")

        with self.assertRaises(AccessError):
            wizard.with_user(other).action_register()

    def test_deposit_of_another_company_cannot_be_paid(self):
        other = self.setup_other_company(name="Other")["company"]
        stranger = new_test_user(
            self.env,
            "stranger",
            "account.group_account_invoice",
            company_id=other.id,
            company_ids=other.ids,
        )

        with self.assertRaises(AccessError):
            self.env["proforma.deposit.payment"].with_user(stranger).create(
                {"deposit_id": self.deposit.id, "reason": "Cash"}
            ).action_register()
