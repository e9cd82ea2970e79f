from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common_status import ProformaStatusCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-20 10:00:00")
class TestSaleOrderRenewal(ProformaStatusCommon):
    def _ask(self, order, **kwargs):
        with self.mock_mail_gateway():
            return order.sudo()._proforma_request_renewal(self.customer, **kwargs)

    def _assert_untouched(self, order):
        self.assertRecordValues(
            order,
            [
                {
                    "proforma_state": "expired",
                    "amount_total": 1000.0,
                    "proforma_version_count": 1,
                    "validity_date": date(2026, 11, 11),
                }
            ],
        )

    # === AT ONCE === #

    def test_unchanged_prices_renew_at_once(self):
        order = self._create_expired()

        self.assertEqual(self._ask(order), "renewed")

        self.assertRecordValues(
            order,
            [
                {
                    "proforma_state": "issued",
                    "proforma_version_count": 2,
                    "validity_date": date(2026, 11, 30),  # Ten days, as before.
                }
            ],
        )
        [mail] = self._mails
        self.assertIn("new version", mail["subject"])
        event = order.proforma_event_ids.filtered(lambda e: e.kind == "renewed")
        self.assertEqual(event.partner_id, self.customer)
        self.assertFalse(order.activity_ids)

    def test_change_is_measured_by_the_limit(self):
        for limit, price, outcome in (
            (0.0, 100.01, "renewal_asked"),
            (0.0, 99.0, "renewal_asked"),
            (5.0, 105.0, "renewed"),
            (5.0, 105.01, "renewal_asked"),
            (5.0, 95.0, "renewed"),
            (5.0, 94.99, "renewal_asked"),
            (100.0, 200.0, "renewed"),
        ):
            with self.subTest(limit=limit, price=price):
                self.env.company.proforma_renewal_limit = limit
                self.product.list_price = 100.0
                order = self._create_expired()
                self.product.list_price = price

                self.assertEqual(self._ask(order), outcome)

                total = 10 * price if outcome == "renewed" else 1000.0
                self.assertAlmostEqual(order.amount_total, total)

    def test_new_version_shows_old_and_new_price_and_why(self):
        self.env.company.proforma_renewal_limit = 10
        order = self._create_expired()
        self.product.list_price = 105.0

        self._ask(order)

        old, new = order.proforma_version_ids.sorted("version")
        blocks = new._prepare_differences_values(old)["blocks"]
        [item] = [b for b in blocks if b["title"] == "Lines"][0]["items"]
        rows = {row["label"]: (row["old"], row["new"]) for row in item["rows"]}
        self.assertEqual(rows["Unit price"], (["100.00"], ["105.00"]))
        self.assertEqual(rows["Why"], ([], ["New price of the product"]))

    def test_cost_is_no_reason_for_the_customer(self):
        order = self._create_expired()
        version = order.proforma_version_id
        version.env.cr.execute(
            'UPDATE proforma_version SET price_reasons = \'{"7": "cost"}\''
            " WHERE id = %s",
            [version.id],
        )
        version.invalidate_recordset()
        portal = self.env.ref("base.public_user")

        seen = version.with_user(portal).sudo()._get_price_reason_text(7)

        self.assertEqual(version._get_price_reason_text(7), "New cost")
        self.assertEqual(seen, "New price list")

    def test_agreed_price_and_discount_stay(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_listed_order(validity_date="2026-11-11")
            order.order_line.write({"price_unit": 77.0, "discount": 5.0})
            order.action_proforma_issue()
        with freeze_time("2026-11-12 10:00:00"):
            order._set_proforma_expired()
        self.product.list_price = 500.0

        self.assertEqual(self._ask(order), "renewed")

        self.assertRecordValues(order.order_line, [{"price_unit": 77, "discount": 5}])

    def test_rate_of_today_holds(self):
        currency = self.env["res.currency"].create(
            {"name": "QQQ", "symbol": "Q", "rounding": 0.01}
        )
        self.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "name": name, "rate": rate}
                for name, rate in (("2026-10-01", 2.0), ("2026-11-20", 2.1))
            ]
        )
        price_list = self.env["product.pricelist"].create(
            {"name": "Q", "currency_id": currency.id}
        )
        self.env.company.proforma_renewal_limit = 5
        order = self._create_expired(pricelist_id=price_list.id)

        self._ask(order)

        version = order.proforma_version_id
        self.assertEqual(version.amount_total, 2100.0)
        self.assertAlmostEqual(version.currency_rate, 2.1)
        self.assertEqual(set(version.price_reasons.values()), {"rate"})

    def test_customer_who_is_faster_than_the_clock(self):
        order = self._create_expired()
        order._update_proforma_state("issued")

        self.assertEqual(self._ask(order), "renewed")

        self.assertEqual(order.proforma_version_id.version, 2)

    def test_validity_of_a_single_day_is_renewed_for_one(self):
        with freeze_time("2026-11-01 10:00:00"):
            order = self._create_listed_order(validity_date="2026-11-01")
            order.action_proforma_issue()
        order._set_proforma_expired()

        self._ask(order)

        self.assertEqual(order.validity_date, date(2026, 11, 21))

    # === BY THE SALESPERSON === #

    def test_changed_price_is_for_the_salesperson(self):
        order = self._create_expired()
        self.product.list_price = 110.0

        self.assertEqual(self._ask(order), "renewal_asked")

        self._assert_untouched(order)
        self.assertEqual(self._count_events(order, "renewal_asked"), 1)
        activity = order.activity_ids
        self.assertEqual(activity.user_id, self.sale_user)
        for text in ("1,000.00", "1,100.00", "+10.0 %"):
            self.assertIn(text, activity.note.replace("\N{NO-BREAK SPACE}", " "))

    def test_what_a_person_has_to_look_at(self):
        def discount_by_hand(order):
            self.env["product.pricelist.item"].create(
                {
                    "pricelist_id": order.pricelist_id.id,
                    "applied_on": "3_global",
                    "compute_price": "percentage",
                    "percent_price": 10,
                    "date_start": "2026-11-15",
                }
            )
            order.with_context(proforma_check_later=True).order_line.discount = 5.0

        self._enable_discounts()
        company = self.env.company
        for reason, change in (
            ("policy", lambda _o: company.write({"proforma_renewal_policy": "never"})),
            ("product", lambda _o: self.product.write({"sale_ok": False})),
            ("product", lambda _o: self.product.write({"active": False})),
            ("discount", discount_by_hand),
        ):
            with self.subTest(reason):
                company.proforma_renewal_policy = "automatic"
                self.product.write({"active": True, "sale_ok": True})
                price_list = self.env["product.pricelist"].create({"name": "Own"})
                order = self._create_expired(pricelist_id=price_list.id)
                change(order)

                plan = order._prepare_proforma_renewal(date(2026, 11, 20))

                self.assertEqual(plan["reason"], reason)
                self.assertEqual(self._ask(order), "renewal_asked")

    def test_what_keeps_it_from_being_issued_is_told(self):
        order = self._create_expired()
        self.customer.write({"street": False, "city": False, "zip": False})

        self.assertEqual(self._ask(order), "renewal_asked")

        self._assert_untouched(order)
        self.assertIn("cannot be issued yet", order.activity_ids.note)

    def test_request_is_confirmed_by_mail_where_wanted(self):
        self._switch("received", True)
        self.env.company.proforma_renewal_policy = "never"
        order = self._create_expired()

        self._ask(order)

        found = [m for m in self._mails if "received your request" in m["subject"]]
        self.assertEqual(found[0]["email_to"], [self.customer.email_formatted])

    def test_words_of_the_customer_are_in_the_discussion(self):
        order = self._create_expired()

        self._ask(order, message="  We still need <b>it</b>.  ")

        bodies = "".join(order.message_ids.mapped("body"))
        self.assertIn("We still need &lt;b&gt;it&lt;/b&gt;.", bodies)

    # === TWICE === #

    def test_second_click_has_no_effect(self):
        for policy, outcome in (("automatic", "renewed"), ("never", "renewal_asked")):
            with self.subTest(policy):
                self.env.company.proforma_renewal_policy = policy
                order = self._create_expired()
                self._ask(order)
                count = len(order.proforma_event_ids), len(order.activity_ids)

                self.assertEqual(self._ask(order), outcome)

                self.assertFalse(self._mails)
                self.assertEqual(
                    count, (len(order.proforma_event_ids), len(order.activity_ids))
                )

    def test_renewed_pro_forma_that_expires_again_is_renewed_again(self):
        order = self._create_expired()
        self._ask(order)
        with freeze_time("2026-12-05 10:00:00"):
            order._set_proforma_expired()

            self.assertEqual(self._ask(order), "renewed")

        self.assertEqual(order.proforma_version_id.version, 3)

    def test_nothing_to_renew(self):
        reason = self.env["proforma.decline.reason"]
        for state, move in (
            ("issued", lambda _order: None),
            ("revising", lambda order: order.action_proforma_revise()),
            ("declined", lambda order: order._set_proforma_declined(reason)),
            ("accepted", self._sign),
            ("cancelled", lambda order: order._set_proforma_cancelled()),
        ):
            with self.subTest(state):
                order = self._create_listed_order()
                order.action_proforma_issue()
                move(order)
                self.assertEqual(order.proforma_state, state)

                with self.assertRaises(UserError):
                    self._ask(order)

                self.assertEqual(self._count_events(order, "renewal_asked"), 0)

    # === SETTINGS === #

    def test_limit_is_a_percentage(self):
        for limit in (-0.1, 100.1):
            with (
                self.subTest(limit),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.company.proforma_renewal_limit = limit
                self.env.flush_all()

    def test_each_company_has_its_own_rule(self):
        other = self.env["res.company"].create({"name": "Other"})
        other.proforma_renewal_policy = "never"
        order = self._create_expired(
            order_line=[Command.create({"product_id": self.product.id})]
        )

        self.assertEqual(self._ask(order), "renewed")
