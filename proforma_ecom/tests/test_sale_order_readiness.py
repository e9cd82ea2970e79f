from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderReadiness(ProformaCommon):
    def _get_codes(self, order):
        return {issue["code"] for issue in order._get_proforma_readiness_issues()}

    def test_complete_order_is_ready(self):
        self.assertFalse(self._create_order()._get_proforma_readiness_issues())

    def test_order_without_line_is_not_ready(self):
        order = self._create_order(order_line=[])

        self.assertEqual(self._get_codes(order), {"no_line"})

    def test_order_of_zero_is_not_ready(self):
        order = self._create_order()
        order.order_line.price_unit = 0

        self.assertEqual(self._get_codes(order), {"zero_total"})

    def test_customer_without_email_is_not_ready(self):
        self.customer.email = False

        self.assertEqual(self._get_codes(self._create_order()), {"no_email"})

    def test_customer_without_street_is_not_ready(self):
        self.customer.street = False

        self.assertEqual(self._get_codes(self._create_order()), {"no_address"})

    def test_customer_without_country_is_not_ready(self):
        self.customer.country_id = False

        self.assertEqual(self._get_codes(self._create_order()), {"no_country"})

    def test_public_visitor_is_not_ready(self):
        order = self._create_order(partner_id=self.env.ref("base.public_partner").id)

        self.assertEqual(self._get_codes(order), {"no_customer"})

    def test_past_validity_is_not_ready(self):
        order = self._create_order(validity_date="2026-11-22")

        with freeze_time("2026-11-22 23:30:00"):  # The 23rd in Paris.
            self.assertEqual(self._get_codes(order), {"validity_past"})

    def test_last_day_of_validity_is_ready(self):
        order = self._create_order(validity_date="2026-11-22")

        with freeze_time("2026-11-22 22:30:00"):  # 23:30 in Paris.
            self.assertFalse(self._get_codes(order))

    def test_validity_of_more_than_ten_years_is_not_ready(self):
        for day, codes in (("2037-01-01", {"validity_far"}), ("2036-12-31", set())):
            with self.subTest(day), freeze_time("2026-11-22 10:00:00"):
                order = self._create_order(validity_date=day)

                self.assertEqual(self._get_codes(order), codes)

    def test_confirmed_order_is_not_ready(self):
        order = self._create_order()
        order.action_confirm()

        self.assertEqual(self._get_codes(order), {"state"})

    def test_one_message_lists_all_that_is_missing(self):
        self.customer.write({"email": False, "street": False})
        order = self._create_order(order_line=[])

        with self.assertRaises(UserError) as caught:
            order.action_proforma_issue()

        self.assertEqual(str(caught.exception).count("\n- "), 3)

    def test_refused_issue_changes_nothing(self):
        order = self._create_order(
            order_line=[Command.create({"display_type": "line_note", "name": "A note"})]
        )

        with self.assertRaises(UserError):
            order.action_proforma_issue()

        self.assertRecordValues(
            order,
            [{"state": "draft", "proforma_state": "none", "proforma_number": False}],
        )
