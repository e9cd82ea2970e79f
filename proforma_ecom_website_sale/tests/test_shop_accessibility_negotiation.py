from unittest import skipUnless

from odoo.tests import tagged

from .common_browser import AXE, BrowserCommon

# The pictures of the home page of the portal, to which core gives no words.
EXCLUDED = ("img[src$='.svg']",)


@tagged("post_install", "-at_install")
@skipUnless(AXE, "PROFORMA_AXE names no checker; make test brings one along.")
class TestShopAccessibilityNegotiation(BrowserCommon):
    """The pages on which a customer negotiates are for everybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.buyer.partner_id
        cls.option = cls.env["product.product"].create(
            {"name": "Cover", "list_price": 30.0, "sale_ok": True}
        )
        cls.product.product_tmpl_id.optional_product_ids = cls.option.product_tmpl_id
        cls.order = cls._create_cart(cls.partner, website_id=False)
        cls.order.action_proforma_issue()

    def _get_url(self, suffix="", query=""):
        token = self.order._portal_ensure_token()
        return f"/my/proformas/{self.order.id}{suffix}?access_token={token}{query}"

    def _ask(self):
        """Let the customer ask for all that there is, some of it be answered."""
        order, line = self.order.sudo(), self.order.order_line[:1]
        version = order.proforma_version_id
        order._proforma_ask_about(line, "Which colour?", self.partner)
        order.proforma_request_ids._answer("answered", "Red.")
        order._proforma_ask_about(line, "And which size?", self.partner)
        order._proforma_make_offer("50", version, None, self.partner, "My best")

    def test_forms_are_for_everybody(self):
        self._check(
            [
                ("change", self._get_url("/change"), ".o_proforma_change_row"),
                ("offer", self._get_url("/offer"), ".o_proforma_offer_amount"),
                ("account", "/my", "a[href*='/my/proformas']"),
            ],
            EXCLUDED,
        )

    def test_page_with_requests_and_answers_is_for_everybody(self):
        self._ask()

        self._check([("requests", self._get_url(), "form[action*=withdraw]")])

    def test_answers_of_the_verification_are_for_everybody(self):
        version = self.order.proforma_version_id

        self._check(
            [
                ("genuine", f"/proforma/verify/{version.token}", ".o_proforma_file"),
                ("unknown", "/proforma/verify/AAAA-BBBB-CCCC-DDDD"),
            ]
        )
