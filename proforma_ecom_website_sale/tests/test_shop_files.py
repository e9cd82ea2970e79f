import base64

from odoo import http
from odoo.tests import tagged

from ..const import MAX_FILE_SIZE
from .common_shop import ShopVisitCommon

PDF = b"%PDF-1.4\n%%EOF"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestShopFiles(ShopVisitCommon):
    """What the visitor adds to his request: his purchase order, a drawing."""

    def _ask_with(self, *files, cart=None):
        cart = cart or self._create_cart(self.buyer.partner_id)
        self._open_session("marie", cart)
        self.url_open(
            "/shop/proforma",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "order_id": cart.id,
                "access_token": cart._portal_ensure_token(),
            },
            files=[("files", file) for file in files],
            allow_redirects=False,
        )
        return cart

    def test_file_is_with_the_order_and_private(self):
        cart = self._ask_with(("order 118.pdf", PDF))

        file = cart._get_proforma_files()
        self.assertEqual((file.name, file.raw), ("order 118.pdf", PDF))
        self.assertFalse(file.public or file.access_token)
        self.assertEqual(
            self.url_open(f"/web/content/{file.id}").status_code, 404, "of a customer"
        )

    def test_content_decides_what_it_is(self):
        for name, content, is_taken in [
            ("a.exe", PDF, True),
            ("a.pdf", b"MZ\x90\0" + b"\0" * 60, False),
            ("a.pdf", b"<html><script>alert(1)</script></html>", False),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", False),
            ("a.pdf", b"", False),
            ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 30, False),
            ("a.png", PNG, True),
        ]:
            with self.subTest(name=name, content=content[:6]):
                cart = self._ask_with((name, content))

                self.assertEqual(cart.proforma_state == "issued", is_taken)

    def test_name_is_cleaned(self):
        order = self.env["sale.order"]
        for name, expected in [
            ("../../etc/passwd", "passwd"),
            ("C:\\orders\\PO 118.pdf", "PO 118"),
            ("<b>x</b>.pdf", "b"),
            ("a\0b\n.pdf", "a b"),
            ("", "File"),
            (".pdf", "pdf"),
            ("é" * 200, "é" * 60),
        ]:
            with self.subTest(name):
                self.assertEqual(order._get_proforma_file_name(name), expected)

    def test_too_large_or_too_many_are_refused_and_none_is_kept(self):
        for files in (
            [("a.pdf", PDF), ("big.pdf", PDF + b"\0" * MAX_FILE_SIZE)],
            [(f"{number}.pdf", PDF + b"%d" % number) for number in range(4)],
        ):
            with self.subTest(len(files)):
                cart = self._ask_with(*files)

                self.assertEqual(cart.proforma_state, "none")
                self.assertFalse(cart._get_proforma_files())

    def test_file_is_kept_while_the_visitor_goes_elsewhere(self):
        self.env["delivery.carrier"].search([]).is_published = False

        cart = self._ask_with(("order.pdf", PDF))

        self.assertEqual(cart.proforma_state, "none")
        self.assertIn("order.pdf", self.url_open("/shop/cart").text)

    def test_file_is_told_in_its_own_cart_only(self):
        self.env["delivery.carrier"].search([]).is_published = False
        self._ask_with(("order.pdf", PDF))

        self._put_in_session(self._create_cart(self.buyer.partner_id))

        self.assertNotIn("order.pdf", self.url_open("/shop/cart").text)

    def test_same_file_again_is_kept_once(self):
        self.env["delivery.carrier"].search([]).is_published = False
        cart = self._ask_with(("order.pdf", PDF))

        self._ask_with(("order.pdf", PDF), cart=cart)

        self.assertEqual(len(cart._get_proforma_files()), 1)

    def test_file_that_is_chosen_twice_is_kept_once(self):
        cart = self._ask_with(("order 118.pdf", PDF), ("order 118.pdf", PDF))

        self.assertEqual(len(cart._get_proforma_files()), 1)
