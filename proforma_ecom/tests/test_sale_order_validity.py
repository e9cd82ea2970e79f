from ast import literal_eval
from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-23 10:00:00")
class TestSaleOrderValidity(ProformaCommon):
    """For how long a pro forma is valid; the company's days are those of Paris."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["sale.order.template"].create({"name": "Kitchen"})

    def _create_order_with_days(self, company=0, customer=0, template=0, **values):
        self.env.company.quotation_validity_days = company
        self.customer.proforma_validity_days = customer
        self.template.number_of_days = template
        return self._create_order(sale_order_template_id=self.template.id, **values)

    def test_most_specific_place_decides(self):
        for places, expected, reason in [
            ({"company": 30}, date(2026, 12, 23), "company"),
            ({"company": 30, "customer": 60}, date(2027, 1, 22), "customer"),
            ({"customer": 60}, date(2027, 1, 22), "customer, company without"),
            ({"company": 30, "customer": 60, "template": 8}, date(2026, 12, 1), "all"),
            ({"company": 30, "template": 8}, date(2026, 12, 1), "no customer"),
            ({"template": 8, "validity_date": "2026-11-30"}, date(2026, 11, 30), "own"),
            ({}, False, "nobody says it"),
        ]:
            with self.subTest(reason):
                order = self._create_order_with_days(**places)

                self.assertEqual(order.validity_date, expected)

    def test_contact_is_as_long_as_his_company(self):
        contact = self._create_customer(
            "Marie", parent_id=self.customer.id, is_company=False
        )

        order = self._create_order_with_days(30, 60, partner_id=contact.id)

        self.assertEqual(order.validity_date, date(2027, 1, 22))

    def test_days_of_a_customer_are_those_of_one_company(self):
        second = self.env["res.company"].create({"name": "Second"})
        second.quotation_validity_days = 5

        self.customer.proforma_validity_days = 60
        order = self._create_order(company_id=second.id)

        self.assertEqual(order.validity_date, date(2026, 11, 28))

    def test_other_customer_has_other_days(self):
        order = self._create_order_with_days(30, 60)
        order.partner_id = self._create_customer("Café Petit")

        self.assertEqual(order.validity_date, date(2026, 12, 23))

    def test_days_begin_on_the_day_of_the_company(self):
        for now, zone, user_zone, expected in [
            ("2026-11-23 23:30:00", "Europe/Paris", "UTC", date(2026, 12, 24)),
            ("2026-11-23 23:30:00", "UTC", "Europe/Paris", date(2026, 12, 23)),
            ("2026-11-23 12:00:00", "Pacific/Auckland", "UTC", date(2026, 12, 24)),
            ("2026-11-24 02:00:00", "America/Santiago", "UTC", date(2026, 12, 23)),
        ]:
            with self.subTest(zone), freeze_time(now):
                self.env.company.partner_id.tz = zone
                self.env.user.tz = user_zone
                order = self._create_order_with_days(30)

                self.assertEqual(order.validity_date, expected)

    def test_issue_without_a_last_day_takes_thirty_days(self):
        order = self._create_order_with_days()
        order.action_proforma_issue()

        self.assertEqual(order.validity_date, date(2026, 12, 23))

    def test_issue_without_a_last_day_asks_the_customer(self):
        order = self._create_order_with_days(30, 60, validity_date=False)
        order.action_proforma_issue()

        self.assertEqual(order.validity_date, date(2027, 1, 22))

    def test_what_was_sent_keeps_its_last_day(self):
        order = self._create_order_with_days(30)
        order.action_proforma_issue()
        other = self._create_customer("Café Petit", proforma_validity_days=5)
        for values in (
            {"partner_id": other.id},
            {"sale_order_template_id": False},
        ):
            with self.subTest(values):
                order.write(values)

                self.assertEqual(order.validity_date, date(2026, 12, 23))

    def test_absurd_days_are_refused(self):
        for days in (-1, 4000):
            with self.subTest(days), self.assertRaises(ValidationError):
                self.customer.proforma_validity_days = days

    # === COUNTDOWN === #

    def test_days_left_are_counted_on_the_calendar_of_the_company(self):
        order = self._create_proforma(validity_date="2026-11-30")
        for now, days, text in [
            ("2026-11-23 10:00:00", 7, "7 days left"),
            ("2026-11-28 22:59:00", 2, "2 days left"),
            ("2026-11-28 23:00:00", 1, "1 day left"),
            ("2026-11-30 22:59:59", 0, "last day today"),
            ("2026-11-30 23:00:00", 0, False),
        ]:
            with self.subTest(now), freeze_time(now):
                self.env.invalidate_all()

                self.assertEqual(order.proforma_days_left, days)
                self.assertEqual(order.proforma_time_left or False, text)

    def test_only_what_can_be_accepted_counts_down(self):
        orders = self.env["sale.order"]
        for state in ("declined", "expired", "revising", "cancelled"):
            order = self._create_proforma()
            order._update_proforma_state(state)
            orders |= order
        orders |= self._create_order()

        self.assertFalse(any(orders.mapped("proforma_days_left")))
        self.assertFalse(any(orders.mapped("proforma_time_left")))

    # === SEARCH === #

    def _search_filter(self, name):
        """Return what a filter of the search view finds."""
        view = self.env.ref("proforma_ecom.sale_order_view_search")
        domain = view._get_combined_arch().xpath(f"//filter[@name='{name}']/@domain")
        return self.env["sale.order"].search(literal_eval(domain[0]))

    def test_filter_finds_what_expires_this_week(self):
        # A week of en_US goes from Sunday, the 22nd, to Saturday, the 28th.
        orders = [
            self._create_proforma(validity_date=f"2026-11-{day}")
            for day in (23, 28, 29)
        ]

        found = self._search_filter("expires_this_week")

        self.assertEqual([order in found for order in orders], [True, True, False])

    def test_filter_finds_what_expired_lately(self):
        lately, long_ago, issued = (
            self._create_proforma(validity_date=f"2026-{day}")
            for day in ("12-01", "11-23", "12-02")
        )
        (lately | long_ago)._set_proforma_expired()

        with freeze_time("2026-12-31 10:00:00"):
            found = self._search_filter("expired_lately")

        self.assertEqual(found & (lately | long_ago | issued), lately)

    def test_filter_finds_whose_current_version_nobody_has_seen(self):
        unseen, seen, anew = (self._create_proforma() for _ in range(3))
        (seen | anew)._proforma_log_event("viewed", partner=self.customer)
        anew.action_proforma_revise()
        anew.action_proforma_issue()

        found = self._search_filter("not_viewed")

        self.assertEqual(found & (unseen | seen | anew), unseen | anew)

    def test_calendar_moves_no_deadline(self):
        arch = self.env.ref("proforma_ecom.sale_order_view_calendar").arch

        self.assertIn('edit="0"', arch)
