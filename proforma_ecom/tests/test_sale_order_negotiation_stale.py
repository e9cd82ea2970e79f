from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common_negotiation import (
    ProformaNegotiationCommon,
    ProformaNegotiationPortalCommon,
)


@tagged("post_install", "-at_install")
class TestSaleOrderNegotiationStale(ProformaNegotiationCommon):
    """Answers to what was asked about another state of the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.proforma_offer_rule = "never"

    def test_offer_for_less_goods_does_not_buy_more(self):
        self._offer("1200")
        request = self.order.proforma_waiting_request_ids
        self._change({f"qty_{self.oven_line.id}": "14"})
        self.assertEqual(self.order.proforma_version_id.version, 2)

        with self.assertRaises(UserError):
            self._answer(request, "accepted")

    def test_offer_is_never_accepted_as_a_raise(self):
        self._offer("1300")
        request = self.order.proforma_waiting_request_ids
        self.order.order_line[0].price_unit = 80.0
        self.order.action_proforma_issue()
        self.assertEqual(request.state, "waiting")

        with self.assertRaises(UserError):
            self._answer(request, "adapted")

    def test_line_offer_is_never_accepted_as_a_raise(self):
        self._offer("95", line=self.oven_line)
        request = self.order.proforma_waiting_request_ids
        self.oven_line.price_unit = 80.0
        self.order.action_proforma_issue()

        with self.assertRaises(UserError):
            self._answer(request, "adapted")

    def test_withdrawn_offer_that_we_work_on_is_told(self):
        self._offer("1200")
        request = self.order.proforma_waiting_request_ids
        self._answer(request, "adapted")

        self.order.sudo()._proforma_withdraw_request(request, self.customer)

        summaries = self.order.activity_ids.mapped("summary")
        self.assertTrue(any("any more" in text for text in summaries), summaries)

    def test_refused_offer_that_was_taken_off_again_gives_the_version_back(self):
        self._offer("95", line=self.oven_line)
        request = self.order.proforma_waiting_request_ids
        self._answer(request, "adapted")
        self.oven_line.price_unit = 100.0
        self.assertEqual(self.order.proforma_state, "revising")

        self._answer(request, "refused", "Steel is dear.")

        self.assertEqual(self.order.proforma_state, "issued")

    def test_accepted_offer_loses_no_change(self):
        self.env.company.proforma_change_rule = "never"
        self._offer("1200")
        offer = self.order.proforma_waiting_request_ids
        self._change({f"qty_{self.oven_line.id}": "14"})
        change = self.order.proforma_waiting_request_ids - offer

        self._answer(offer, "accepted")

        self.assertEqual(change.state, "waiting")

    def test_later_change_loses_no_earlier_one(self):
        self.env.company.proforma_change_rule = "never"
        first = self.order.sudo()._proforma_create_request("change")
        self._change({f"qty_{self.tray_line.id}": "3"})
        second = self.order.proforma_waiting_request_ids - first

        self._answer(second, "accepted")

        self.assertEqual(first.state, "waiting")

    def test_free_product_is_not_added_by_the_thousand(self):
        self.cover.list_price = 0.0

        outcome = self._change({f"add_{self.cover.id}": "1000"})

        self.assertEqual(outcome, "change_asked")

    def test_free_goods_do_not_grow_by_themselves(self):
        order = self._create_two_lines()
        order.order_line[1].price_unit = 0.0
        order.action_proforma_issue()

        outcome = self._change({f"qty_{order.order_line[1].id}": "900000"}, order)

        self.assertEqual(outcome, "change_asked")

    def test_goods_given_away_do_not_grow_by_themselves(self):
        order = self._create_two_lines()
        order.order_line[1].price_unit = 0.01
        order.action_proforma_issue()

        outcome = self._change({f"qty_{order.order_line[1].id}": "9000"}, order)

        self.assertEqual(outcome, "change_asked")

    def test_hidden_prices_stay_hidden(self):
        order = self._create_two_lines()
        section = {"display_type": "line_section", "name": "Kit"}
        order.order_line = [
            Command.create({**section, "collapse_prices": True, "sequence": 1})
        ]
        order.action_proforma_issue()

        change = order.sudo()._read_proforma_change({})
        texts = order.sudo()._prepare_proforma_change_texts(change)
        rows = order.sudo()._prepare_proforma_change_rows({}, texts)

        self.assertEqual(len(rows), 3)
        self.assertNotIn("100.00", str(rows))

    def test_discount_of_the_price_list_is_not_added_to_an_accepted_offer(self):
        self.env.user.group_ids += self.env.ref("sale.group_discount_per_so_line")
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Ten",
                "item_ids": [
                    Command.create(
                        {"compute_price": "percentage", "percent_price": 10.0}
                    )
                ],
            }
        )
        order = self._create_two_lines(pricelist_id=pricelist.id)
        self.assertEqual(order.order_line[0].discount, 10.0)
        order.action_proforma_issue()
        self._offer("88", order, line=order.order_line[0])
        self._answer(order.proforma_waiting_request_ids, "accepted")
        self._change({f"qty_{order.order_line[0].id}": "11"}, order)
        self.assertEqual(
            (order.order_line[0].price_unit, order.order_line[0].discount), (88.0, 0.0)
        )

    def test_offer_for_what_expired_makes_it_valid_again(self):
        self._offer("1200")
        request = self.order.proforma_waiting_request_ids
        self.order._set_proforma_expired()

        self._answer(request, "accepted")

        self.assertEqual(self.order.proforma_state, "issued")
        self.assertFalse(self.order._proforma_acceptance_error_message())

    def test_colleague_who_asked_hears_the_answer(self):
        paul = self._create_customer("Paul", parent_id=self.customer.id)
        paul.email = "paul@example.com"
        self._offer("1200", partner=paul)
        request = self.order.proforma_waiting_request_ids

        self._answer(request, "refused", "Steel is dear.")

        to = {mail["email_to"][0] for mail in self._mails}
        self.assertEqual(to, {paul.email_formatted, self.customer.email_formatted})

    def test_salesperson_on_the_page_gets_no_mail_of_the_customer(self):
        self._offer("1200", partner=self.sale_user.partner_id)
        request = self.order.proforma_waiting_request_ids

        self._answer(request, "refused", "Steel is dear.")

        [mail] = self._mails
        self.assertEqual(mail["email_to"], [self.customer.email_formatted])

    def test_wizard_shows_nothing_of_others(self):
        self._offer("1200", message="Secret")
        request = self.order.proforma_waiting_request_ids
        self.order.user_id = self.sale_manager
        user = new_test_user(self.env, "lowest", "sales_team.group_sale_salesman")
        wizards = self.env["proforma.request.answer"].with_user(user)

        with self.assertRaises(AccessError):
            wizard = wizards.create({"request_id": request.id, "state": "refused"})
            self.env.invalidate_all()
            wizard.read(["customer_message"])


@tagged("post_install", "-at_install")
class TestSaleOrderNegotiationToken(ProformaNegotiationPortalCommon, HttpCase):
    def test_token_of_other_letters_is_no_error(self):
        self.authenticate(None, None)
        response = self.url_open(f"{self.url}/change?access_token=%C3%A9")
        self.assertEqual(response.status_code, 404)

    def test_token_of_other_kind_is_no_error(self):
        self.authenticate(None, None)
        result = self.make_jsonrpc_request(
            f"{self.url}/change/preview", {"access_token": ["x"]}
        )
        self.assertIn("error", result)
