from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestResCompanyClock(ProformaCommon):
    def test_day_is_that_of_the_companys_contact(self):
        self.env.company.partner_id.tz = "Pacific/Kiritimati"

        with freeze_time("2026-11-23 12:00:00"):
            self.assertEqual(self.env.company._get_proforma_today(), date(2026, 11, 24))

    def test_day_follows_the_companys_contact_at_once(self):
        company = self.env.company
        company.partner_id.tz = "Pacific/Kiritimati"
        self.assertEqual(company._get_proforma_tz(), "Pacific/Kiritimati")

        company.partner_id.tz = "America/New_York"

        self.assertEqual(company._get_proforma_tz(), "America/New_York")

    def test_country_of_the_contact_gives_the_time_zone_at_once(self):
        company = self.env.company
        company.partner_id.write(
            {"tz": False, "country_id": self.env.ref("base.us").id}
        )
        self.assertEqual(company._get_proforma_tz(), "UTC")

        company.partner_id.country_id = self.env.ref("base.fr")

        self.assertEqual(company._get_proforma_tz(), "Europe/Paris")

    def test_country_with_one_time_zone_gives_it(self):
        self.env.company.partner_id.tz = False
        self.env.company.country_id = self.env.ref("base.fr")

        self.assertEqual(self.env.company._get_proforma_tz(), "Europe/Paris")

    def test_country_with_several_time_zones_falls_back_to_utc(self):
        self.env.company.partner_id.tz = False
        self.env.company.country_id = self.env.ref("base.us")

        self.assertEqual(self.env.company._get_proforma_tz(), "UTC")

    def test_grace_moves_the_deadline(self):
        self.env.company.proforma_grace_hours = 12

        self.assertEqual(
            self.env.company._get_proforma_deadline(date(2026, 11, 23)),
            datetime(2026, 11, 24, 11),
        )
