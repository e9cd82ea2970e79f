"""Whatever a visitor sends to the shop: no error of the server, no harm."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.proforma_ecom.tests.common_fuzz import FuzzCommon
from odoo.addons.proforma_ecom.tests.common_random import random_cases

from .common_purchase import PurchaseCommon

REQUESTS = 200

# The routes of the shop that are ours.
OWN = "/shop/proforma"


@tagged("post_install", "-at_install")
class TestShopFuzzRandom(FuzzCommon, PurchaseCommon):
    """A customer with a cart and a pro forma who tries everything, and those of a
    stranger that nothing may happen to.
    """

    fuzzed_modules = "odoo.addons.proforma_ecom_website_sale"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stranger = cls._create_new_portal_user(login="paul", password="paul")
        stranger.partner_id.write({**cls.address, "name": "Paul"})
        cls.order = cls._create_cart(cls.buyer.partner_id)
        cls.foreign = cls._create_cart(stranger.partner_id)
        (cls.order | cls.foreign).action_proforma_issue()
        cls.foreign_cart = cls._create_cart(stranger.partner_id)
        cls.cart = cls._create_cart(cls.buyer.partner_id)
        # The link of either opens both: more of the requests get somewhere.
        cls.cart.access_token = cls.order._portal_ensure_token()

    def setUp(self):
        super().setUp()
        self._open_session("marie", self.cart)
        self.routes = self._get_routes()
        self.facts = self._get_facts()

    def _get_right_values(self):
        """Override to add what the shop's forms send."""
        return {
            **super()._get_right_values(),
            "order_id": str(self.cart.id),
            "reference": "BC-118",
        }

    def _get_routes(self):
        """Override to leave out core's pages of the checkout, which fail by themselves
        of what is no id.
        """
        return [route for route in super()._get_routes() if route[0].startswith(OWN)]

    def _get_facts(self):
        """Override to add the cart of the stranger."""
        cart = self.foreign_cart
        return (
            *super()._get_facts(),
            (cart.state, cart.proforma_state, cart.amount_total),
            cart.order_line.mapped("product_uom_qty"),
        )

    def _send(self, path, kind, method, values):
        """Override to come with the cart each time: the last request may have been
        about what became of it.
        """
        self._put_in_session(self.cart)
        return super()._send(path, kind, method, values)

    def test_routes_of_the_shop_are_tried(self):
        paths = {path for path, _kind, _methods, _names in self.routes}

        self.assertLess({"/shop/proforma", "/shop/proforma/put_back"}, paths)

    # Odoo warns of each refusal, and here of what it will not do in later versions.
    @mute_logger("odoo.http", "py.warnings")
    @random_cases(REQUESTS)
    @given(st.data())
    def test_nothing_that_is_sent_breaks_the_server(self, data):
        self._check_request(data.draw, self.routes, self.facts)
