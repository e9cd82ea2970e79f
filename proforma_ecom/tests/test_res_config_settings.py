from lxml import etree

from odoo.tests import tagged

from .common import ProformaCommon

BLOCKS = [
    "Document",
    "Deposits",
    "Reminders",
    "Answers and Negotiation",
    "Customer Pages",
    "E-mails",
]


@tagged("post_install", "-at_install")
class TestResConfigSettings(ProformaCommon):
    """Where an administrator finds the settings of pro formas."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        settings = cls.env["res.config.settings"]
        cls.form = etree.fromstring(settings.get_view(view_type="form")["arch"])

    def _get_app(self, name):
        [app] = self.form.xpath(f"//app[@name='{name}']")
        return app

    def test_settings_stand_in_one_app_under_their_headings(self):
        app = self._get_app("proforma_ecom")

        self.assertEqual(app.xpath("./block/@title"), BLOCKS)
        self.assertTrue(all(len(block) for block in app.xpath("./block")))

    def test_sales_holds_none_of_them_any_more(self):
        app = self._get_app("sale_management")

        self.assertFalse(app.xpath(".//field[starts-with(@name, 'proforma_')]"))

    def test_menu_opens_the_app(self):
        action = self.env.ref("proforma_ecom.menu_proforma_general_settings").action

        self.assertIn("'module': 'proforma_ecom'", action.context)
