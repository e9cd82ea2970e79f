from odoo import http

from odoo.addons.payment.tests.common import PaymentCommon
from odoo.addons.website_sale.tests.common import MockRequest

from .common_shop import ShopVisitCommon


class PurchaseCommon(PaymentCommon, ShopVisitCommon):
    """A pro forma of the shop, which its customer may buy at once."""

    def _issue_from_shop(self, **values):
        order = self._create_cart(self.buyer.partner_id, **values)
        with MockRequest(self.env, website=self.website, sale_order_id=order.id):
            order.sudo()._proforma_take_cart()
        return order

    def _turn_into_cart(self, order):
        with MockRequest(self.env, website=self.website):
            return order.sudo()._proforma_turn_into_cart(
                self.website, order.proforma_version_id
            )

    def _start_paying(self, cart, state="pending"):
        tx = self._create_transaction(
            "redirect",
            amount=cart.amount_total,
            currency_id=cart.currency_id.id,
            partner_id=cart.partner_id.id,
            sale_order_ids=[(6, 0, cart.ids)],
            reference=f"{cart.name}-{state}",
            state=state,
        )
        if state == "done":
            tx._post_process()
        return tx

    def _post(self, url, **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(url, data=data, allow_redirects=False)

    def _buy(self, order, **values):
        return self._post(
            f"/shop/proforma/buy/{order.id}",
            **{
                "access_token": order.access_token,
                "version_id": order.proforma_version_id.id,
                **values,
            },
        )
