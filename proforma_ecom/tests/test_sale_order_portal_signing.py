import base64
import tempfile
from pathlib import Path

from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common_chrome import ChromeCommon
from .common_negotiation import ProformaNegotiationPortalCommon

PAGE = ".o_proforma_page"
SUBMIT = ".o_portal_sign_submit:enabled"
DONE = f"{PAGE} .o_proforma_status[data-status=accepted]"


@tagged("post_install", "-at_install")
class TestSaleOrderPortalSigning(ProformaNegotiationPortalCommon, ChromeCommon):
    """The customer signs in each of the three ways, at a desk."""

    def _open_page(self, suffix=""):
        return self._open(f"{self.url}{suffix}?access_token={self.token}")

    def _assert_signed(self, name):
        self.assertEqual(self.order.proforma_state, "accepted")
        self.assertEqual(self.order.signed_by, name)
        self.assertGreater(len(base64.b64decode(self.order.signature)), 200)

    def test_keyboard_alone_accepts_and_signs(self):
        self.env.company.proforma_require_terms = True
        with self._open_page() as page:
            page.tab_to(".o_proforma_accept")
            page.press("Enter")
            page.tab_to("#proforma_agreed")
            page.press(" ")
            page.tab_to(".o_proforma_terms_form [type=submit]")
            page.press("Enter")
            page.wait_for(".o_web_sign_signature")
            page.tab_to(".o_web_sign_name_input")
            page.type("Marie Keys")
            page.tab_to(SUBMIT)
            page.press("Enter")
            page.wait_for(DONE)

        self._assert_signed("Marie Keys")

    def test_back_shows_how_it_stands(self):
        with self._open_page() as page:
            page.settle()
            page.click(".o_proforma_decline summary")
            page.click(".o_proforma_decline button[type=submit]")
            page.wait_for(".alert", "You declined")
            page.settle()
            page.evaluate("history.back()")
            page.wait_for(f"{PAGE}:not(:has(.alert)) [data-status=declined]")

    def test_signature_is_drawn(self):
        with self._open_page("/sign") as page:
            page.fill(".o_web_sign_name_input", "Marie Draws")
            page.click(".o_web_sign_draw_button")
            page.wait_for(".o_web_sign_draw_button.active")
            page.drag(".o_web_sign_signature", (40, 20), (80, -20), (100, 10))
            page.click(SUBMIT)
            page.wait_for(DONE)

        self._assert_signed("Marie Draws")

    def test_signature_is_a_picture_of_the_customer(self):
        picture = file_path("proforma_ecom/static/description/icon.png")
        with self._open_page("/sign") as page:
            page.fill(".o_web_sign_name_input", "Marie Uploads")
            page.click(".o_web_sign_load_button")
            page.choose_file(".o_web_sign_load_file input", picture)
            page.click(SUBMIT)
            page.wait_for(DONE)

        self._assert_signed("Marie Uploads")

    def test_file_that_is_no_picture_signs_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "signature.txt")
            path.write_text("Marie", encoding="utf-8")
            with self._open_page("/sign") as page:
                page.fill(".o_web_sign_name_input", "Marie Martin")
                page.click(".o_web_sign_load_button")
                page.choose_file(".o_web_sign_load_file input", path)
                page.wait_for(".o_web_sign_load_invalid .alert", "select an image")

        self.assertUntouched()


@tagged("post_install", "-at_install")
class TestSaleOrderPortalSigningPhone(TestSaleOrderPortalSigning):
    """The same on a small phone."""

    allow_inherited_tests_method = True
    browser_size = "360x740"
    touch_enabled = True
