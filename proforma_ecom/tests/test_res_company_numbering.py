from datetime import date

from odoo.tests import freeze_time, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestResCompanyNumbering(ProformaCommon):
    def test_new_company_gets_its_own_series(self):
        company = self.env["res.company"].create({"name": "Second"})

        self.assertEqual(company.proforma_sequence_id.company_id, company)

    def test_company_without_series_gets_one_at_the_issue(self):
        self.env.company.proforma_sequence_id = False

        with freeze_time("2031-05-01 10:00:00"):
            order = self._create_proforma()

        self.assertEqual(order.proforma_number, "PF/2031/00001")
        self.assertEqual(
            self.env.company.proforma_sequence_id.company_id, self.env.company
        )

    def test_series_of_two_companies_do_not_disturb_each_other(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.env.company._get_next_proforma_number(date(2031, 5, 1))

        number = second._get_next_proforma_number(date(2031, 5, 1))

        self.assertEqual(number, "PF/2031/00001")

    def test_numbers_start_anew_each_year(self):
        company = self.env.company
        company._get_next_proforma_number(date(2031, 12, 31))

        number = company._get_next_proforma_number(date(2032, 1, 1))

        self.assertEqual(number, "PF/2032/00001")

    def test_year_is_that_of_the_companys_day(self):
        with freeze_time("2031-12-31 23:30:00"):
            order = self._create_proforma(validity_date="2032-02-01")

        self.assertEqual(order.proforma_number, "PF/2032/00001")

    def test_prefix_is_editable(self):
        self.env.company.proforma_sequence_id.prefix = "PRO-%(range_year)s-"

        number = self.env.company._get_next_proforma_number(date(2033, 1, 1))

        self.assertEqual(number, "PRO-2033-00001")

    def test_second_version_keeps_the_number(self):
        order = self._create_proforma()
        number = order.proforma_number
        order.action_proforma_revise()
        order.action_proforma_issue()

        self.assertEqual(order.proforma_number, number)
        self.assertEqual(order.proforma_version_id.name, f"{number}-2")

    def test_copy_of_a_proforma_has_no_number(self):
        copy = self._create_proforma().copy()

        self.assertFalse(copy.proforma_number)
        self.assertEqual(copy.proforma_state, "none")
