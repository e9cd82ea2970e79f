import odoo
from odoo import http

from .common import ShopProformaCommon


class ShopVisitCommon(ShopProformaCommon):
    """A visitor with a session, who asks for the pro forma of his cart."""

    def _open_session(self, login=None, cart=None):
        session = self.authenticate(login, login)
        if cart:
            session["sale_order_id"] = cart.id
            odoo.http.root.session_store.save(session)

    def _put_in_session(self, cart):
        """Make an order the cart of the session that is open."""
        session = odoo.http.root.session_store.get(self.session.sid)
        session["sale_order_id"] = cart.id
        odoo.http.root.session_store.save(session)

    def _ask(self, **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open("/shop/proforma", data=data, allow_redirects=False)

    def _ask_for(self, cart, **values):
        return self._ask(
            order_id=cart.id, access_token=cart._portal_ensure_token(), **values
        )
