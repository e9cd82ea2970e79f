from odoo.tests import tagged

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

    def test_reminder_plan_of_the_website_goes_before_that_of_its_company(self):
        plan = self.env["proforma.reminder.plan"].create({"name": "Of the shop"})
        self.website.proforma_reminder_plan_id = plan

        cart = self._create_cart(self.buyer.partner_id)

        self.assertEqual(cart.proforma_reminder_plan_id, plan)
