from datetime import date

from psycopg2 import IntegrityError

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderSettings(ShopProformaCommon):
    def test_website_goes_before_its_company(self):
        plan_50 = self.env.ref("proforma_ecom.deposit_plan_50_50")
        self.env.company.proforma_deposit_plan_id = self.env.ref(
            "proforma_ecom.deposit_plan_30_70"
        )
        self.website.proforma_deposit_plan_id = plan_50

        cart = self._create_cart(self.buyer.partner_id)

        self.assertEqual(cart.proforma_deposit_plan_id, plan_50)

    def test_customer_goes_before_the_website(self):
        plan_100 = self.env.ref("proforma_ecom.deposit_plan_100")
        self.website.proforma_deposit_plan_id = self.env.ref(
            "proforma_ecom.deposit_plan_50_50"
        )
        self.buyer.partner_id.proforma_deposit_plan_id = plan_100

        cart = self._create_cart(self.buyer.partner_id)

        self.assertEqual(cart.proforma_deposit_plan_id, plan_100)

    def test_layout_of_the_website_goes_before_that_of_its_company(self):
        self.env.company.proforma_layout_id = self.env.ref(
            "proforma_ecom.layout_compact"
        )
        modern = self.env.ref("proforma_ecom.layout_modern")
        self.website.proforma_layout_id = modern

        cart = self._create_cart(self.buyer.partner_id)

        self.assertEqual(cart.proforma_layout_id, modern)

    @freeze_time("2026-11-23 10:00:00")
    def test_validity_comes_from_the_most_specific_place(self):
        self.env.company.quotation_validity_days = 30
        for website, customer, expected, reason in [
            (0, 0, date(2026, 12, 23), "company"),
            (10, 0, date(2026, 12, 3), "website before company"),
            (10, 60, date(2027, 1, 22), "customer before website"),
        ]:
            self.website.proforma_validity_days = website
            self.buyer.partner_id.proforma_validity_days = customer
            with self.subTest(reason):
                cart = self._create_cart(self.buyer.partner_id)

                self.assertEqual(cart.validity_date, expected)

    @mute_logger("odoo.sql_db")
    def test_negative_validity_of_a_website_is_refused(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.website.proforma_validity_days = -1
            self.website.flush_recordset()

    def test_reminder_plan_of_the_website_goes_before_that_of_its_company(self):
        plan = self.env["proforma.reminder.plan"].create({"name": "Of the shop"})
        self.website.proforma_reminder_plan_id = plan

        cart = self._create_cart(self.buyer.partner_id)

        self.assertEqual(cart.proforma_reminder_plan_id, plan)
