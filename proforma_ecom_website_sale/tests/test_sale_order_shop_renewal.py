from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from .common_purchase import PurchaseCommon


@tagged("post_install", "-at_install")
class TestSaleOrderShopRenewal(PurchaseCommon):
    """Renewals of pro formas of the shop."""

    def test_product_of_the_delivery_needs_nobodys_look(self):
        self.carrier.product_id.sale_ok = False
        order = self._issue_from_shop()

        with freeze_time(Datetime.add(order.proforma_deadline, days=1)):
            outcome = order.sudo()._proforma_request_renewal(order.partner_id)

        self.assertEqual(outcome, "renewed")
        self.assertEqual(order.proforma_version_id.version, 2)
