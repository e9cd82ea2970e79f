from lxml import html

from odoo.tests import HttpCase, tagged

from .common_negotiation import ProformaNegotiationPortalCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalLimits(ProformaNegotiationPortalCommon, HttpCase):
    """The page of a change says which quantities there are."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.tray.product_tmpl_id.write(
            {"proforma_quantity_min": 12, "proforma_quantity_multiple": 6}
        )
        self.field = f"qty_{self.tray_line.id}"

    def _get_described(self, page, name):
        """Return the texts that a screen reader reads with a field."""
        tree = html.fromstring(page.text)
        (field,) = tree.xpath(f"//input[@name='{name}']")
        ids = field.get("aria-describedby").split()
        texts = [tree.get_element_by_id(key).text_content().strip() for key in ids]
        return [text for text in texts if text]

    def test_field_is_described_by_its_limits(self):
        page = self._get("/change")

        self.assertEqual(
            self._get_described(page, self.field), ["At least 12, in steps of 6"]
        )
        self.assertEqual(self._get_described(page, f"qty_{self.oven_line.id}"), [])

    def test_what_may_be_added_says_its_limits(self):
        self.cover.product_tmpl_id.proforma_quantity_min = 4

        page = self._get("/change")

        self.assertEqual(
            self._get_described(page, f"add_{self.cover.id}"), ["At least 4"]
        )

    def test_colleague_without_access_to_products_reads_the_limits(self):
        self._sign_in_colleague()

        page = self._get("/change")

        self.assertIn("At least 12, in steps of 6", page.text)

    def test_refused_quantity_is_said_at_its_field(self):
        page = self._post_change(**{self.field: "13"})

        self.assertEqual(
            self._get_described(page, self.field),
            ["At least 12, in steps of 6", "It is sold in steps of 6."],
        )
        self.assertUntouched()

    def test_preview_refuses_what_breaks_the_limits(self):
        texts = self._preview({self.field: "6"})

        self.assertIn("smallest quantity is 12", texts["errors"][self.field])

    def test_quantity_within_the_limits_is_a_new_version(self):
        self._post_change(**{self.field: "12"})

        self.assertEqual(self.tray_line.product_uom_qty, 12.0)
        self.assertEqual(self.order.proforma_version_id.version, 2)
