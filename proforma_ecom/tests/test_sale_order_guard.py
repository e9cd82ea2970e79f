from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SIGNATURE, ProformaCommon

SIGNATURE_VALUES = {
    "signature": SIGNATURE,
    "signed_by": "Marie Martin",
    "signed_on": "2026-11-01 10:00:00",
}


@tagged("post_install", "-at_install")
class TestSaleOrderGuard(ProformaCommon):
    """What a salesperson, the lowest role, tries around the methods."""

    def _create_sellers_order(self, **values):
        order = self._create_order(user_id=self.sale_user.id, **values)
        return order.with_user(self.sale_user)

    def _create_sellers_proforma(self, **values):
        order = self._create_sellers_order(**values)
        order.action_proforma_issue()
        return order

    def test_signature_and_company_of_a_proforma_cannot_be_written(self):
        order = self._create_sellers_proforma()
        for fname, value in (*SIGNATURE_VALUES.items(), ("company_id", 1)):
            with (
                self.subTest(fname),
                self.assertRaisesRegex(UserError, "cannot be written"),
            ):
                order.write({fname: value})

    def test_state_of_a_proforma_cannot_be_written_back_to_draft(self):
        order = self._create_sellers_proforma()

        with self.assertRaisesRegex(UserError, "not become a quotation again"):
            order.write({"state": "draft"})

    def test_unsigned_proforma_cannot_be_written_to_sale(self):
        order = self._create_sellers_proforma()

        with self.assertRaisesRegex(UserError, "has not signed"):
            order.write({"state": "sale"})

    def test_unpaid_proforma_cannot_be_written_to_sale(self):
        order = self._create_sellers_proforma(
            proforma_deposit_plan_id=self.plan_30_70.id
        )
        self._sign(order)

        with self.assertRaisesRegex(UserError, "is not paid"):
            order.write({"state": "sale"})

    def test_expired_proforma_cannot_be_written_to_sale(self):
        order = self._create_sellers_proforma()
        order.sudo().write(SIGNATURE_VALUES)
        order._set_proforma_expired()

        with self.assertRaisesRegex(UserError, "has expired"):
            order.write({"state": "sale"})

    def test_proforma_past_its_deadline_cannot_be_written_to_sale(self):
        order = self._create_sellers_proforma()
        order.sudo().write({**SIGNATURE_VALUES, "proforma_deadline": "2026-01-01"})

        with self.assertRaisesRegex(UserError, "has expired"):
            order.write({"state": "sale"})

    def test_one_proforma_among_quotations_is_not_written_to_draft(self):
        orders = self._create_sellers_order() + self._create_sellers_proforma()

        with self.assertRaises(UserError):
            orders.write({"state": "draft"})

    def test_defaults_of_a_context_make_no_proforma(self):
        orders = self.env["sale.order"].with_user(self.sale_user)

        order = orders.with_context(
            default_proforma_state="issued",
            default_proforma_number="PF/2026/99999",
            default_proforma_accepted_by_hand="By phone",
        ).create({"partner_id": self.customer.id})

        self.assertRecordValues(
            order,
            [
                {
                    "proforma_state": "none",
                    "proforma_number": False,
                    "proforma_accepted_by_hand": False,
                }
            ],
        )

    def test_defaults_of_a_user_make_no_proforma(self):
        self.env["ir.default"].set(
            "sale.order", "proforma_state", "issued", user_id=self.sale_user.id
        )

        order = (
            self.env["sale.order"]
            .with_user(self.sale_user)
            .create({"partner_id": self.customer.id})
        )

        self.assertEqual(order.proforma_state, "none")

    def test_plain_quotation_may_be_signed(self):
        order = self._create_sellers_order()

        order.write(SIGNATURE_VALUES)

        self.assertEqual(order.signed_by, "Marie Martin")

    def test_plain_quotation_may_be_written_to_any_state(self):
        order = self._create_sellers_order()
        for state in ("sent", "draft", "sale"):
            with self.subTest(state):
                order.write({"state": state})

                self.assertEqual(order.state, state)

    def test_salesperson_still_writes_the_rest_of_a_proforma(self):
        order = self._create_sellers_proforma()

        order.write({"origin": "Trade fair", "state": "sent"})

        self.assertEqual(order.origin, "Trade fair")

    def test_core_state_written_to_cancel_cancels_the_proforma(self):
        order = self._create_sellers_proforma()

        order.write({"state": "cancel"})

        self.assertEqual(order.proforma_state, "cancelled")

    def test_core_state_written_to_sale_accepts_what_may_be_confirmed(self):
        order = self._create_sellers_proforma(
            proforma_deposit_plan_id=self.plan_30_70.id
        )
        order.sudo().proforma_accepted_by_hand = "By telephone"

        order.write({"state": "sale"})

        self.assertEqual(order.proforma_state, "accepted")
        self.assertEqual(order.sudo().proforma_deposit_ids[0].state, "due")
