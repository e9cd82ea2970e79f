from odoo.tests import HttpCase, tagged

from odoo.addons.proforma_ecom.tests.common_negotiation import (
    ProformaNegotiationPortalCommon,
)

from .common import ProformaShopStockCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortal(
    ProformaShopStockCommon, ProformaNegotiationPortalCommon, HttpCase
):
    def test_visitor_and_colleague_read_the_maximum_once_they_ask_for_more(self):
        name = f"qty_{self.tray_line.id}"
        for sign_in in (lambda: self.authenticate(None, None), self._sign_in_colleague):
            sign_in()
            self.assertNotIn("at most", self._get("/change").text)

            page = self._post_change("preview", **{name: "9"})

            self.assertIn("offer 8 at most", page.text)

    def test_sent_change_beyond_the_stock_changes_nothing(self):
        self.authenticate(None, None)

        self._post_change(**{f"qty_{self.tray_line.id}": "9"})

        self.assertUntouched()

    def test_change_within_the_stock_is_a_new_version(self):
        self.authenticate(None, None)

        self._post_change(**{f"qty_{self.tray_line.id}": "8"})

        self.assertEqual(self.order.proforma_version_id.version, 2)
