from odoo.tests import tagged

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestShopVerification(ShopProformaCommon):
    """The verification page as a page of the website."""

    def _issue(self):
        cart = self._create_cart(self.buyer.partner_id)
        cart.action_proforma_issue()
        return cart.proforma_version_id

    def test_address_on_the_document_is_that_of_the_shop(self):
        self.website.domain = "https://shop.example.com"

        url = self._issue()._get_document()["verification"]["url"]

        self.assertTrue(url.startswith("https://shop.example.com/proforma/verify/"))

    def test_page_of_the_website_is_not_indexed(self):
        version = self._issue()
        self.authenticate(None, None)

        response = self.url_open(f"/proforma/verify/{version.token}")

        self.assertIn('data-state="current"', response.text)
        self.assertIn("noindex", response.headers["X-Robots-Tag"])
        self.assertIn('<meta name="robots" content="noindex', response.text)

    def test_page_is_not_on_the_map_of_the_website(self):
        pages = self.website._enumerate_pages()

        self.assertFalse([page for page in pages if "/verify" in page["loc"]])
