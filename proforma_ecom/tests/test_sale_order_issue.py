from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderIssue(ProformaCommon):
    def test_issue_numbers_freezes_and_starts_the_clock(self):
        with freeze_time("2031-11-23 10:00:00"):
            order = self._create_proforma(validity_date="2031-12-23")

        self.assertRecordValues(
            order,
            [
                {
                    "state": "sent",
                    "proforma_state": "issued",
                    "proforma_number": "PF/2031/00001",
                    "proforma_issued_on": datetime(2031, 11, 23, 10),
                    "proforma_deadline": datetime(2031, 12, 23, 23),
                }
            ],
        )

    def test_second_click_makes_no_second_version(self):
        order = self._create_proforma()

        order.action_proforma_issue()

        self.assertEqual(len(order.proforma_version_ids), 1)

    def test_issue_writes_one_event(self):
        order = self._create_proforma()

        self.assertEqual(order.proforma_event_ids.mapped("kind"), ["issued"])

    def test_missing_validity_is_counted_from_the_companys_day(self):
        self.env.company.quotation_validity_days = 10
        order = self._create_order(validity_date=False)

        with freeze_time("2031-03-31 22:30:00"):  # 1 April in Paris.
            order.action_proforma_issue()

        self.assertEqual(order.validity_date, date(2031, 4, 11))

    def test_signature_is_asked_for(self):
        self.env.company.portal_confirmation_sign = False

        self.assertTrue(self._create_proforma().require_signature)

    def test_issue_of_several_orders_gives_each_a_number(self):
        orders = self._create_order() + self._create_order()

        orders.action_proforma_issue()

        self.assertEqual(len(set(orders.mapped("proforma_number"))), 2)

    def test_salesperson_may_issue_his_own_order(self):
        order = self._create_order(user_id=self.sale_user.id)

        order.with_user(self.sale_user).action_proforma_issue()

        self.assertEqual(order.proforma_event_ids.user_id, self.sale_user)

    def test_plan_without_deposit_asks_for_no_payment(self):
        order = self._create_proforma(
            proforma_deposit_plan_id=self.env.ref("proforma_ecom.deposit_plan_none").id
        )

        self.assertFalse(order._get_proforma_due_deposit())
        self.assertFalse(order.require_payment)

    def test_deposits_follow_the_plan_to_the_cent(self):
        order = self._create_order(proforma_deposit_plan_id=self.plan_30_70.id)
        order.order_line.write({"price_unit": 10.01, "product_uom_qty": 1})

        order.action_proforma_issue()

        self.assertEqual(order.proforma_deposit_ids.mapped("amount"), [3.0, 7.01])

    def test_currency_without_cents_gets_whole_deposits(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": yen.id}
        )
        order = self._create_order(
            pricelist_id=pricelist.id, proforma_deposit_plan_id=self.plan_30_70.id
        )
        order.order_line.write({"price_unit": 1001, "product_uom_qty": 1})

        order.action_proforma_issue()

        self.assertEqual(order.proforma_deposit_ids.mapped("amount"), [300.0, 701.0])
