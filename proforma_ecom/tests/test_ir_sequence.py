from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestIrSequence(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env.company.proforma_sequence_id

    def test_numbers_that_start_anew_each_year_name_the_year(self):
        for prefix in ("PF-", "PF/%(month)s/", False):
            with self.subTest(prefix), self.assertRaises(ValidationError):
                self.sequence.prefix = prefix

    def test_year_may_be_written_in_any_way(self):
        for prefix, suffix in (
            ("PF/%(range_year)s/", False),
            ("PF/%(range_y)s/", False),
            ("PF/%(year)s/", False),
            ("PF/%(y)s/", False),
            ("PF-", "/%(range_year)s"),
        ):
            with self.subTest(prefix=prefix, suffix=suffix):
                self.sequence.write({"prefix": prefix, "suffix": suffix})

                self.assertEqual(self.sequence.prefix, prefix)

    def test_numbers_that_never_start_anew_need_no_year(self):
        self.sequence.write({"use_date_range": False, "prefix": "PF-"})

        self.assertRegex(self._create_proforma().proforma_number, r"^PF-\d{5}$")

    def test_yearly_restart_cannot_be_switched_on_without_year(self):
        self.sequence.write({"use_date_range": False, "prefix": "PF-"})

        with self.assertRaises(ValidationError):
            self.sequence.use_date_range = True

    def test_other_series_need_no_year(self):
        sequence = self.env["ir.sequence"].create(
            {"name": "Parcels", "prefix": "P-", "use_date_range": True}
        )

        self.assertEqual(sequence.prefix, "P-")
