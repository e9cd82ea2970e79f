from odoo.fields import Command
from odoo.tests import tagged

from ..utils import canonical_json, sha256_hex
from .common import ProformaCommon

# What documents lacked that were frozen before the identity was printed.
LATER_CUSTOMER_KEYS = ("legal_form", "registry", "registry_label", "eori", "reference")


@tagged("post_install", "-at_install")
class TestProformaSnapshotParty(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.france = cls.env.ref("base.fr")
        cls.customer.write(
            {
                "proforma_legal_form": "SARL",
                "proforma_eori": "FR12345678200010",
                "company_registry": "12345678200010",
                "ref": "C-118",
            }
        )
        cls.clerk = cls.env["res.partner"].create(
            {
                "name": "Lucie Martin",
                "email": "lucie@example.com",
                "parent_id": cls.customer.id,
                "phone": "0199001235",
            }
        )
        cls.place = cls._create_customer(
            "Boutique Bellecour",
            parent_id=cls.customer.id,
            type="delivery",
            is_company=False,
            phone=False,
        )

    def _prepare(self, order):
        return self.env["proforma.snapshot"]._prepare_document(order.sudo(), {})

    def _get_document(self, order):
        return order.proforma_version_id._get_document()

    # === ISSUER === #

    def test_issuer_says_what_he_is_in_law(self):
        self.env.company.write(
            {
                "country_id": self.france.id,
                "proforma_legal_form": "SAS",
                "proforma_share_capital": 50000,
                "proforma_registration": "RCS Lyon",
                "proforma_activity_code": "28.93Z",
                "proforma_eori": "FR33417522101010",
                "company_registry": "33417522101010",
                "proforma_small_business": True,  # Untaxed, with its reason.
            }
        )

        issuer = self._get_document(self._create_proforma())["issuer"]

        self.assertEqual(issuer["legal_form"], "SAS")
        self.assertEqual(issuer["capital"], "50000.00")
        self.assertEqual(issuer["capital_currency"]["code"], "USD")
        self.assertEqual(issuer["registration"], "RCS Lyon")
        self.assertIn(issuer["activity_code"], ("28.93Z", self._get_ape()))
        self.assertEqual(issuer["eori"], "FR33417522101010")
        self.assertEqual(issuer["registry"], "33417522101010")
        self.assertEqual(issuer["registry_label"], "SIRET")

    def _get_ape(self):
        return self.env.company["ape"] if "ape" in self.env.company._fields else None

    def test_french_accounting_gives_the_activity_code(self):
        if "ape" not in self.env.company._fields:
            self.skipTest("The French accounting is not installed.")
        self.env.company.write({"proforma_activity_code": "28.93Z", "ape": "1071C"})

        issuer = self._get_document(self._create_proforma())["issuer"]

        self.assertEqual(issuer["activity_code"], "1071C")

    def test_what_is_not_filled_in_is_an_empty_text(self):
        issuer = self._get_document(self._create_proforma())["issuer"]

        for key in ("legal_form", "capital", "registration", "eori"):
            with self.subTest(key):
                self.assertEqual(issuer[key], "")

    # === CUSTOMER === #

    def test_customer_says_what_he_is_in_law(self):
        customer = self._get_document(self._create_proforma())["customer"]

        self.assertEqual(
            {key: customer[key] for key in LATER_CUSTOMER_KEYS},
            {
                "legal_form": "SARL",
                "registry": "12345678200010",
                "registry_label": "SIRET",
                "eori": "FR12345678200010",
                "reference": "C-118",
            },
        )

    def test_identity_is_that_of_the_whole_company(self):
        document = self._get_document(self._create_proforma(partner_id=self.clerk.id))

        self.assertEqual(self.clerk.proforma_eori, "FR12345678200010")
        self.assertEqual(document["customer"]["legal_form"], "SARL")
        self.assertEqual(document["customer"]["contact"], "Lucie Martin")

    def test_number_in_the_register_is_called_by_its_name(self):
        for country, number, label in (
            ("base.fr", "12345678200010", "SIRET"),
            ("base.fr", "123 456 782", "SIREN"),
            ("base.re", "123 456 782 00010", "SIRET"),
            ("base.fr", "RCS Lyon 123 456 782", ""),
            ("base.fr", "123 456 782 RCS Lyon", ""),
            ("base.nc", "1234567.001", "RIDET"),
            ("base.de", "HRB 12345", ""),
            ("base.be", "0477472701", "Company ID"),
            ("base.be", False, ""),
        ):
            with self.subTest(number, country=country):
                self.customer.write(
                    {
                        "company_registry": number,
                        "country_id": self.env.ref(country).id,
                    }
                )

                self.assertEqual(self.customer._get_proforma_registry_label(), label)

    # === DELIVERY === #

    def test_recipient_is_who_ordered(self):
        order = self._create_proforma(
            partner_id=self.clerk.id,
            partner_invoice_id=self.customer.id,
            partner_shipping_id=self.place.id,
        )

        delivery = self._get_document(order)["delivery"]

        self.assertEqual(delivery["name"], "Boutique Bellecour")
        self.assertEqual(delivery["contact"], "Lucie Martin")
        self.assertEqual(delivery["phone"], "+33 1 99 00 12 35")

    def test_phone_of_the_place_goes_before_that_of_the_person(self):
        self.place.phone = "+33 1 99 00 12 36"
        order = self._create_proforma(
            partner_id=self.clerk.id, partner_shipping_id=self.place.id
        )

        self.assertEqual(
            self._get_document(order)["delivery"]["phone"], "+33 1 99 00 12 36"
        )

    def test_company_is_no_recipient(self):
        order = self._create_proforma(partner_shipping_id=self.place.id)

        self.assertEqual(self._get_document(order)["delivery"]["contact"], "")

    def test_stranger_is_not_the_recipient(self):
        stranger = self._create_customer("Paul Petit", is_company=False)
        order = self._create_proforma(
            partner_id=stranger.id, partner_shipping_id=self.place.id
        )

        delivery = self._get_document(order)["delivery"]

        self.assertEqual((delivery["contact"], delivery["phone"]), ("", ""))

    # === ORGANIZATION OF A PERSON === #

    def _create_guest(self):
        values = {"company_name": "Petit Conseil SARL", "is_company": False}
        return self._create_customer("Nora Petit", **values)

    def test_document_is_made_out_to_the_organization_that_a_guest_typed(self):
        order = self._create_proforma(partner_id=self._create_guest().id)

        customer = self._get_document(order)["customer"]

        self.assertEqual(customer["name"], "Petit Conseil SARL")
        self.assertEqual(customer["contact"], "Nora Petit")
        self.assertIn("Petit Conseil SARL", order._get_proforma_sign_text())

    def test_delivery_names_the_organization_of_who_gets_it(self):
        guest = self._create_guest()
        friend = self._create_customer("Tom", is_company=False)
        values = {"company_name": "Atelier Bis", "is_company": False}
        colleague = self._create_customer("Tom", **values)
        for place, expected in (
            (colleague, ("Atelier Bis", "Tom")),
            (friend, ("Tom", "")),
        ):
            order = self._create_proforma(
                partner_id=guest.id, partner_shipping_id=place.id
            )

            delivery = self._get_document(order)["delivery"]

            with self.subTest(expected):
                self.assertEqual((delivery["name"], delivery["contact"]), expected)

    def _create_address(self, guest, kind):
        return self._create_customer(
            "Tom Petit", parent_id=guest.id, type=kind, is_company=False, phone=False
        )

    def test_address_of_a_guest_names_whom_he_typed_there(self):
        for organization, expected in (
            ("Petit Conseil SARL", ("Petit Conseil SARL", "Tom Petit")),
            (False, ("Tom Petit", "")),
        ):
            guest = self._create_guest()
            guest.company_name = organization
            order = self._create_proforma(
                partner_id=guest.id,
                partner_shipping_id=self._create_address(guest, "delivery").id,
                partner_invoice_id=self._create_address(guest, "invoice").id,
            )
            document = self._get_document(order)
            for part in ("customer", "delivery"):
                with self.subTest(part, organization=organization):
                    printed = document[part]

                    self.assertEqual((printed["name"], printed["contact"]), expected)

    def test_name_of_an_address_that_was_not_printed_before_is_no_change(self):
        guest = self._create_guest()
        order = self._create_proforma(
            partner_id=guest.id,
            partner_shipping_id=self._create_address(guest, "delivery").id,
            partner_invoice_id=self._create_address(guest, "invoice").id,
        )
        current = self._get_document(order)
        frozen = {**current}
        for part, names in (
            ("customer", {"name": "Petit Conseil SARL", "contact": "Nora Petit"}),
            ("delivery", {"name": "Tom Petit", "contact": "Nora Petit"}),
        ):
            frozen[part] = {**current[part], **names}
            frozen[part].pop("addressee")
        snapshot = self.env["proforma.snapshot"]

        self.assertFalse(snapshot._is_changed(frozen, current))
        frozen["delivery"]["address"] = ["Elsewhere"]
        self.assertTrue(snapshot._is_changed(frozen, current))

    def test_organization_of_a_nameless_place_was_not_printed_before(self):
        guest = self._create_guest()
        place = self._create_address(guest, "delivery")
        place.name = False
        order = self._create_proforma(partner_id=guest.id, partner_shipping_id=place.id)
        current = self._get_document(order)
        names = {"name": "Nora Petit", "contact": "", "organization": ""}
        frozen = {**current, "delivery": {**current["delivery"], **names}}
        frozen["delivery"].pop("addressee")
        frozen["customer"] = {**current["customer"]}
        frozen["customer"].pop("addressee")

        self.assertEqual(current["delivery"]["name"], "Petit Conseil SARL")
        self.assertFalse(self.env["proforma.snapshot"]._is_changed(frozen, current))

    def test_company_that_is_made_of_what_was_typed_is_no_change(self):
        guest = self._create_guest()
        order = self._create_proforma(partner_id=guest.id)

        guest.create_company()
        order.client_order_ref = order.client_order_ref

        self.assertTrue(guest.parent_id)
        self.assertEqual(order.proforma_state, "issued")

    def test_customer_signs_for_whom_the_document_names(self):
        guest = self._create_guest()
        order = self._create_proforma(partner_id=guest.id)

        guest.company_name = "Another One"

        self.assertIn("Petit Conseil SARL", order._get_proforma_sign_text())

    def test_customer_signs_for_his_company_whoever_gets_the_invoice(self):
        marie = self._create_customer(
            "Marie", parent_id=self.customer.id, is_company=False
        )
        leasing = self._create_customer("Leasing SA", is_company=True)
        order = self._create_proforma(
            partner_id=marie.id, partner_invoice_id=leasing.id
        ).sudo()
        order._proforma_choose_reminders("all", marie)
        self.customer.proforma_no_reminders = True

        said = order._get_proforma_sign_text() + order._get_proforma_reminder_text()

        self.assertEqual(self._get_document(order)["customer"]["name"], "Leasing SA")
        self.assertEqual(said.count(self.customer.name), 2)
        self.assertNotIn("Leasing SA", said)

    def test_salesperson_reads_the_organization_in_his_mail(self):
        order = self._create_proforma(partner_id=self._create_guest().id)
        for name in ("accepted", "expired"):
            template = f"proforma_ecom.mail_template_proforma_{name}_seller"
            fields = ("subject", "body_html")

            mail = self.env.ref(template)._generate_template(order.ids, fields)

            for field in fields:
                with self.subTest(name=name, field=field):
                    self.assertIn("Petit Conseil SARL", mail[order.id][field])

    def test_organization_that_was_not_printed_before_is_no_change(self):
        order = self._create_proforma(partner_id=self._create_guest().id)
        current = self._get_document(order)
        frozen = {**current, "customer": dict(current["customer"])}
        frozen["customer"].pop("organization")
        frozen["customer"] |= {"name": "Nora Petit", "contact": ""}
        snapshot = self.env["proforma.snapshot"]

        self.assertFalse(snapshot._is_changed(frozen, current))
        frozen["customer"]["email"] = "other@example.com"
        self.assertTrue(snapshot._is_changed(frozen, current))

    # === DOCUMENTS FROZEN BEFORE === #

    def _age(self, order):
        """Make the version one that was frozen before the identity was printed."""
        version = order.proforma_version_id.sudo()
        document = version._get_document()
        customer, delivery = document["customer"], document["delivery"]
        for key in LATER_CUSTOMER_KEYS:
            del customer[key]
        if delivery:
            delivery.update(contact="", phone="")
        personal = canonical_json({"customer": customer, "delivery": delivery})
        snapshot = document | {"personal_sha256": sha256_hex(personal)}
        del snapshot["customer"], snapshot["delivery"]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE proforma_version SET snapshot_personal = %s, snapshot = %s"
            " WHERE id = %s",
            [personal, canonical_json(snapshot), version.id],
        )
        version.invalidate_recordset()

    def _create_aged_proforma(self):
        order = self._create_proforma(
            partner_id=self.clerk.id,
            partner_invoice_id=self.customer.id,
            partner_shipping_id=self.place.id,
        )
        self._age(order)
        return order

    def test_version_without_identity_is_not_revised_for_it(self):
        order = self._create_aged_proforma()
        self.assertNotIn("legal_form", self._get_document(order)["customer"])

        order.order_line.sequence = 99

        self.assertEqual(order.proforma_state, "issued")

    def test_version_without_identity_is_revised_for_what_it_shows(self):
        order = self._create_aged_proforma()
        self.customer.vat = "FR23334175221"

        order.order_line.sequence = 99

        self.assertEqual(order.proforma_state, "revising")

    def test_version_without_identity_is_revised_for_a_line(self):
        order = self._create_aged_proforma()

        order.order_line = [Command.create({"product_id": self.product.id})]

        self.assertEqual(order.proforma_state, "revising")

    def test_version_with_identity_is_revised_for_it(self):
        order = self._create_proforma()
        self.customer.proforma_legal_form = "SAS"

        order.order_line.sequence = 99

        self.assertEqual(order.proforma_state, "revising")
