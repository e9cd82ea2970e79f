import json
import shutil
from unittest import skipUnless

from odoo.tests import tagged

from odoo.addons.proforma_ecom.tests.common import SIGNATURE

from .common_browser import BrowserCommon

# Compares each page with the same one in English: what stands at the left there stands
# at the right here, at the same distance. Its other edge may depend on the words.
COMPARE = """
const place = (page, selector) => {
    const el = [...page.querySelectorAll(selector)].find((one) => one.offsetParent);
    const box = el?.getBoundingClientRect();
    return box && [box.left, page.defaultView.innerWidth - box.right];
};
const look = async (page, {url, width, note}) => {
    if (getComputedStyle(page.querySelector("#wrapwrap")).direction !== "rtl") {
        note("is not written from the right");
    }
    const mirrored = %(mirrored)s.map((selector) => [selector, place(page, selector)]);
    const other = await open(url.replace("/ar/", "/en/"), width);
    if (getComputedStyle(other.querySelector("#wrapwrap")).direction !== "ltr") {
        note("is not there in English");
    }
    let compared = 0;
    for (const [selector, here] of mirrored) {
        const there = place(other, selector);
        if (!here || !there) {
            continue; // Not on this page, or not at this width.
        }
        compared++;
        const [left, right] = here;
        const off = [Math.abs(left - there[1]), Math.abs(right - there[0])];
        if (Math.min(...off) > 2) {
            note(`${selector} is not mirrored: ${here}, in English ${there}`);
        }
    }
    if (!compared) {
        note("has nothing to compare");
    }
};
"""

# What has a place that its words do not change.
MIRRORED = (
    ".o_proforma_card",
    ".o_proforma_parties > :first-child",
    ".o_proforma_lines",
    ".o_proforma_lines tr > :first-child",
    ".o_proforma_totals",
    ".o_proforma_rates > label:first-of-type",
    ".o_proforma_change_row .input-group",
    ".o_proforma_change_row .form-check-input",
    ".o_proforma_offer_amount",
    ".o_proforma_subject",
    ".o_proforma_summary",
    ".o_proforma_from_to > :first-child",
    ".o_proforma_terms_box",
    ".o_proforma_reasons input",
    ".o_portal_my_doc_table th:first-child",
    ".o_proforma_offer_rows .fa",
    ".o_proforma_offer",
)


@tagged("post_install", "-at_install")
@skipUnless(shutil.which("rtlcss"), "Odoo mirrors nothing without rtlcss.")
class TestShopRightToLeft(BrowserCommon):
    """In Arabic each page is mirrored."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.language_ids |= cls.env["res.lang"]._activate_lang("ar_001")
        cls.partner = cls.buyer.partner_id
        cls.plan = cls.env.ref("proforma_ecom.deposit_plan_30_70")

    def _create_proforma(self, **values):
        order = self._create_cart(
            self.partner,
            website_id=False,
            proforma_deposit_plan_id=self.plan.id,
            **values,
        )
        order.action_proforma_issue()
        return order

    def _get_url(self, order, suffix=""):
        token = order._portal_ensure_token()
        return f"/ar/my/proformas/{order.id}{suffix}?access_token={token}"

    def _compare(self, pages):
        self._visit(pages, COMPARE % {"mirrored": json.dumps(MIRRORED)})

    def test_open_pro_forma_is_mirrored(self):
        order = self._create_proforma()
        order.action_proforma_revise()
        order.action_proforma_issue()

        self._compare(
            [
                ("page", self._get_url(order), ".o_proforma_card"),
                ("change", self._get_url(order, "/change"), ".o_proforma_change_row"),
                ("offer", self._get_url(order, "/offer"), ".o_proforma_offer_amount"),
                ("signature", self._get_url(order, "/sign"), ".o_proforma_summary"),
                (
                    "reminders",
                    self._get_url(order, "/reminders"),
                    ".o_proforma_subject",
                ),
                ("why not", self._get_url(order, "/answer"), ".o_proforma_reasons"),
                (
                    "differences",
                    self._get_url(order, "/differences"),
                    ".o_proforma_from_to",
                ),
                ("list", "/ar/my/proformas", ".o_portal_my_doc_table"),
            ]
        )

    def test_terms_and_confirmation_are_mirrored(self):
        self.env.company.proforma_require_terms = True
        waiting = self._create_proforma()
        self.plan = self.plan.browse()
        accepted = self._create_proforma()
        accepted.sudo()._proforma_agree_to_terms(True, partner=self.partner)
        accepted.sudo()._proforma_sign("Marie", SIGNATURE, partner=self.partner)

        self._compare(
            [
                ("terms", self._get_url(waiting, "/sign"), ".o_proforma_terms_box"),
                ("accepted", self._get_url(accepted), ".o_proforma_rates"),
            ]
        )

    def test_cart_is_mirrored(self):
        self.product.product_tmpl_id.write({"is_published": True, "list_price": 20.0})
        self._create_cart(self.partner)

        self._compare([("cart", "/ar/shop/cart", ".o_proforma_offer")])

    def test_words_of_the_document_keep_their_order(self):
        self.env.company.partner_id.phone = "+33 4 65 71 00 10"
        order = self._create_proforma()
        look = """
        const look = async (page, {note}) => {
            const row = [...page.querySelectorAll(".o_proforma_parties div")].find(
                (el) => !el.children.length && el.textContent.includes("65 71")
            );
            const range = page.createRange();
            range.setStart(row.firstChild, 0);
            range.setEnd(row.firstChild, 1);
            const plus = range.getBoundingClientRect();
            range.selectNodeContents(row);
            const whole = range.getBoundingClientRect();
            if (plus.left > whole.left + 1) {
                note("the number of telephone does not begin with its +");
            }
            if (whole.right < row.getBoundingClientRect().right - 1) {
                note("the number of telephone is not at the right");
            }
        };
        """

        self._visit([("page", self._get_url(order), ".o_proforma_parties")], look)
