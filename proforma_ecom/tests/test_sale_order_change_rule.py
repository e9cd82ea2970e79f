from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SIGNATURE
from .common_negotiation import ProformaNegotiationCommon


@tagged("post_install", "-at_install")
class TestSaleOrderChangeRule(ProformaNegotiationCommon):
    def _more_trays(self, quantity="4", order=None, **kwargs):
        order = order or self.order
        typed = {f"qty_{order.order_line[1].id}": quantity}
        return self._change(typed, order, **kwargs)

    # === WHO DECIDES === #

    def test_salesperson_decides_where_the_company_says_so(self):
        self.env.company.proforma_change_rule = "never"

        outcome = self._more_trays(message="For May")

        self.assertEqual(outcome, "change_asked")
        self.assertEqual(self.order.proforma_state, "revising")
        request = self.order.proforma_waiting_request_ids
        self.assertEqual(
            (request.message, request.amount_preview, request.note),
            ("For May", 1440.0, "You decide on it."),
        )
        row = request.line_ids
        self.assertEqual((row.quantity_now, row.quantity_asked), (2.0, 4.0))

    def test_salesperson_reads_what_an_added_product_costs(self):
        self.env.company.proforma_change_rule = "never"

        self._change({f"add_{self.cover.id}": "2"})

        line = self.order.proforma_request_ids.line_ids
        self.assertEqual((line.quantity_asked, line.price_now), (2.0, 30.0))

    def test_waiting_change_leaves_the_order_as_it_was_sent(self):
        self.env.company.proforma_change_rule = "never"

        self._more_trays()

        self.assertFalse(self.order._is_proforma_text_changed())

    def test_change_beyond_the_limit_waits(self):
        self.env.company.proforma_change_limit = 9.0  # It would be 9.09 %.

        self.assertEqual(self._more_trays(), "change_asked")

    def test_change_at_the_limit_is_made(self):
        self.env.company.proforma_change_limit = 9.1

        self.assertEqual(self._more_trays(), "change_accepted")

    def test_less_for_a_price_that_was_agreed_on_waits(self):
        order = self._create_two_lines()
        order.order_line[1].price_unit = 40.0
        order.action_proforma_issue()

        self.assertEqual(self._more_trays("1", order), "change_asked")

    def test_more_for_a_price_that_was_agreed_on_is_made(self):
        order = self._create_two_lines()
        order.order_line[1].price_unit = 40.0
        order.action_proforma_issue()

        self.assertEqual(self._more_trays("3", order), "change_accepted")
        self.assertEqual(order.order_line[1].price_unit, 40.0)

    def test_discount_on_the_whole_was_agreed_on_for_the_whole(self):
        order = self._create_two_lines()
        order.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "amount",
                "discount_amount": 12.0,
            }
        ).action_apply_discount()
        order.action_proforma_issue()

        self.assertEqual(self._more_trays("3", order), "change_asked")

    def test_product_that_is_not_sold_any_more_waits(self):
        self.tray.sale_ok = False

        self.assertEqual(self._more_trays(), "change_asked")

    def test_signed_version_is_not_replaced_by_itself(self):
        self.order.sudo().write({"signed_by": "Marie", "signature": SIGNATURE})

        self.assertEqual(self._more_trays(), "change_asked")

    def test_what_keeps_it_from_being_issued_is_told(self):
        self.customer.write({"street": False, "city": False, "zip": False})

        self.assertEqual(self._more_trays(), "change_asked")

        self.assertIn(
            "cannot be issued yet", self.order.proforma_waiting_request_ids.note
        )
        self.assertEqual(self.tray_line.product_uom_qty, 2.0)

    def test_change_is_not_offered_where_the_company_says_so(self):
        self.env.company.proforma_change_rule = "off"

        with self.assertRaisesRegex(UserError, "Ask us a question"):
            self._more_trays()

    def test_words_with_a_change_that_is_made_are_a_question(self):
        self._more_trays(message="And when?")

        [question] = self.order.proforma_waiting_request_ids
        self.assertEqual((question.kind, question.message), ("question", "And when?"))

    # === WHAT BECOMES OF IT === #

    def _ask(self):
        self.env.company.proforma_change_rule = "never"
        self._more_trays()
        return self.order.proforma_waiting_request_ids

    def test_accepted_change_is_the_next_version(self):
        request = self._ask()

        self._answer(request, "accepted")

        self.assertEqual(self.order.proforma_version_id.amount_total, 1440.0)
        self.assertEqual(request.state, "accepted")
        self.assertEqual(self.order.proforma_state, "issued")

    def test_adapted_change_starts_from_what_was_asked(self):
        request = self._ask()

        self._answer(request, "adapted")
        self.assertEqual(self.tray_line.product_uom_qty, 4.0)

        self.tray_line.product_uom_qty = 3.0
        self.order.action_proforma_issue()
        self.assertEqual(request.state, "adapted")
        self.assertEqual(self.order.proforma_version_id.amount_total, 1380.0)

    def test_withdrawn_change_gives_the_version_back(self):
        request = self._ask()

        self.order.sudo()._proforma_withdraw_request(request, self.customer)

        self.assertEqual(request.state, "withdrawn")
        self.assertFalse(self.order._proforma_acceptance_error_message())
        self.assertFalse(self.order.activity_ids)

    def test_change_that_we_work_on_is_not_lost_by_withdrawing(self):
        request = self._ask()
        self._answer(request, "adapted")

        self.order.sudo()._proforma_withdraw_request(request, self.customer)

        self.assertEqual(self.order.proforma_state, "revising")
        self.assertIn("no change", self.order.activity_ids.summary)

    def test_change_of_a_line_that_is_gone_is_not_accepted(self):
        request = self._ask()
        self.tray_line.unlink()

        with self.assertRaisesRegex(UserError, "not on the order any more"):
            self._answer(request, "accepted")

        self.assertEqual(request.state, "waiting")
