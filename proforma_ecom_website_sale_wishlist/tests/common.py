from odoo import http

from odoo.addons.proforma_ecom_website_sale.tests.common_shop import ShopVisitCommon


class WishlistCommon(ShopVisitCommon):
    """A customer with two products on her wish list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.product_tmpl_id.write({"is_published": True, "list_price": 20.0})
        cls.cover = cls._create_product(name="Cover", is_published=True, list_price=7.0)
        cls.wishes = cls._wish(cls.product) | cls._wish(cls.cover)

    @classmethod
    def _wish(cls, product, **values):
        return cls.env["product.wishlist"].create(
            {
                "product_id": product.id,
                "partner_id": cls.buyer.partner_id.id,
                "website_id": cls.website.id,
                **values,
            }
        )

    def _ask_for_wishes(self, **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(
            "/shop/proforma/wishlist", data=data, allow_redirects=False
        )

    def _get_cart(self):
        return self.env["sale.order"].search(
            [("partner_id", "=", self.buyer.partner_id.id), ("state", "=", "draft")]
        )

    def _get_proformas(self):
        return self.env["sale.order"].search([("proforma_state", "=", "issued")])
