from unittest import skipUnless

from odoo.tests import tagged

from .common_browser import AXE, BrowserCommon

# What core draws on these pages and is not for everybody.
EXCLUDED = (
    # The buttons beside a quantity have names, the quantity has none.
    "input.js_quantity",
    "input[name=add_qty]",
    # Decoration, which core calls a picture and gives no words.
    ".oi-chevron-left[role=img]",
    ".fa-angle-right[role=img]",
)


@tagged("post_install", "-at_install")
@skipUnless(AXE, "PROFORMA_AXE names no checker; make test brings one along.")
class TestShopAccessibilityCart(BrowserCommon):
    """The pages of the shop are for everybody, as far as they are ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.product.product_tmpl_id
        cls.template.write({"is_published": True, "list_price": 20.0})
        cls.cart = cls._create_cart(cls.buyer.partner_id)

    def test_way_to_the_payment_is_for_everybody(self):
        self.website.proforma_deposit_plan_id = self.env.ref(
            "proforma_ecom.deposit_plan_30_70"
        )
        self.cart._set_delivery_method(self.carrier)

        self._check(
            [
                ("product", self.template.website_url, ".o_proforma_now"),
                ("cart", "/shop/cart", ".o_proforma_offer_rows"),
                (
                    "payment",
                    "/shop/payment",
                    "form[name=o_payment_checkout], .o_proforma_form",
                ),
            ],
            EXCLUDED,
        )

    def test_refusal_is_for_everybody(self):
        self.website.proforma_amount_max = 10.0

        self._check([("refusal", "/shop/cart", ".o_proforma_refusal a")], EXCLUDED)

    def test_what_is_sold_by_pro_forma_only_is_for_everybody(self):
        self.template.proforma_policy = "only"

        # There is nothing to pay: the cart says so.
        self._check([("only", "/shop/payment", ".o_proforma_error")], EXCLUDED)

    def test_request_and_its_refusal_are_for_everybody(self):
        self.website.proforma_review = "always"
        refused = self._create_cart(self.buyer.partner_id)
        for order in (self.cart, refused):
            order.sudo()._proforma_take_cart(message="Is it in stock?")
        request = refused._get_proforma_first_request()
        request._answer("refused", "Not this year.")

        self._check(
            [
                ("requested", self.cart.get_portal_url(), ".o_proforma_answer_by"),
                ("refused", refused.get_portal_url(), "blockquote"),
            ],
            EXCLUDED,
        )
