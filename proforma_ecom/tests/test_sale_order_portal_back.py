from odoo.tests import tagged

from .common_chrome import ChromeCommon
from .common_negotiation import ProformaNegotiationPortalCommon

PAGE = ".o_proforma_page"
BACK = ".o_proforma_step a[href*='/my/proformas/']"


@tagged("post_install", "-at_install")
class TestSaleOrderPortalBack(ProformaNegotiationPortalCommon, ChromeCommon):
    """What the button of the browser shows to who is about to say something."""

    def _open_page(self, suffix):
        return self._open(f"{self.url}{suffix}?access_token={self.token}")

    def _look_elsewhere(self, page):
        page.settle()
        page.click(BACK)
        page.wait_for(PAGE)
        page.settle()
        page.evaluate("history.back()")

    def test_offer_that_was_refused_is_there_still(self):
        with self._open_page("/offer") as page:
            page.fill("[name=amount]", "999999")
            page.click(".o_proforma_step form [type=submit]")
            page.wait_for(".alert-danger")

            self._look_elsewhere(page)

            page.wait_for(".o_proforma_step .alert-danger")
            self.assertEqual(
                page.evaluate("document.querySelector('[name=amount]').value"), "999999"
            )

    def test_quantity_that_was_typed_is_there_still(self):
        field = f"[name=qty_{self.tray_line.id}]"
        with self._open_page("/change") as page:
            page.wait_for(".o_proforma_recalculate.d-none")
            page.fill(field, "7")

            self._look_elsewhere(page)

            page.wait_for(field)
            page.settle()
            self.assertEqual(
                page.evaluate(f"document.querySelector('{field}').value"), "7"
            )
