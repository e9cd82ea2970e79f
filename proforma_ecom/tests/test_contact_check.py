from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import ProformaCommon


class ContactCheckCommon(ProformaCommon):
    """A French company, and somebody who may edit contacts but nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.france = cls.env.ref("base.fr")
        cls.belgium = cls.env.ref("base.be")
        cls.env.company.country_id = cls.france
        cls.clerk = new_test_user(
            cls.env, "clerk", groups="base.group_user,base.group_partner_manager"
        )
        cls.contacts = cls.env["res.partner"].with_user(cls.clerk)
        cls.contact = cls.contacts.browse(cls.customer.id)
        cls.is_core_checking = cls.env[
            "proforma.contact.check"
        ]._is_vat_checked_by_core()

    def _save(self, record, **vals):
        """Save as the form does."""
        record.web_save(vals, {})

    def _assert_refused(self, record, reason, **vals):
        with self.assertRaisesRegex(ValidationError, reason):
            self._save(record, **vals)


@tagged("post_install", "-at_install")
class TestContactCheck(ContactCheckCommon):
    # === PHONE === #

    def test_wrong_phone_is_refused_with_reason_and_remedy(self):
        for number, reason in (
            ("01 99 00 12", "too few digits. It was read as a number of France"),
            ("01 99 00 12 34 56 78", "too many digits"),
            ("+33 1 99 00 12", r"too few digits. Correct it: .* as in \+33"),
            ("+999 12345678", "country code .* does not exist"),
            ("call me", "is not a phone number"),
            ("+1 555-555-5555", "No phone number begins"),
        ):
            with self.subTest(number):
                self._assert_refused(self.contact, reason, phone=number)

    def test_national_phone_is_kept_in_international_form(self):
        for number in ("0199001235", "01.99.00.12.35", "0033199001235", "33199001235"):
            with self.subTest(number):
                self._save(self.contact, phone=number)

                self.assertEqual(self.contact.phone, "+33 1 99 00 12 35")

    def test_phone_of_another_country_is_accepted(self):
        self._save(self.contact, phone="+32 475 12 34 56")

        self.assertEqual(self.contact.phone, "+32 475 12 34 56")

    def test_phone_is_judged_by_the_country_that_is_typed_with_it(self):
        self._save(self.contact, phone="0475 12 34 56", country_id=self.belgium.id)

        self.assertEqual(self.contact.phone, "+32 475 12 34 56")

    def test_phone_of_the_old_country_does_not_stop_the_move(self):
        self.customer.phone = "01 99 00 12 34"

        self._save(self.contact, country_id=self.belgium.id)

        self.assertEqual(self.contact.country_id, self.belgium)

    def test_contact_without_country_has_that_of_its_company(self):
        self.customer.country_id = self.belgium
        employee = self.contacts.create(
            {"name": "Jan", "parent_id": self.customer.id, "type": "other"}
        )

        self._save(employee, phone="0475 12 34 56")

        self.assertEqual(employee.phone, "+32 475 12 34 56")

    def test_contact_without_any_country_has_that_of_the_user(self):
        contact = self.contacts.create({"name": "Jan"})

        self._save(contact, phone="01 99 00 12 35")

        self.assertEqual(contact.phone, "+33 1 99 00 12 35")

    def test_phone_that_nobody_can_judge_is_kept(self):
        self.env.company.partner_id.country_id = False
        contact = self.contacts.create({"name": "Jan"})

        self._save(contact, phone="12")

        self.assertEqual(contact.phone, "12")

    def test_phone_with_country_code_is_judged_without_country(self):
        self.env.company.partner_id.country_id = False
        contact = self.contacts.create({"name": "Jan"})

        self._assert_refused(contact, "too few digits", phone="+33 1 99")
        self._assert_refused(contact, "too few digits", phone="0033 1 99")

    def test_old_wrong_phone_does_not_stop_other_changes(self):
        self.customer.phone = "call me"

        self._save(self.contact, phone="call me", city="Lyon")

        self.assertEqual(self.contact.city, "Lyon")

    def test_phone_can_be_removed(self):
        self._save(self.contact, phone=False)

        self.assertFalse(self.contact.phone)

    # === PLACES === #

    def test_form_is_checked(self):
        form = Form(self.contact)
        form.phone = "01 99"

        with self.assertRaisesRegex(ValidationError, "too few digits"):
            form.save()

    def test_identity_is_typed_in_the_form_of_a_company(self):
        form = Form(self.contact)
        form.proforma_legal_form = "SARL"
        form.proforma_registration = "RCS Lyon"
        form.proforma_activity_code = "10.71C"
        form.proforma_eori = "fr12345678200010"
        form.save()

        self.assertEqual(self.customer.proforma_eori, "FR12345678200010")

    def test_identity_is_typed_in_the_form_of_the_issuer(self):
        form = Form(self.env.company, view="base.view_company_form")
        form.proforma_legal_form = "SAS"
        form.proforma_share_capital = 50000
        form.proforma_eori = "fr12345678200010"
        form.save()

        self.assertEqual(self.env.company.partner_id.proforma_legal_form, "SAS")
        self.assertEqual(self.env.company.proforma_eori, "FR12345678200010")

    def test_new_contact_is_checked(self):
        self._assert_refused(
            self.contacts, "too few digits", name="Jan", phone="+33 1 99"
        )

    def test_contact_typed_in_the_form_of_its_company_is_checked(self):
        child = self.contacts.create({"name": "Jan", "parent_id": self.customer.id})
        for command in (
            Command.create({"name": "Piet", "phone": "01 99"}),
            Command.update(child.id, {"phone": "01 99"}),
        ):
            with self.subTest(command[0]):
                self._assert_refused(
                    self.contact, "too few digits", child_ids=[list(command)]
                )

    def test_contact_typed_in_the_form_of_its_company_has_its_country(self):
        commands = [[0, "virtual_1", {"name": "Piet", "phone": "0475 12 34 56"}]]

        self._save(self.contact, country_id=self.belgium.id, child_ids=commands)

        self.assertEqual(self.contact.child_ids.phone, "+32 475 12 34 56")

    def test_other_commands_on_the_contacts_are_kept(self):
        child = self.contacts.create({"name": "Jan", "parent_id": self.customer.id})

        self._save(self.contact, child_ids=[[3, child.id]])

        self.assertFalse(self.contact.child_ids)

    def test_list_is_checked(self):
        with self.assertRaisesRegex(ValidationError, "too few digits"):
            self.contact.web_save_multi([{"phone": "01 99"}], {})

    def test_several_contacts_keep_what_their_countries_read_differently(self):
        other = self._create_customer("Bakkerij", country_id=self.belgium.id)
        contacts = self.contact + self.contacts.browse(other.id)

        self._save(contacts, phone="04 75 12 34 56")

        self.assertEqual(set(contacts.mapped("phone")), {"04 75 12 34 56"})

    def test_company_is_checked(self):
        company = self.env.company

        self._assert_refused(company, "too few digits", phone="01 99")
        self._save(company, phone="01 99 00 12 35")

        self.assertEqual(company.phone, "+33 1 99 00 12 35")

    def test_import_and_programs_are_not_checked(self):
        loaded = self.contacts.load(["name", "phone"], [["Jan", "01 99"]])
        created = self.contacts.create({"name": "Piet", "phone": "01 99"})
        self.contact.write({"phone": "01 99", "company_registry": "12"})

        self.assertEqual(self.contacts.browse(loaded["ids"]).phone, "01 99")
        self.assertEqual((created + self.contact).mapped("phone"), ["01 99"] * 2)

    def test_all_problems_are_said_at_once(self):
        with self.assertRaises(ValidationError) as refusal:
            self._save(self.contact, phone="01 99", proforma_eori="12")

        self.assertIn("too few digits", str(refusal.exception))
        self.assertIn("EORI", str(refusal.exception))

    # === EXTENSION === #

    def test_other_addon_adds_a_check(self):
        def refuse(text, country):
            self.assertEqual(country, self.france)
            raise ValidationError(text)

        checks = self.env.registry["proforma.contact.check"]
        known = self.env["proforma.contact.check"]._get_normalizers()
        with patch.object(
            checks, "_get_normalizers", lambda _self: {**known, "function": refuse}
        ):
            self._assert_refused(self.contact, "Clown", function="Clown")

    # === SWITCH === #

    def test_company_may_switch_the_check_off(self):
        self.env.company.proforma_check_contacts = False

        self._save(self.contact, phone="01 99")

        self.assertEqual(self.contact.phone, "01 99")

    def test_other_company_does_not_switch_it_off(self):
        other = self.env["res.company"].create(
            {"name": "Other", "proforma_check_contacts": False}
        )
        self.clerk.company_ids += other

        self._assert_refused(self.contact, "too few digits", phone="01 99")

        self.customer.company_id = other
        self._save(self.contact, phone="01 99")
        self.assertEqual(self.contact.phone, "01 99")

    def test_new_company_checks(self):
        company = self.env["res.company"].create({"name": "New"})

        self.assertTrue(company.proforma_check_contacts)

    # === VAT === #

    def test_wrong_vat_is_refused(self):
        for number, country in (
            ("FR11123456783", "base.fr"),
            ("FR123", "base.fr"),
            ("BE0477472702", "base.be"),
            ("11123456783", "base.fr"),
            ("none", "base.fr"),
            ("DE136695977", "base.fr"),
        ):
            with self.subTest(number):
                self.customer.write({"vat": False})
                self.customer.country_id = self.env.ref(country)

                self._assert_refused(self.contact, "VAT number", vat=number)

    def test_wrong_vat_of_a_territory_of_the_union_is_refused(self):
        if self.is_core_checking:
            self.skipTest("Core judges no number of a territory.")
        self.customer.write({"vat": False, "country_id": self.env.ref("base.re").id})

        self._assert_refused(self.contact, "VAT number", vat="FR11123456783")

    def test_wrong_vat_is_explained(self):
        if self.is_core_checking:
            self.skipTest("Core gives its own reason.")
        for number, reason in (
            ("FR11123456783", "check digits do not match. Compare it .* FR23334175221"),
            ("FR123", "too few or too many characters"),
            ("no VAT", "not written like a VAT number|too few or too many"),
        ):
            with self.subTest(number):
                self._assert_refused(self.contact, reason, vat=number)

    def test_right_vat_is_kept_without_blanks(self):
        self._save(self.contact, vat="fr 11 123 456 782")

        self.assertEqual(self.contact.vat, "FR11123456782")

    def test_vat_that_nobody_judges_is_kept(self):
        for number, country, reason in (
            ("12-3456789", "base.us", "a number of the United States"),
            ("/", "base.fr", "there is none"),
            ("FIR850101AB1", "base.mx", "begins like a Finnish one"),
            ("ESO1202108R2", "base.mx", "begins like a Spanish one"),
            ("SET920324FC3", "base.mx", "begins like a Swedish one"),
            ("DE-12-3456789", "base.us", "begins like a German one"),
        ):
            with self.subTest(reason):
                self.customer.vat = False
                self.customer.country_id = self.env.ref(country)

                self._save(self.contact, vat=number)

                self.assertEqual(self.contact.vat, number)

    def test_vat_without_country_is_judged_by_its_prefix(self):
        if self.is_core_checking:
            self.skipTest("Core judges no number without a country.")
        self.customer.country_id = False

        self._assert_refused(self.contact, "check digits", vat="FR11123456783")

    # === REGISTERS === #

    def test_wrong_french_number_is_refused(self):
        for number, reason in (
            ("12345678200011", "check digit does not match"),
            ("123456783", "check digit does not match"),
            ("1234567", "neither a SIREN"),
            ("RCS Lyon 123 456 782", "neither a SIREN .* field of their own"),
            ("W75123456", "neither a SIREN"),
            ("WX51234567", "neither a SIREN"),
        ):
            for country in ("base.fr", "base.re"):
                with self.subTest(number, country=country):
                    self.customer.country_id = self.env.ref(country)

                    self._assert_refused(self.contact, reason, company_registry=number)

    def test_right_french_number_is_kept_without_blanks(self):
        for typed, kept in (
            ("123 456 782", "123456782"),
            ("123 456 782 00010", "12345678200010"),
            ("356.000.000.49837", "35600000049837"),
            ("W751234567", "W751234567"),
            ("w 751 234 567", "W751234567"),
            ("W9R1234567", "W9R1234567"),
        ):
            with self.subTest(typed):
                self._save(self.contact, company_registry=typed)

                self.assertEqual(self.contact.company_registry, kept)

    def test_number_of_another_country_is_kept(self):
        for country in ("base.be", "base.nc", "base.pf"):
            with self.subTest(country):
                self.customer.country_id = self.env.ref(country)

                self._save(self.contact, company_registry=f"X 12 {country}")

                self.assertEqual(self.contact.company_registry, f"X 12 {country}")

    def test_number_of_the_company_has_the_country_of_the_company(self):
        employee = self.contacts.create(
            {
                "name": "Jan",
                "parent_id": self.customer.id,
                "type": "other",
                "country_id": self.belgium.id,
            }
        )

        self._assert_refused(employee, "neither a SIREN", company_registry="12")

    def test_wrong_eori_is_refused(self):
        for number, reason in (
            ("12345678200010", "two letters of the country"),
            ("FR", "two letters of the country"),
            ("ZZ123", "two letters of the country"),
            ("GB1234567890123456", "two letters of the country"),
            ("FR11123456782", "not a French EORI number"),
            ("FR12345678200011", "not a French EORI number"),
        ):
            with self.subTest(number):
                self._assert_refused(self.contact, reason, proforma_eori=number)

    def test_right_eori_is_kept_in_capitals(self):
        for typed, kept in (
            ("fr 123 456 782 00010", "FR12345678200010"),
            ("FRCN123456789", "FRCN123456789"),
            ("XI123456789000", "XI123456789000"),
            ("de1234567", "DE1234567"),
        ):
            with self.subTest(typed):
                self._save(self.contact, proforma_eori=typed)

                self.assertEqual(self.contact.proforma_eori, kept)
