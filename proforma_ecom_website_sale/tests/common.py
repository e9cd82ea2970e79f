from odoo.tests import HttpCase

from odoo.addons.website_sale.tests.common import WebsiteSaleCommon


class ShopProformaCommon(WebsiteSaleCommon, HttpCase):
    """A shop with one product for delivery and one delivery method."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.proforma_enabled = True
        cls.address = {
            "name": "Marie Martin",
            "email": "marie@example.com",
            "phone": "+33 1 99 00 12 34",
            "street": "3 place du Marché",
            "city": "Lyon",
            "zip": "69002",
            "country_id": cls.env.ref("base.fr").id,
        }
        cls.buyer = cls._create_new_portal_user(login="marie", password="marie")
        cls.buyer.partner_id.write(cls.address)
        cls.env["delivery.carrier"].search([]).is_published = False
        cls.carrier = cls._prepare_carrier(
            cls.env["product.product"].create(
                {"name": "Transport", "type": "service", "list_price": 15.0}
            ),
            fixed_price=15.0,
        )

    @classmethod
    def _create_cart(cls, partner, **values):
        return cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "website_id": cls.website.id,
                "order_line": [
                    (0, 0, {"product_id": cls.product.id, "product_uom_qty": 5.0})
                ],
                **values,
            }
        )
