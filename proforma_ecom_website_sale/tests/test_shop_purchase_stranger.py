import odoo
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_purchase import PurchaseCommon

PARIS = {"city": "Paris", "zip": "75001", "country": "FR", "state": ""}


@tagged("post_install", "-at_install")
class TestShopPurchaseStranger(PurchaseCommon):
    """Somebody to whom the link of a pro forma was forwarded, and who buys it."""

    def setUp(self):
        super().setUp()
        self.order = self._issue_from_shop()
        self._open_session()
        self._buy(self.order)
        self.cart = self.order.proforma_cart_ids

    def _call(self, route, **params):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(route, params)
        self.env.invalidate_all()

    def test_he_gets_no_link_to_the_customers_account(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.website.auth_signup_uninvited = "b2c"
        self._start_paying(self.cart)

        self.url_open("/shop/payment/validate")
        page = self.url_open("/shop/confirmation").text

        self.assertIn(self.cart.name, page)
        self.assertNotRegex(page, '/web/(signup|login|reset_password)[^"]*token=')

    def test_who_fills_a_cart_himself_is_still_offered_an_account(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.website.auth_signup_uninvited = "b2c"
        guest = self.env["res.partner"].create(self.address)
        cart = self._create_cart(guest)
        self._open_session(None, cart)
        self.session["sale_last_order_id"] = cart.id
        odoo.http.root.session_store.save(self.session)
        self._start_paying(cart)

        page = self.url_open("/shop/confirmation").text

        self.assertRegex(page, '/web/signup[^"]*token=')

    def test_he_writes_no_address_of_the_customer_by_express_checkout(self):
        contacts = self.env["res.partner"].search_count([])

        self._call(
            "/shop/express/shipping_address_change", partial_delivery_address=PARIS
        )

        self.assertEqual(self.cart.partner_shipping_id, self.order.partner_shipping_id)
        self.assertEqual(self.env["res.partner"].search_count([]), contacts)

    def test_cart_that_goes_elsewhere_is_not_paid(self):
        elsewhere = self.env["res.partner"].create(
            {**self.address, "parent_id": self.buyer.partner_id.id, "type": "delivery"}
        )
        for fname in ("partner_invoice_id", "partner_shipping_id"):
            with self.subTest(fname), self.env.cr.savepoint() as savepoint:
                self.cart[fname] = elsewhere

                self.assertIn(
                    "not any more", self.cart._proforma_checkout_payment_error_message()
                )
                savepoint.rollback()
                self.env.invalidate_all()

    def test_he_chooses_no_pick_up_location(self):
        self._call("/website_sale/set_pickup_location", pickup_location_data="{}")

        self.assertFalse(self.cart._proforma_checkout_payment_error_message())

    def test_he_does_not_empty_it(self):
        self._call("/shop/cart/clear")

        self.assertEqual(len(self.cart.order_line), 2)

    def test_cart_whose_products_are_gone_can_be_put_back(self):
        self.cart.order_line.unlink()

        page = self.url_open("/shop/cart")

        self.assertEqual(page.status_code, 200)
        self.assertIn("/shop/proforma/put_back", page.text)

    def test_another_cart_is_not_merged_into_it(self):
        own = self._create_cart(self.website.user_id.partner_id)

        self.url_open(
            f"/shop/cart?id={own.id}&access_token={own._portal_ensure_token()}"
            "&revive_method=merge"
        )

        self.env.invalidate_all()
        self.assertEqual(own.state, "draft")
        self.assertFalse(self.cart._proforma_checkout_payment_error_message())

    def test_its_options_are_not_changed_while_it_is_being_paid(self):
        self._start_paying(self.cart)._post_process()

        self.assertEqual(self.cart.state, "sent")
        self.assertFalse(self.cart._can_be_edited_on_portal())
