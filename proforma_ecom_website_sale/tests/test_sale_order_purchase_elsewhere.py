from odoo.fields import Command
from odoo.tests import tagged

from .common_purchase import PurchaseCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPurchaseElsewhere(PurchaseCommon):
    """A pro forma bought at once in another currency, or from another company."""

    def _create_price_list(self, code):
        currency = self.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", code)])
        currency.active = True
        rate = {"name": "2020-01-01", "company_rate": 163.7}
        currency.rate_ids = [Command.clear(), Command.create(rate)]
        return self.env["product.pricelist"].create(
            {"name": code, "currency_id": currency.id, "website_id": self.website.id}
        )

    def test_currencies_without_cents_or_with_three_digits_cost_the_same(self):
        tax = self.env["account.tax"].create({"name": "T", "amount": 5.5})
        self.product.write({"list_price": 9.87, "taxes_id": [Command.set(tax.ids)]})
        for code, digits in (("JPY", 0), ("KWD", 3)):
            price_list = self._create_price_list(code)
            order = self._issue_from_shop(pricelist_id=price_list.id)

            cart = self._turn_into_cart(order)
            self._start_paying(cart, "done")

            with self.subTest(code):
                self.assertEqual(cart.currency_id.name, code)
                self.assertEqual(cart.amount_total, round(order.amount_total, digits))
                self.assertEqual((cart.state, order.state), ("sale", "cancel"))

    def test_order_belongs_to_the_company_of_the_pro_forma(self):
        company = self.env["res.company"].create({"name": "Second Shop"})
        self.env.user.company_ids |= company
        values = {"name": "Second", "company_id": company.id, "proforma_enabled": True}
        self.website = self.env["website"].create(
            {**values, "proforma_purchase": True, "domain": "https://second.test"}
        )
        order = self._issue_from_shop(company_id=company.id, website_id=self.website.id)

        cart = self._turn_into_cart(order)

        self.assertEqual((order | cart).company_id, company)
        self.assertEqual(cart.website_id, self.website)
        self.assertEqual(cart.amount_total, order.amount_total)
