from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SIGNATURE, ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderAcceptance(ProformaCommon):
    def test_signature_alone_accepts_where_no_deposit_is_asked(self):
        order = self._create_proforma()

        self.assertTrue(self._sign(order))

        self.assertRecordValues(
            order, [{"state": "sale", "proforma_state": "accepted", "locked": False}]
        )

    def test_signature_alone_does_not_accept_where_a_deposit_is_asked(self):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan_30_70.id)

        self.assertFalse(self._sign(order))

        self.assertRecordValues(order, [{"state": "sent", "proforma_state": "issued"}])

    def test_second_signature_changes_nothing(self):
        order = self._create_proforma()
        self._sign(order)
        signed_on = order.signed_on

        self.assertTrue(self._sign(order))

        self.assertEqual(order.signed_on, signed_on)
        self.assertEqual(order.proforma_event_ids.mapped("kind").count("accepted"), 1)

    def test_customer_who_saw_an_older_version_is_asked_to_read_the_new_one(self):
        order = self._create_proforma()
        seen = order.proforma_version_id
        order.action_proforma_revise()
        order.action_proforma_issue()

        with self.assertRaises(UserError):
            self._sign(order, version=seen)

        self.assertEqual(order.proforma_state, "issued")

    def test_made_up_version_counts_as_the_first_one(self):
        order, other = self._create_proforma(), self._create_proforma()
        first = order.proforma_version_id
        order.action_proforma_revise()
        order.action_proforma_issue()
        for version_id in (0, -1, None, False, "x", other.proforma_version_id.id):
            with self.subTest(version_id):
                self.assertEqual(order._get_proforma_seen_version(version_id), first)

    def test_version_that_the_customer_saw_is_found(self):
        order = self._create_proforma()
        order.action_proforma_revise()
        order.action_proforma_issue()

        for version in order.proforma_version_ids:
            self.assertEqual(order._get_proforma_seen_version(version.id), version)

    def test_empty_signature_is_refused(self):
        order = self._create_proforma()

        with self.assertRaises(UserError):
            order._proforma_sign("Marie Martin", "")

    def test_signature_without_name_is_refused(self):
        order = self._create_proforma()

        with self.assertRaises(UserError):
            order._proforma_sign("  ", SIGNATURE)

    def test_unreadable_signature_is_refused_and_not_kept(self):
        order = self._create_proforma()

        with self.assertRaises(UserError), self.env.cr.savepoint():
            order._proforma_sign("Marie Martin", "not an image")

        self.assertFalse(order.signature)

    def test_acceptance_names_the_contact_who_signed(self):
        order = self._create_proforma()
        self._sign(order)

        accepted = order.proforma_event_ids.filtered(lambda e: e.kind == "accepted")

        self.assertEqual(accepted.partner_id, self.customer)

    def test_back_office_cannot_confirm_without_signature(self):
        order = self._create_proforma()

        with self.assertRaises(UserError):
            order.action_confirm()

    def test_back_office_cannot_confirm_without_deposit(self):
        order = self._create_proforma(proforma_deposit_plan_id=self.plan_30_70.id)
        self._sign(order)

        with self.assertRaises(UserError):
            order.action_confirm()

    def test_back_office_accepts_for_the_customer_with_a_reason(self):
        order = self._create_proforma(user_id=self.sale_user.id)
        wizard = (
            self.env["proforma.acceptance"]
            .with_user(self.sale_user)
            .create({"order_id": order.id, "reason": "Purchase order 4711"})
        )

        wizard.action_accept()

        self.assertEqual(order.proforma_state, "accepted")
        accepted = order.proforma_event_ids.filtered(lambda e: e.kind == "accepted")
        self.assertEqual(accepted.note, "Purchase order 4711")

    def test_plain_quotation_confirms_as_ever(self):
        order = self._create_order()

        order.action_confirm()

        self.assertRecordValues(order, [{"state": "sale", "proforma_state": "none"}])

    def test_decline_keeps_the_reason_and_does_not_cancel(self):
        order = self._create_proforma()
        reason = self.env.ref("proforma_ecom.decline_reason_price")

        order._proforma_decline(reason, "Sorry", self.customer)

        self.assertRecordValues(
            order,
            [
                {
                    "state": "sent",
                    "proforma_state": "declined",
                    "proforma_decline_reason_id": reason.id,
                }
            ],
        )

    def test_second_decline_changes_nothing(self):
        order = self._create_proforma()
        order._proforma_decline()
        count = len(order.message_ids)

        order._proforma_decline()

        self.assertEqual(len(order.message_ids), count)

    def test_accepted_proforma_cannot_be_declined(self):
        order = self._create_proforma()
        self._sign(order)

        with self.assertRaises(UserError):
            order._proforma_decline()

    def test_declined_proforma_cannot_be_accepted(self):
        order = self._create_proforma()
        order._proforma_decline()

        with self.assertRaises(UserError):
            self._sign(order)

    def test_question_becomes_an_event_and_an_activity(self):
        order = self._create_proforma(user_id=self.sale_user.id)

        order._proforma_ask("When do you deliver?", self.customer)

        self.assertEqual(order.proforma_event_ids[0].kind, "asked")
        self.assertEqual(order.activity_ids.user_id, self.sale_user)

    def test_activity_speaks_the_language_of_the_salesperson(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        order = self._create_proforma()
        order.user_id = self.sale_user
        self.sale_user.lang = "fr_FR"

        order.with_context(lang="en_US")._proforma_ask("Is it in stock?", self.customer)

        self.assertEqual(
            order.activity_ids.summary,
            f"Répondre au client au sujet de {order.proforma_number}",
        )

    def test_empty_question_is_refused(self):
        with self.assertRaises(UserError):
            self._create_proforma()._proforma_ask("  ")
