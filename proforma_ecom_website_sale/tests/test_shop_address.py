import odoo
from odoo.http import Request
from odoo.tests import tagged

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestShopAddress(ShopProformaCommon):
    """The address form of the checkout goes through the check of the portal's."""

    def _submit(self, **values):
        cart = self._create_cart(self.buyer.partner_id)
        session = self.authenticate("marie", "marie")
        session["sale_order_id"] = cart.id
        odoo.http.root.session_store.save(session)
        return self.url_open(
            "/shop/address/submit",
            data={
                **self.address,
                "partner_id": self.buyer.partner_id.id,
                "address_type": "billing",
                "csrf_token": Request.csrf_token(self),
                **values,
            },
        ).json()

    def test_wrong_phone_is_refused(self):
        answer = self._submit(phone="01 99")

        self.assertEqual(answer["invalid_fields"], ["phone"])
        self.assertEqual(self.buyer.partner_id.phone, self.address["phone"])

    def test_national_phone_is_kept_in_international_form(self):
        answer = self._submit(phone="01 99 00 12 35")

        self.assertIn("redirectUrl", answer)
        self.assertEqual(self.buyer.partner_id.phone, "+33 1 99 00 12 35")
