from odoo.tests import new_test_user, tagged

from .common import ProformaPaymentCommon
from .common_chrome import ChromeCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalListBrowser(ProformaPaymentCommon, ChromeCommon):
    """The customer looks for one of his pro formas, at a desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(cls.env, "marie", "base.group_portal", partner_id=cls.customer.id)
        cls.issued = cls._create_proforma(client_order_ref="BC-118")
        cls.declined = cls._create_proforma()
        cls.declined._proforma_decline()
        # Nothing is read from the database while a page is open.
        cls.issued_number = cls.issued.proforma_number
        cls.declined_number = cls.declined.proforma_number

    def _has(self, page, *numbers):
        """Wait until the list shows these pro formas and no others."""
        page.wait_for("tbody", numbers[0])
        rows = page.evaluate("document.querySelectorAll('tbody tr').length")
        self.assertEqual(rows, len(numbers))

    def _fits(self, page):
        # Without a website core's own header is too wide for a small phone.
        script = "document.querySelector('#wrap').scrollWidth <= window.innerWidth"
        self.assertTrue(page.evaluate(script), "The list is wider than the screen")

    def test_he_comes_from_his_account_and_searches(self):
        with self._open("/my", login="marie") as page:
            page.settle()
            page.click("a[href^='/my/proformas']:not([href*=filterby])")
            page.wait_for("tbody", self.declined_number)
            self._has(page, self.issued_number, self.declined_number)
            self._fits(page)
            self._search(page, "BC-118")
            page.settle()
            self._has(page, self.issued_number)
            page.click("tbody a")
            page.wait_for(".o_proforma_page", self.issued_number)

    def _search(self, page, words):
        page.fill(".o_portal_search_panel input[name=search]", words)
        page.press("Enter")
        page.wait_for("body:not(:has([data-status=declined])) tbody")


@tagged("post_install", "-at_install")
class TestSaleOrderPortalListPhone(TestSaleOrderPortalListBrowser):
    """The same on a small phone."""

    allow_inherited_tests_method = True
    browser_size = "360x740"
    touch_enabled = True

    def _search(self, page, words):
        page.click("[data-bs-target='#o_portal_navbar_content']")
        page.wait_for("#o_portal_navbar_content.show")
        super()._search(page, words)
