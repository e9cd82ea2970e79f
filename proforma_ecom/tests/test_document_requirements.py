import base64
import re
import subprocess
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from odoo.fields import Command
from odoo.tests import tagged

from .common import ProformaCommon

IBAN = "FR7630006000011234567890189"


def read_pdf(content):
    """Return the text of a PDF with its blanks made plain."""
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return re.sub(r"\s+", " ", text)


@tagged("post_install", "-at_install")
class TestDocumentRequirements(ProformaCommon):
    """What a complete pro forma says, read back from its stored PDF: rows D1 to D16."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_french()
        cls._move_company("fr", "69001", **cls._prepare_issuer())
        cls.env.company.partner_id.bank_ids.unlink()
        cls.env["res.partner.bank"].create(
            {
                "acc_number": IBAN,
                "partner_id": cls.env.company.partner_id.id,
                "bank_id": cls.env["res.bank"]
                .create({"name": "Banque du Rhône", "bic": "AGRIFRPP"})
                .id,
            }
        )
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "20 %",
                "amount": 20.0,
                "tax_group_id": cls.env["account.tax.group"]
                .create({"name": "TVA 20 %"})
                .id,
            }
        )
        cls.order = cls._create_complete_order()
        cls.order.action_proforma_issue()
        cls.version = cls.order.proforma_version_id
        cls.text = read_pdf(cls.version.sudo().attachment_id.raw)

    @classmethod
    def _prepare_issuer(cls):
        layout = cls.env["proforma.layout"].create(
            {"name": "Complete", "show_words": True}
        )
        return {
            "name": "Atelier Durand",
            "street": "12 rue des Capucins",
            "city": "Lyon",
            "phone": "04 65 71 00 10",
            "email": "contact@atelier.example",
            "website": "https://atelier.example",
            "vat": "FR11123456782",
            "company_registry": "12345678200010",
            "proforma_legal_form": "SAS",
            "proforma_share_capital": 50000,
            "proforma_registration": "RCS Lyon",
            "proforma_activity_code": "31.01Z",
            "proforma_eori": "FR12345678200010",
            "proforma_layout_id": layout.id,
            "proforma_delivery_time": "3 semaines",
            "proforma_return_conditions": "<p>Retours sous 14 jours.</p>",
            "currency_id": cls.env.ref("base.EUR").id,
        }

    @classmethod
    def _create_complete_order(cls):
        cls.env.ref("base.EUR").active = True
        cls.customer.write(
            {"lang": "fr_FR", "vat": "FR83404833048", "company_registry": "404833048"}
        )
        shop = cls._create_customer(
            "Boutique Bellecour", phone="0465712031", street="5 rue Victor Hugo"
        )
        cls.product.write({"default_code": "FS-3", "taxes_id": cls.tax.ids})
        lines = [
            {"display_type": "line_section", "name": "Fournil"},
            {
                "product_id": cls.product.id,
                "name": "[FS-3] Four à sole\nLivré monté",
                "product_uom_qty": 3,
                "price_unit": 1000,
                "discount": 5,
            },
            {"display_type": "line_note", "name": "Portes graphite"},
        ]
        return cls._create_order(
            partner_shipping_id=shop.id,
            client_order_ref="BC-118",
            proforma_deposit_plan_id=cls.plan_30_70.id,
            pricelist_id=cls.env["product.pricelist"]
            .create({"name": "Euro", "currency_id": cls.env.ref("base.EUR").id})
            .id,
            note="<p>Garantie deux ans.</p>",
            order_line=[Command.create(values) for values in lines],
        )

    def test_d1_title_is_in_the_customers_language(self):
        self.assertIn("Facture pro forma", self.text)

    def test_d2_number_is_that_of_the_series(self):
        self.assertIn(self.order.proforma_number, self.text)

    def test_d3_date_of_issue_is_printed(self):
        day = self.env.company._get_proforma_today()
        self.assertIn(f"Émise le {day:%d/%m/%Y}", self.text)

    def test_d4_issuer_is_complete(self):
        for expected in (
            "Atelier Durand SAS au capital de 50 000 €",
            "12 rue des Capucins",
            "SIRET 123 456 782 00010",
            "RCS Lyon",
            "NAF 31.01Z",
            "TVA FR11123456782",
            "EORI FR12345678200010",
            "+33 4 65 71 00 10",
            "contact@atelier.example",
            "atelier.example",
        ):
            with self.subTest(expected):
                self.assertIn(expected, self.text)

    def test_d5_customer_is_complete(self):
        for expected in (
            "Boulangerie Martin SARL",
            "3 place du Marché",
            "TVA FR83404833048",
            "+33 1 99 00 12 34",
            "Boutique Bellecour",
            "5 rue Victor Hugo",
            "+33 4 65 71 20 31",
            "BC-118",
        ):
            with self.subTest(expected):
                self.assertIn(expected, self.text)

    def test_d6_lines_are_described_and_numbered(self):
        self.assertRegex(self.text, r"Fournil .*\b1 Four à sole FS-3 .* Livré monté")
        self.assertIn("Portes graphite", self.text)

    def test_d7_line_has_price_quantity_unit_and_discount(self):
        unit = re.escape(self.product.uom_id.with_context(lang="fr_FR").name)
        self.assertRegex(self.text, rf"FS-3 3 {unit} 1 000,00 5 ?% 20 ?% 2 850,00")

    def test_d8_tax_has_rate_base_and_amount(self):
        self.assertIn("TVA 20 % sur 2 850,00 570,00", self.text)

    def test_d9_delivery_cost_is_never_silent(self):
        self.assertIn("Livraison à convenir", self.text)

    def test_d10_total_is_in_figures_and_in_words(self):
        self.assertIn("Total TTC 3 420,00 €", self.text)
        self.assertIn(
            "Arrêtée la présente facture pro forma à la somme de trois mille quatre"
            " cent vingt euros.",
            self.text,
        )

    def test_d11_payment_conditions_are_complete(self):
        self.assertRegex(self.text, r"30 % 1 026,00 €")
        self.assertRegex(self.text, r"70 % 2 394,00 €")
        self.assertIn("FR76 3000 6000 0112 3456 7890 189", self.text)
        self.assertIn("AGRIFRPP · Banque du Rhône", self.text)

    def test_d11_code_of_the_transfer_holds_the_first_deposit(self):
        rows = self.version._get_document()["payment"]["qr"].split("\n")

        if "sct_qr" not in dict(
            self.env["res.partner.bank"].get_available_qr_methods_in_sequence()
        ):
            self.assertEqual(rows, [""])
            return
        self.assertEqual(rows[:4], ["BCD", "002", "1", "SCT"])
        self.assertEqual(rows[6:8], [IBAN, "EUR1026.00"])
        first = self.order.proforma_deposit_ids.sorted("sequence")[0]
        self.assertEqual(rows[9], first.reference)

    def test_d12_validity_and_what_happens_after_are_printed(self):
        self.assertIn(
            f"Valable jusqu’au {self.order.validity_date:%d/%m/%Y}", self.text
        )
        self.assertIn("les prix devront être reconfirmés", self.text)

    def test_d13_terms_of_sale_are_printed(self):
        self.assertIn("Garantie deux ans.", self.text)

    def test_d13_terms_of_sale_are_enclosed(self):
        buffer = BytesIO()
        canvas = Canvas(buffer)
        canvas.drawString(100, 700, "Conditions generales")
        canvas.save()
        self.env.company.write(
            {
                "proforma_terms_pdf": base64.b64encode(buffer.getvalue()),
                "proforma_terms_pdf_name": "cgv.pdf",
            }
        )

        order = self._create_complete_order()
        order.action_proforma_issue()

        text = read_pdf(order.sudo().proforma_version_id.attachment_id.raw)
        self.assertTrue(text.rstrip().endswith("Conditions generales"))

    def test_d14_delivery_time_and_return_conditions_are_printed(self):
        self.assertIn("Délai de livraison", self.text)
        self.assertIn("3 semaines", self.text)
        self.assertIn("Retours sous 14 jours.", self.text)

    def test_d14_promised_day_goes_before_the_delivery_time(self):
        order = self._create_complete_order()
        order.commitment_date = "2030-05-31 22:30:00"  # The first of June in Paris.

        document = self.env["proforma.snapshot"]._prepare_document(
            order.with_context(lang="fr_FR"), {}
        )

        self.assertEqual(document["document"]["delivery_time"], "01/06/2030")

    def test_d15_document_says_what_it_is_not(self):
        self.assertIn("sans valeur comptable", self.text)
        self.assertIn("Réserve de propriété", self.text)

    def test_d16_nothing_is_in_the_accounts(self):
        self.assertFalse(self.order.invoice_ids)
        self.assertFalse(
            self.env["account.move"].search_count(
                [("ref", "ilike", self.order.proforma_number)]
            )
        )

    def test_version_is_rendered_the_same_whatever_changed_since(self):
        self.customer.write({"name": "Other", "street": "9 rue Neuve", "vat": False})
        self.product.write({"name": "Other", "default_code": "X"})
        self.tax.write({"amount": 5, "name": "5 %"})
        self.tax.tax_group_id.name = "Other"
        self.env.company.write(
            {
                "name": "Other",
                "proforma_share_capital": 1,
                "proforma_return_conditions": "<p>None.</p>",
                "primary_color": "#ff0000",
                "font": "Oswald",
            }
        )
        self.env.company.proforma_layout_id.write(
            {"design": "modern", "title": "own", "title_text": "Other"}
        )
        self.env["proforma.mention"].search([]).write({"text": "Other"})
        self.env.company.partner_id.bank_ids.acc_number = "Other"
        self.env.ref("base.EUR").symbol = "EUR"
        self.env.flush_all()
        self.env.invalidate_all()

        self.assertEqual(read_pdf(self.version.sudo()._render_pdf()), self.text)


@tagged("post_install", "-at_install")
class TestDocumentBadInput(ProformaCommon):
    def _print(self, order):
        order.action_proforma_issue()
        version = order.sudo().proforma_version_id
        self.assertEqual(version.pdf_state, "done")
        return read_pdf(version.attachment_id.raw)

    def test_markup_in_a_description_is_printed_as_typed(self):
        order = self._create_order()
        order.order_line.name = "Oven\n<script>alert(1)</script><b>bold</b>"

        text = self._print(order)

        self.assertIn("<script>alert(1)</script><b>bold</b>", text)

    def test_broken_and_vector_logos_break_no_document(self):
        order = self._create_order()
        order.action_proforma_issue()
        document = order.sudo().proforma_version_id._get_document()
        document["issuer"]["has_logo"] = True
        vector = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'

        for logo in (b"no image", b"\x89PNG\r\n\x1a\nbroken", vector):
            with self.subTest(logo):
                content = self.env["proforma.renderer"]._render_pdf(document, logo)
                self.assertIn(order.proforma_number, read_pdf(content))
