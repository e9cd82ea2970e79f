from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .common import (
    SIGNATURE,
    VERSION_LOGGER,
    ProformaCommon,
    ProformaPaymentCommon,
)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-23 10:00:00")
class TestSaleOrderExtension(MailCase, ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.quotation_validity_days = 30
        with freeze_time("2026-11-01 10:00:00"):
            cls.order = cls._create_proforma(
                validity_date="2026-11-30", user_id=cls.sale_user.id
            )

    def _open(self, order=None, user=None, **values):
        order = (order or self.order).with_user(user or self.sale_user)
        action = order.action_proforma_extend()
        wizards = self.env[action["res_model"]].with_user(user or self.sale_user)
        return wizards.with_context(**action["context"]).create(
            {"is_sent": False, **values}
        )

    def test_new_version_has_a_later_day_and_the_same_prices(self):
        before = self.order.proforma_version_id
        self.product.lst_price = 999.0

        self._open(day="2026-12-15").action_extend()

        version = self.order.proforma_version_id
        self.assertEqual((version.version, version.number), (2, before.number))
        self.assertEqual(version.valid_until, date(2026, 12, 15))
        self.assertEqual(version.amount_total, before.amount_total)
        self.assertEqual(self.order.proforma_state, "issued")
        self.assertEqual(self.order.proforma_deadline, datetime(2026, 12, 15, 23))

    def test_extension_is_on_record(self):
        self._open(day="2026-12-15").action_extend()

        event = self.order.proforma_event_ids.filtered(lambda e: e.kind == "extended")
        self.assertEqual(event.note, "2026-12-15")
        self.assertEqual(event.version_id, self.order.proforma_version_id)
        self.assertEqual(event.user_id, self.sale_user)

    def test_expired_proforma_is_issued_again(self):
        with freeze_time("2026-12-10 10:00:00"):
            self.order._set_proforma_expired()

            self._open().action_extend()

            self.assertEqual(self.order.proforma_state, "issued")
            self.assertEqual(self.order.validity_date, date(2027, 1, 9))

    def test_proposed_day_is_later_than_the_present_one(self):
        for today, expected, reason in [
            ("2026-11-23", date(2026, 12, 23), "from today"),
            ("2026-12-05", date(2027, 1, 4), "from today, expired"),
            ("2026-10-25", date(2026, 12, 30), "from the last day"),
        ]:
            with self.subTest(reason), freeze_time(f"{today} 10:00:00"):
                self.assertEqual(self._open().day, expected)

    def test_second_click_has_no_effect(self):
        wizard = self._open(day="2026-12-15", is_sent=True)

        with self.mock_mail_gateway():
            for _time in range(2):
                wizard.action_extend()

        self.assertEqual(self.order.proforma_version_count, 2)
        kinds = self.order.proforma_event_ids.mapped("kind")
        self.assertEqual((kinds.count("extended"), kinds.count("sent")), (1, 1))

    def test_form_that_was_open_for_too_long_changes_nothing(self):
        stale = self._open(day="2026-12-20")
        self._open(day="2026-12-15").action_extend()

        with self.assertRaisesRegex(UserError, "newer version"):
            stale.action_extend()

        self.assertEqual(self.order.validity_date, date(2026, 12, 15))

    def test_bad_day_is_refused_and_changes_nothing(self):
        for day, text in [
            ("2026-11-22", "not in the past"),
            ("2026-11-29", "valid already"),
            ("2026-11-30", "valid already"),
            ("2099-01-01", "10 years"),
        ]:
            with self.subTest(day):
                with self.assertRaises(UserError) as caught:
                    self._open(day=day).action_extend()

                self.assertIn(text, str(caught.exception))
                self.assertEqual(self.order.proforma_state, "issued")
                self.assertEqual(self.order.proforma_version_count, 1)

    def test_today_is_the_day_of_the_company(self):
        self.order._set_proforma_expired()
        with freeze_time("2026-12-01 23:30:00"):  # In Paris it is the second.
            with self.assertRaisesRegex(UserError, "not in the past"):
                self._open(day="2026-12-01").action_extend()

            self._open(day="2026-12-02").action_extend()

        self.assertEqual(self.order.validity_date, date(2026, 12, 2))

    def test_other_states_are_not_extended(self):
        for state in ("revising", "declined", "cancelled"):
            order = self._create_proforma(user_id=self.sale_user.id)
            order._update_proforma_state(state)
            with self.subTest(state), self.assertRaises(UserError):
                self._open(order)
        with self.assertRaises(UserError):
            self._open(self._create_order(user_id=self.sale_user.id))

    def test_salesperson_extends_his_own_only(self):
        wizard = self._open()
        self.order.user_id = self.sale_manager

        with self.assertRaises(AccessError):
            self._open()
        with self.assertRaises(AccessError):
            wizard.action_extend()

    def test_user_of_another_company_extends_nothing(self):
        company = self.env["res.company"].create({"name": "Second"})
        user = new_test_user(
            self.env,
            "second_manager",
            "sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

        with self.assertRaises(AccessError):
            self._open(user=user)
        wizard = (
            self.env["proforma.extension"]
            .with_user(user)
            .create(
                {
                    "order_id": self.order.id,
                    "version_id": self.order.proforma_version_id.id,
                    "day": "2026-12-15",
                }
            )
        )
        with self.assertRaises(AccessError):
            wizard.action_extend()
        self.assertEqual(self.order.proforma_version_count, 1)

    def test_mail_says_the_day_and_the_words_of_the_salesperson(self):
        with self.mock_mail_gateway():
            self._open(
                day="2026-12-15", is_sent=True, message="As agreed,\n<b>Marie</b>"
            ).action_extend()

        message = self.order.message_ids.filtered(lambda m: "more time" in m.body)
        self.assertIn("As agreed,<br>&lt;b&gt;Marie", message.body)
        self.assertIn("12/15/2026", message.body)
        self.assertEqual(len(message.attachment_ids), 1)
        self.assertIn(self.customer, message.partner_ids)

    def test_mail_of_the_extension_is_the_proof_of_sending(self):
        self._open(day="2026-12-15", is_sent=True).action_extend()

        mailing = self.order.proforma_version_id._get_last_mailing()
        self.assertEqual(mailing.kind, "extended")

    def test_mail_waits_for_a_missing_pdf(self):
        wizard = self._open(day="2026-12-15", is_sent=True)

        with self._broken_renderer(), mute_logger(VERSION_LOGGER):
            wizard.action_extend()

        self.assertTrue(self.order.proforma_version_id.sudo().is_mail_waiting)
        self.assertNotIn("sent", self.order.proforma_event_ids.mapped("kind"))

    def test_mail_that_waited_for_the_pdf_is_still_that_of_an_extension(self):
        with self._broken_renderer(), mute_logger(VERSION_LOGGER):
            self._open(day="2026-12-15", is_sent=True).action_extend()

        self._run_cron("ir_cron_render_pdf")

        mailings = self.order.proforma_version_id.sudo().mailing_ids
        self.assertEqual(mailings.mapped("kind"), ["extended"])

    def test_nothing_is_sent_unless_wanted(self):
        before = self.order.message_ids

        self._open(message="Unsent").action_extend()

        new = self.order.message_ids - before
        self.assertNotIn("more time", str(new.mapped("body")))
        self.assertNotIn("sent", self.order.proforma_event_ids.mapped("kind"))

    def test_mail_that_is_switched_off_is_not_promised(self):
        self.env.company._get_proforma_notice("extended").is_active = False
        action = self.order.with_user(self.sale_user).action_proforma_extend()
        wizards = self.env["proforma.extension"].with_user(self.sale_user)

        self.assertFalse(wizards.with_context(**action["context"]).create({}).is_sent)
        with self.assertRaises(UserError):
            self._open(day="2026-12-15", is_sent=True).action_extend()

        self.assertEqual(self.order.proforma_version_count, 1)

    def test_signed_customer_is_pointed_out(self):
        self.order.sudo().write({"signature": SIGNATURE})

        self.assertTrue(self._open().is_signed)


@tagged("post_install", "-at_install")
class TestSaleOrderExtensionPayment(ProformaPaymentCommon):
    def test_payment_under_way_forbids_a_new_version(self):
        order = self._create_deposit_proforma()
        self._sign(order)
        self._create_deposit_tx(order)._set_pending()

        with self.assertRaisesRegex(UserError, "is being processed"):
            order.action_proforma_extend()
