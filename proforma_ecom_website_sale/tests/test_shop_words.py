from odoo import http
from odoo.tests import tagged

from .common_shop import ShopVisitCommon


@tagged("post_install", "-at_install")
class TestShopWords(ShopVisitCommon):
    """What the visitor says with his request."""

    def _ask_with(self, **words):
        cart = self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self._ask_for(cart, **words)
        return cart

    def test_reference_is_printed_on_the_document(self):
        cart = self._ask_with(reference="  PO \t 118 ")

        self.assertEqual(cart.client_order_ref, "PO 118")
        self.assertIn("PO 118", str(cart.proforma_version_id._get_document()))

    def test_message_is_in_the_discussion_in_the_customers_name(self):
        cart = self._ask_with(message="Ring <b>twice</b>")

        said = cart.message_ids.filtered(lambda m: "Ring" in m.body)
        self.assertEqual(said.author_id, self.buyer.partner_id)
        self.assertIn("&lt;b&gt;twice", said.body)

    def test_message_is_no_question_to_answer(self):
        cart = self._ask_with(message="Ring twice")

        self.assertFalse(cart.proforma_request_ids)

    def test_words_survive_the_address_form(self):
        cart = self._create_cart(self.website.user_id.partner_id)
        self._open_session(None, cart)
        self._ask_for(cart, reference="PO-118", message="Ring twice")
        self.url_open(
            "/shop/address/submit",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "address_type": "billing",
                "use_delivery_as_billing": "true",
                "callback": "/shop/proforma/continue",
                "required_fields": "name,email",
                **self.address,
            },
        )

        self.url_open("/shop/proforma/continue", allow_redirects=False)

        self.assertEqual(cart.client_order_ref, "PO-118")
        self.assertIn("Ring twice", str(cart.message_ids.mapped("body")))

    def test_words_are_kept_when_the_visitor_is_led_back_to_the_cart(self):
        self.env["delivery.carrier"].search([]).is_published = False
        self._ask_with(reference="PO-118")

        self.assertIn('value="PO-118"', self.url_open("/shop/cart").text)

    def test_words_can_be_said_after_a_quick_reorder(self):
        self.env["delivery.carrier"].search([]).is_published = False
        self._ask_with(reference="PO-118")  # Led back to the cart.

        added = self.make_jsonrpc_request(
            "/shop/cart/quick_add",
            {
                "product_template_id": self.product.product_tmpl_id.id,
                "product_id": self.product.id,
            },
        )

        summary = added["website_sale.shorter_cart_summary"]
        self.assertIn('value="PO-118"', summary)
        self.assertIn('<textarea name="message"', summary)

    def test_words_of_one_order_do_not_come_back_in_the_next_cart(self):
        self._ask_with(reference="PO-118")
        cart = self._create_cart(self.buyer.partner_id)
        self._put_in_session(cart)

        self.assertNotIn("PO-118", self.url_open("/shop/cart").text)

    def test_what_is_too_long_or_odd_breaks_nothing(self):
        for words, is_issued in [
            ({"reference": "x" * 61}, False),
            ({"message": "x" * 2001}, False),
            ({"message": "x" * 1000000}, False),
            ({"reference": "a\0b", "message": "c\0d"}, True),
            ({"reference": "é😀", "message": "<script>"}, True),
        ]:
            with self.subTest(str(words)[:60]):
                cart = self._ask_with(**words)

                self.assertEqual(cart.proforma_state == "issued", is_issued)
