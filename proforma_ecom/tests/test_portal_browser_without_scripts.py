from odoo.tests import tagged

from .common_chrome import ChromeCommon
from .common_negotiation import ProformaNegotiationPortalCommon

PAGE = ".o_proforma_page"


@tagged("post_install", "-at_install")
class TestPortalBrowserWithoutScripts(ProformaNegotiationPortalCommon, ChromeCommon):
    """The customer's pages in a browser that runs no script, on a small phone."""

    browser_size = "360x740"

    def _open_page(self, suffix=""):
        path = f"{self.url}{suffix}?access_token={self.token}"
        return self._open(path, with_scripts=False)

    def test_change_is_computed_and_sent(self):
        with self._open_page() as page:
            page.click(".o_proforma_change_link")
            page.wait_for(".o_proforma_change")
            page.fill(f"[name=qty_{self.tray_line.id}]", "4")
            page.click(".o_proforma_recalculate")
            page.wait_for(".o_proforma_change_total", "1,440.00")
            page.click(".o_proforma_change button[value=send]")
            page.wait_for(".alert-success", "Your change is done")

        self.assertEqual(self.tray_line.product_uom_qty, 4.0)

    def test_question_at_a_line_is_asked(self):
        with self._open_page() as page:
            page.click(".o_proforma_line_question summary")
            page.fill(".o_proforma_line_question textarea", "Which colour?")
            page.click(".o_proforma_line_question button[type=submit]")
            page.wait_for(".o_proforma_line_answer", "Which colour?")

        self.assertEqual(self.order.proforma_request_ids.kind, "question")

    def test_pro_forma_is_declined(self):
        with self._open_page() as page:
            page.click(".o_proforma_decline summary")
            page.fill("#proforma_comment", "No budget")
            page.click(".o_proforma_decline button[type=submit]")
            page.wait_for(f"{PAGE} .o_proforma_status[data-status=declined]")

        self.assertEqual(self.order.proforma_state, "declined")

    def test_page_of_the_signature_says_what_to_do(self):
        with self._open_page("/sign") as page:
            page.wait_for(".o_proforma_noscript", "needs JavaScript")

        self.assertUntouched()
