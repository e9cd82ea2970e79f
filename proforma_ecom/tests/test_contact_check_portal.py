from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .test_contact_check import ContactCheckCommon


@tagged("post_install", "-at_install")
class TestContactCheckPortal(HttpCase, ContactCheckCommon):
    """The address form of the portal, sent as the browser sends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user = cls._create_new_portal_user(login="baker")
        cls.baker = cls.portal_user.partner_id
        cls.baker.write(
            {
                "email": "baker@example.com",
                "phone": "+33 1 99 00 12 34",
                "country_id": cls.france.id,
            }
        )

    def _submit(self, **values):
        """Send the form; return the answer."""
        self.authenticate("baker", "baker")
        return self.url_open(
            "/my/address/submit",
            data={
                "partner_id": self.baker.id,
                "name": self.baker.name,
                "email": "baker@example.com",
                "phone": "+33 1 99 00 12 34",
                "street": "3 place du Marché",
                "zip": "69002",
                "city": "Lyon",
                "country_id": self.france.id,
                "csrf_token": Request.csrf_token(self),
                **values,
            },
        ).json()

    def test_wrong_phone_is_refused(self):
        answer = self._submit(phone="01 99")

        self.assertEqual(answer["invalid_fields"], ["phone"])
        self.assertIn("too few digits", answer["messages"][0])
        self.assertEqual(self.baker.phone, "+33 1 99 00 12 34")

    def test_national_phone_is_kept_in_international_form(self):
        answer = self._submit(phone="01 99 00 12 35")

        self.assertIn("redirectUrl", answer)
        self.assertEqual(self.baker.phone, "+33 1 99 00 12 35")

    def test_phone_is_judged_by_the_country_that_is_typed_with_it(self):
        self._submit(phone="0475 12 34 56", country_id=self.belgium.id)

        self.assertEqual(self.baker.phone, "+32 475 12 34 56")

    def test_new_address_is_checked(self):
        answer = self._submit(partner_id="", phone="01 99", address_type="delivery")

        self.assertEqual(answer["invalid_fields"], ["phone"])
        self.assertFalse(self.baker.child_ids)

    def test_old_wrong_phone_does_not_stop_other_changes(self):
        self.baker.phone = "call me"

        answer = self._submit(phone="call me", city="Villeurbanne")

        self.assertIn("redirectUrl", answer)
        self.assertEqual(self.baker.city, "Villeurbanne")

    def test_wrong_vat_is_refused_once(self):
        answer = self._submit(vat="FR11123456783")

        self.assertEqual(answer["invalid_fields"], ["vat"])
        self.assertEqual(len(answer["messages"]), 1)
        self.assertFalse(self.baker.vat)

    def test_right_vat_is_kept(self):
        answer = self._submit(vat="FR 11 123 456 782")

        self.assertIn("redirectUrl", answer)
        self.assertEqual(self.baker.vat, "FR11123456782")

    def test_missing_fields_are_still_said(self):
        answer = self._submit(phone="01 99", street="")

        self.assertEqual(set(answer["invalid_fields"]), {"phone", "street"})

    def test_company_may_switch_the_check_off(self):
        self.env.company.proforma_check_contacts = False

        answer = self._submit(phone="01 99")

        self.assertIn("redirectUrl", answer)
        self.assertEqual(self.baker.phone, "01 99")
