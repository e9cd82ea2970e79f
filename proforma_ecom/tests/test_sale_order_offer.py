from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_negotiation import ProformaNegotiationCommon


@tagged("post_install", "-at_install")
class TestSaleOrderOffer(ProformaNegotiationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Revenue 1,100.00, cost 640.00: a margin of 41.82 %.
        cls.env.company.write(
            {
                "proforma_offer_rule": "automatic",
                "proforma_offer_floor": 38.0,
                "proforma_offer_step": 5.0,
                "proforma_offer_rounds": 2,
            }
        )

    # === THE TOTAL === #

    def test_offer_inside_the_corridor_is_the_total_of_the_next_version(self):
        outcome = self._offer("1260", message="Then we sign.")

        self.assertEqual(outcome, "offer_accepted")
        self.assertEqual(self.order.proforma_version_id.amount_total, 1260.0)
        self.assertEqual(self.order.proforma_version_id.version, 2)

    def test_total_is_met_in_a_currency_without_cents(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": yen.id}
        )
        self.env.company.proforma_offer_rule = "never"
        order = self._create_two_lines(pricelist_id=pricelist.id)
        order.action_proforma_issue()

        self._offer("1234.4", order)
        self._answer(order.proforma_waiting_request_ids, "accepted")

        self.assertEqual(order.currency_id, yen)
        self.assertEqual(order.proforma_version_id.amount_total, 1234)

    def test_total_is_met_to_the_cent_with_several_taxes(self):
        taxes = self.env["account.tax"].create(
            [
                {"name": "5.5%", "amount": 5.5, "type_tax_use": "sale"},
                {
                    "name": "8.1% incl.",
                    "amount": 8.1,
                    "type_tax_use": "sale",
                    "price_include_override": "tax_included",
                },
            ]
        )
        self.env.company.proforma_offer_rule = "never"
        for offer in (1199.99, 1234.57, 1000.01, 777.77):
            order = self._create_two_lines()
            order.order_line[1].tax_ids = taxes[0]
            order.order_line = [
                Command.create(
                    {
                        "product_id": self.cover.id,
                        "product_uom_qty": 3,
                        "price_unit": 33.33,
                        "tax_ids": taxes[1].ids,
                    }
                )
            ]
            order.action_proforma_issue()

            self._offer(str(offer), order)
            self._answer(order.proforma_waiting_request_ids, "accepted")

            self.assertEqual(order.proforma_version_id.amount_total, offer)

    def test_answer_says_what_it_became(self):
        self._offer("1260")

        request = self.order.proforma_request_ids
        self.assertIn("1,260.00", request.answer)
        self.assertIn("1,260.00", self._mails[0]["body"])

    def test_discount_does_not_land_among_the_options(self):
        order = self._create_two_lines()
        order.order_line = [
            Command.create(
                {"display_type": "line_section", "name": "Opt", "is_optional": True}
            ),
            Command.create({"product_id": self.cover.id, "product_uom_qty": 0}),
        ]
        order.action_proforma_issue()

        self._offer("1260", order)

        discount = order.order_line.filtered(lambda line: line.price_unit < 0)
        self.assertTrue(discount)
        self.assertFalse(any(line._is_line_optional() for line in discount))

    # === A LINE === #

    def test_offer_for_a_line_is_its_next_price(self):
        outcome = self._offer("97.5", line=self.oven_line)

        self.assertEqual(outcome, "offer_accepted")
        self.assertEqual(self.oven_line.price_unit, 97.5)

    def test_offer_is_compared_with_the_price_after_discount(self):
        self.env.user.group_ids += self.env.ref("sale.group_discount_per_so_line")
        order = self._create_two_lines()
        order.order_line[0].discount = 10.0
        order.action_proforma_issue()

        with self.assertRaisesRegex(UserError, "It is .*90.00 now"):
            self._offer("95", order, line=order.order_line[0])

        self.env.company.proforma_offer_floor = 0.0
        self._offer("88", order, line=order.order_line[0])
        self.assertEqual(
            (order.order_line[0].price_unit, order.order_line[0].discount), (88.0, 0.0)
        )

    def test_consumer_offers_a_price_with_taxes(self):
        self.customer.is_company = False
        order = self._create_two_lines()
        order.action_proforma_issue()

        self._offer("117.60", order, line=order.order_line[0])

        self.assertAlmostEqual(order.order_line[0].price_unit, 98.0)

    # === THE RULE === #

    def test_offer_below_the_floor_is_refused_kindly(self):
        outcome = self._offer("1200")  # Revenue 1,000.00: a margin of 36 %.

        self.assertEqual(outcome, "offer_refused")
        request = self.order.proforma_request_ids
        self.assertEqual(request.state, "refused")
        self.assertIn("Thank you for your offer", request.answer)
        self.assertIn("1,320.00", request.answer)
        self.assertEqual(self.order.proforma_version_id.version, 1)
        self.assertEqual(len(self._mails), 1)

    def test_offer_for_a_line_below_the_floor_is_refused(self):
        self.env.company.proforma_offer_step = 50.0

        # The line would leave 37.5 %, the whole more than the floor.
        self.env.company.proforma_offer_floor = 37.6
        self.assertEqual(self._offer("96", line=self.oven_line), "offer_refused")

    def test_offer_at_the_floor_is_accepted(self):
        self.env.company.proforma_offer_floor = 37.5

        self.assertEqual(self._offer("96", line=self.oven_line), "offer_accepted")

    def test_step_that_is_too_large_waits(self):
        self.env.company.proforma_offer_floor = 0.0

        self.assertEqual(self._offer("1253"), "offer_asked")

        request = self.order.proforma_waiting_request_ids
        self.assertEqual(request.amount_asked, 1253.0)
        self.assertEqual(self.order.proforma_state, "issued")

    def test_offers_beyond_the_rounds_wait(self):
        self.env.company.proforma_offer_floor = 0.0
        self.assertEqual(self._offer("1310"), "offer_accepted")
        self.assertEqual(self._offer("1300"), "offer_accepted")

        self.assertEqual(self._offer("1290"), "offer_asked")

    def test_product_whose_cost_is_not_known_waits(self):
        self.tray.standard_price = 0.0

        self.assertEqual(self._offer("1310"), "offer_asked")

    def test_margin_counts_in_the_currency_of_the_company(self):
        # 1 of ours is 2 of theirs: the same figures would be twice the margin.
        currency = self.env["res.currency"].create(
            {
                "name": "XTS",
                "symbol": "X",
                "rate_ids": [Command.create({"name": "2000-01-01", "rate": 2.0})],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "X", "currency_id": currency.id}
        )
        order = self._create_two_lines(pricelist_id=pricelist.id)
        order.action_proforma_issue()

        self.assertEqual(order.amount_total, 2640.0)
        self.assertEqual(self._offer("2400", order), "offer_refused")

    def test_salesperson_decides_where_the_company_says_so(self):
        self.env.company.proforma_offer_rule = "never"

        self.assertEqual(self._offer("1", message="Please"), "offer_asked")

    # === WHAT IS REFUSED === #

    def test_bad_amount_changes_nothing_and_says_why(self):
        for typed, sentence in (
            ("-1", "Enter an amount"),
            ("NaN", "Enter an amount"),
            ("1e3", "Enter an amount"),
            ("", "Enter an amount"),
            ("1.200", "Enter an amount"),
            ("0", "more than 0"),
            ("0.001", "more than 0"),
            ("1320", "offer less"),
            ("1000000000", "offer less"),
        ):
            with (
                self.subTest(typed),
                self.assertRaisesRegex(UserError, sentence),
                self.env.cr.savepoint(),
            ):
                self._offer(typed)
            self.assertUntouched()

    def test_line_that_is_not_there_is_not_the_whole(self):
        with self.assertRaisesRegex(UserError, "this line is not there"):
            self._offer("90", line=self.env["sale.order.line"])

        self.assertUntouched()

    def test_second_offer_waits_for_the_answer_to_the_first(self):
        self.env.company.proforma_offer_rule = "never"
        self._offer("1000")

        with self.assertRaisesRegex(UserError, "waits for our answer"):
            self._offer("1001")

    def test_offer_for_an_earlier_version_is_refused(self):
        seen = self.order.proforma_version_id
        self._offer("1310")

        with self.assertRaisesRegex(UserError, "has changed meanwhile"):
            self._offer("1300", version=seen)

    # === THE SALESPERSON === #

    def test_waiting_offer_leaves_the_pro_forma_to_be_accepted(self):
        self.env.company.proforma_offer_rule = "never"
        self._offer("1000")
        request = self.order.proforma_waiting_request_ids

        self._sign(self.order)

        self.assertEqual(self.order.proforma_state, "accepted")
        self.assertEqual(request.state, "withdrawn")

    def test_customer_who_waits_for_an_answer_is_not_reminded(self):
        self.env.company.proforma_offer_rule = "never"
        reminders = self.order.proforma_reminder_ids
        self.assertEqual(set(reminders.mapped("state")), {"planned"})

        self._offer("1000")

        self.assertEqual(set(reminders.mapped("state")), {"skipped"})

    def test_accepted_offer_is_the_next_version(self):
        self.env.company.proforma_offer_rule = "never"
        self._offer("1000")
        request = self.order.proforma_waiting_request_ids

        self._answer(request, "accepted", "Because it is you.")

        self.assertEqual(self.order.proforma_version_id.amount_total, 1000.0)
        self.assertIn("Because it is you.", request.answer)
        self.assertIn("1,000.00", request.answer)

    def test_refused_offer_says_why(self):
        self.env.company.proforma_offer_rule = "never"
        self._offer("1000")
        request = self.order.proforma_waiting_request_ids

        self._answer(request, "refused", "Steel is dear.")

        self.assertIn("Steel is dear.", self._mails[0]["body"])
        self.assertEqual(self.order.proforma_version_id.version, 1)
