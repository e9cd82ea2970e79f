from psycopg2.errors import CheckViolation

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestProductTemplateQuantities(ProformaCommon):
    def _warn(self, **values):
        template = self.env["product.template"].new({"name": "Tray", **values})
        result = template._onchange_proforma_quantities()
        return result and result["warning"]["message"]

    @mute_logger("odoo.sql_db")
    def test_limits_that_nobody_can_keep_to_are_refused(self):
        template = self.product.product_tmpl_id
        for values in (
            {"proforma_quantity_min": -1.0},
            {"proforma_quantity_multiple": -6.0},
            {"proforma_quantity_min": 1_000_000.0},
            {"proforma_quantity_multiple": 1_000_000.0},
        ):
            with (
                self.subTest(values),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                template.write(values)
                template.flush_recordset()

    def test_minimum_that_is_no_multiple_is_said(self):
        message = self._warn(proforma_quantity_min=10, proforma_quantity_multiple=6)

        self.assertIn("ask for 12 at least", message)

    def test_minimum_that_is_a_multiple_goes_without_saying(self):
        for minimum, multiple in ((12, 6), (0, 6), (5, 0), (0.3, 0.1)):
            with self.subTest(minimum=minimum, multiple=multiple):
                self.assertFalse(
                    self._warn(
                        proforma_quantity_min=minimum,
                        proforma_quantity_multiple=multiple,
                    )
                )

    def test_form_of_the_product_has_the_limits(self):
        with Form(self.product.product_tmpl_id) as form:
            form.proforma_quantity_min = 12.0
            form.proforma_quantity_multiple = 6.0

        self.assertEqual(
            self.product.product_tmpl_id._get_proforma_quantity_limits(), (12.0, 6.0)
        )
