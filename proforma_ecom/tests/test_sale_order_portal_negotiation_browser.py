from odoo.tests import HttpCase, tagged

from .common_negotiation import ProformaNegotiationPortalCommon

# Waits for a condition; what never comes fails the test by its timeout.
WAIT = """
const until = async (check) => {
    while (!check()) {
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
};
const find = (selector) => document.querySelector(selector);
const type = (name, value) => {
    const input = find(`[name=${name}]`);
    input.value = value;
    input.dispatchEvent(new Event("input", {bubbles: true}));
};
const assert = (isTrue, what) => {
    if (!isTrue) {
        throw new Error(what);
    }
};
"""

# Page -> what is true once its scripts run.
READY = {
    "": "document.readyState === 'complete'",
    "/offer": "document.readyState === 'complete'",
    "/change": "Boolean(document.querySelector('.o_proforma_recalculate.d-none'))",
}

NO_SCROLL = """
assert(
    document.documentElement.scrollWidth <= window.innerWidth,
    "The page is wider than the screen"
);
"""

CHANGE = """
const before = find(".btn-primary").getBoundingClientRect().top;
type("%(qty)s", "4");
await until(() => find(".o_proforma_change_total").textContent.includes("1,440.00"));
assert(
    find("[data-field=%(qty)s] .o_proforma_change_amount").textContent.includes("200"),
    "The amount of the line"
);
assert(
    find(".btn-primary").getBoundingClientRect().top === before,
    "The button has moved"
);
type("%(qty)s", "0.5");
await until(() => find(".o_proforma_change_row_error").closest("form").textContent
    .includes("smallest quantity is 1"));
find("#proforma_%(remove)s").click();
await until(() => find(".o_proforma_change_total").textContent.includes("1,200.00"));
assert(!find("form").textContent.includes("smallest quantity is 1"), "The old error");
"""


@tagged("post_install", "-at_install")
class TestSaleOrderPortalNegotiationBrowser(ProformaNegotiationPortalCommon, HttpCase):
    """The pages in a browser, on a desk."""

    def _run(self, suffix, code):
        self.browser_js(
            f"{self.url}{suffix}?access_token={self.token}",
            f"(async () => {{ {WAIT} {NO_SCROLL} {code} {NO_SCROLL}"
            " console.log('test successful'); })()",
            ready=READY[suffix],
        )

    def test_totals_follow_what_is_typed_and_move_nothing(self):
        names = {
            "qty": f"qty_{self.tray_line.id}",
            "remove": f"remove_{self.tray_line.id}",
        }
        self._run("/change", CHANGE % names)

        self.assertUntouched()

    def test_pages_fit_the_screen(self):
        self.env.company.proforma_offer_rule = "never"
        self.order.sudo()._proforma_ask_about(
            self.tray_line, "Which colour? " + "x" * 200, self.customer
        )
        self._offer("1000", message="y" * 300)
        for suffix in ("", "/change"):
            with self.subTest(suffix):
                self._run(suffix, "")


@tagged("post_install", "-at_install")
class TestSaleOrderPortalNegotiationPhone(TestSaleOrderPortalNegotiationBrowser):
    """The same on a small phone."""

    allow_inherited_tests_method = True
    browser_size = "360x740"
    touch_enabled = True
