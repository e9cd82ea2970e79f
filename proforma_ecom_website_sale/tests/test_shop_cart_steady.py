from odoo.tests import tagged

from .common import ShopProformaCommon

# Adds one piece in the cart, and looks whether the buttons stay where they were.
ADD_ONE = """
(async () => {
    const wait = (delay) => new Promise((resolve) => setTimeout(resolve, delay));
    const until = async (check) => {
        for (let tries = 0; tries < 200 && !check(); tries++) {
            await wait(50);
        }
        if (!check()) {
            throw new Error(`It never came: ${check}`);
        }
    };
    const names = [
        "[name=proforma_button]", "[name=website_sale_main_button]", "a[href='/shop']"
    ];
    const inCart = "#shop_cart, .o_website_sale_checkout_container";
    const buttons = names.flatMap((name) =>
        [...document.querySelectorAll(name)].filter(
            (el) => el.closest(inCart) && el.offsetParent
        )
    );
    const text = () => document.querySelector(".o_proforma_offer_text").textContent;
    const total = () => document.querySelector("[name=o_order_total]").textContent;
    const tops = () => buttons.map((el) => el.getBoundingClientRect().top);
    await document.fonts.ready;
    await wait(500);
    window.scrollTo(0, 0);
    const before = {total: total(), tops: tops()};
    const plus = [...document.querySelectorAll(".css_quantity > a:has(.oi-plus)")];
    const input = document.querySelector("input.js_quantity");
    for (let tries = 0; tries < 5 && input.value === "5"; tries++) {
        plus.find((el) => el.offsetParent).click(); // Once its script runs.
        await wait(2000);
    }
    await until(() => total() !== before.total && text().includes(%(expected)s));
    await wait(500);
    const after = tops();
    for (const [index, el] of buttons.entries()) {
        const moved = Math.abs(after[index] - before.tops[index]);
        if (el.offsetParent && moved > 1) {
            throw new Error(`${el.outerHTML.slice(0, 120)} moved by ${moved} px`);
        }
    }
    if (buttons.length < 2) {
        throw new Error("There are no buttons to look at");
    }
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestShopCartSteady(ShopProformaCommon):
    """Nothing jumps in the cart when its total changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.product_tmpl_id.write({"is_published": True, "list_price": 20.0})
        cls.product.taxes_id = False
        cls.website.proforma_deposit_plan_id = cls.env.ref(
            "proforma_ecom.deposit_plan_30_70"
        )
        cls.cart = cls._create_cart(cls.buyer.partner_id)

    def _add_one(self, expected):
        code = ADD_ONE % {"expected": repr(expected)}
        ready = "Boolean(document.querySelector('.o_proforma_offer_text'))"
        self.browser_js("/shop/cart", code, ready=ready, login="marie")

    def test_buttons_stay_when_the_deposit_changes(self):
        self._add_one("30")

        self.assertEqual(self.cart.cart_quantity, 6)

    def test_buttons_stay_when_the_cart_becomes_too_large(self):
        self.website.proforma_amount_max = 110.0

        self._add_one("110")


@tagged("post_install", "-at_install")
class TestShopCartSteadyPhone(TestShopCartSteady):
    """The same on a small phone."""

    allow_inherited_tests_method = True
    browser_size = "360x740"
    touch_enabled = True
