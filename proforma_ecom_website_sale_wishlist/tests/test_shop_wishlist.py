from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WishlistCommon


@tagged("post_install", "-at_install")
class TestShopWishlist(WishlistCommon):
    """The button on the page of the wish list."""

    def _has_button(self):
        return "o_proforma_wishlist" in self.url_open("/shop/wishlist").text

    def test_customer_gets_it_in_one_click(self):
        self._open_session("marie")

        response = self._ask_for_wishes()

        order = self._get_proformas()
        lines = order.website_order_line
        self.assertIn(f"/my/proformas/{order.id}", response.headers["Location"])
        self.assertEqual(lines.product_id, self.product | self.cover)
        self.assertEqual(lines.mapped("product_uom_qty"), [1.0, 1.0])

    def test_wish_list_stays(self):
        self._open_session("marie")

        self._ask_for_wishes()

        self.assertEqual(len(self.wishes.exists()), 2)
        self.assertIn("Cover", self.url_open("/shop/wishlist").text)

    def test_guest_is_asked_for_his_address_first(self):
        self._open_session()
        self.make_jsonrpc_request("/shop/wishlist/add", {"product_id": self.cover.id})

        response = self._ask_for_wishes()

        self.assertIn("/shop/address", response.headers["Location"])
        self.assertIn("Cover", self.url_open("/shop/cart").text)

    def test_second_click_leads_to_the_same_pro_forma(self):
        self._open_session("marie")
        first = self._ask_for_wishes()

        second = self._ask_for_wishes()

        self.assertEqual(len(self._get_proformas()), 1)
        self.assertEqual(second.headers["Location"], first.headers["Location"])

    def test_what_is_in_the_cart_already_keeps_its_quantity(self):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)

        self._ask_for_wishes()

        self.assertEqual(cart.proforma_state, "issued")
        self.assertEqual(
            {line.product_id: line.product_uom_qty for line in cart.website_order_line},
            {self.product: 5.0, self.cover: 1.0},
        )

    def test_file_in_the_place_of_the_wishes_breaks_nothing(self):
        self._open_session("marie")

        response = self.url_open(
            "/shop/proforma/wishlist",
            data={"csrf_token": http.Request.csrf_token(self)},
            files={"wishes": ("wishes.txt", b"1,2")},
            allow_redirects=False,
        )

        self.assertIn("/my/proformas/", response.headers["Location"])

    def test_wishes_of_another_are_not_put_into_the_cart(self):
        self._create_new_portal_user(login="paul", password="paul")
        before = self.env["sale.order"].search([])
        for login in (None, "paul"):
            self._open_session(login)
            for wishes in ("", ",".join(map(str, self.wishes.ids)), "1e3,é,,²,-1"):
                with self.subTest(login=login, wishes=wishes):
                    response = self._ask_for_wishes(wishes=wishes)

                    self.assertTrue(
                        response.headers["Location"].endswith("/shop/wishlist")
                    )
        self.assertEqual(self.env["sale.order"].search([]), before)

    def test_wishes_on_another_website_stay_there(self):
        other = self.env["website"].create({"name": "Other"})
        self.wishes[1].website_id = other
        self._open_session("marie")

        self._ask_for_wishes(wishes=",".join(map(str, self.wishes.ids)))

        lines = self._get_proformas().website_order_line
        self.assertEqual(lines.product_id, self.product)

    def test_rules_hold_here_too(self):
        self.website.proforma_amount_min = 1000.0
        self._open_session("marie")

        self._ask_for_wishes()

        self.assertFalse(self._get_proformas())
        self.assertIn("start at", self.url_open("/shop/cart").text)

    def test_button_is_there_unless_a_rule_forbids_it(self):
        self._open_session("marie")
        for values, expected in [
            ({}, True),
            ({"proforma_audience": "signed_in"}, True),
            ({"proforma_enabled": False}, False),
        ]:
            self.website.write(values)
            with self.subTest(values):
                self.assertEqual(self._has_button(), expected)

    def test_guest_of_a_shop_for_customers_has_no_button(self):
        self.website.proforma_audience = "signed_in"
        self._open_session()
        self.make_jsonrpc_request("/shop/wishlist/add", {"product_id": self.cover.id})

        page = self.url_open("/shop/wishlist").text

        self.assertIn("Cover", page)
        self.assertNotIn("o_proforma_wishlist", page)

    def test_empty_wish_list_and_one_without_pro_formas_have_no_button(self):
        self.env["product.template"].search([]).proforma_policy = "never"
        self._open_session("marie")
        without_proforma = self._has_button()
        self.wishes.unlink()

        self.assertFalse(without_proforma)
        self.assertFalse(self._has_button())

    def test_link_alone_orders_nothing(self):
        self._open_session("marie")

        with mute_logger("odoo.http"):
            response = self.url_open("/shop/proforma/wishlist")

        self.assertEqual(response.status_code, 405)
        self.assertFalse(self._get_cart())

    def test_form_of_another_site_orders_nothing(self):
        self._open_session("marie")

        with mute_logger("odoo.http"):
            response = self._ask_for_wishes(csrf_token="wrong")

        self.assertEqual(response.status_code, 400)
        self.assertFalse(self._get_cart())

    def test_shop_without_pro_formas_has_no_such_page(self):
        self.website.proforma_enabled = False
        self._open_session("marie")

        response = self._ask_for_wishes()

        self.assertEqual(response.status_code, 404)
        self.assertFalse(self._get_cart())
