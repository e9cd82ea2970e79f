from odoo.tests import TransactionCase, tagged

from ..reports.sample_document import sample_document

EURO = {"code": "EUR", "symbol": "€", "position": "after", "decimals": 2}

COMPLETE = {
    "name": "Atelier Durand",
    "legal_form": "SAS",
    "capital": "50000.00",
    "capital_currency": EURO,
    "registry": "12345678200010",
    "registry_label": "SIRET",
    "registration": "RCS Lyon",
    "activity_code": "2893Z",
    "vat": "FR11123456782",
    "eori": "FR12345678200010",
    "footer": "",
    "details": "",
}

NUMBERS = (
    "SIRET 123 456 782 00010 · RCS Lyon · NAF 28.93Z · TVA FR11123456782"
    " · EORI FR12345678200010"
)


@tagged("post_install", "-at_install")
class TestReportLegalLine(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(["proforma_ecom"], ["fr_FR"])

    def _get_line(self, lang="fr_FR", **values):
        renderer = self.env["proforma.renderer"].with_context(lang=lang)
        return renderer._get_legal_line({**COMPLETE, **values}).replace("\xa0", " ")

    def test_english_line_is_complete(self):
        self.assertEqual(
            self._get_line("en_US"),
            "Atelier Durand SAS with a share capital of 50,000 € · "
            + NUMBERS.replace("TVA", "VAT"),
        )

    def test_capital_is_written_as_the_language_does(self):
        self.assertIn("50 000 €", self._get_line())

    def test_cents_of_the_capital_are_kept(self):
        line = self._get_line("en_US", capital="7622.45")

        self.assertIn("capital of 7,622.45 € ·", line)

    def test_legal_form_is_not_doubled(self):
        for name in (
            "Atelier Durand SAS",
            "SAS Atelier Durand",
            "Atelier Durand S.A.S.",
        ):
            with self.subTest(name):
                line = self._get_line("en_US", name=name, capital="")

                self.assertTrue(line.startswith(f"{name} · SIRET"))

    def test_word_that_only_begins_like_the_form_is_no_form(self):
        line = self._get_line("en_US", name="Sasha Durand", capital="")

        self.assertTrue(line.startswith("Sasha Durand SAS · "))

    def test_footer_of_the_company_goes_first(self):
        footer = "Atelier Durand SAS au capital de 50 000 €"

        line = self._get_line(footer=footer)

        self.assertTrue(line.startswith(f"{footer} · SIRET 123 456 782 00010 · "))

    def test_capital_that_the_footer_lacks_is_said(self):
        line = self._get_line("en_US", footer="Ovens since 1920")

        self.assertTrue(
            line.startswith(
                "Ovens since 1920 · SAS with a share capital of 50,000 € · SIRET"
            )
        )

    def test_capital_without_legal_form_is_said(self):
        line = self._get_line("en_US", footer="Ovens since 1920", legal_form="")

        self.assertIn(" · Share capital 50,000 € · ", line)

    def test_capital_is_recognised_however_it_is_written(self):
        for words in ("50 000 €", "50.000,00 €", "50\xa0000\xa0euros", "€50,000"):
            with self.subTest(words):
                line = self._get_line("en_US", footer=f"Durand SAS, capital {words}")

                self.assertNotIn("share capital", line)

    def test_larger_amount_is_not_the_capital(self):
        line = self._get_line("en_US", footer="Durand SAS, sales of 150 000 €")

        self.assertIn("share capital of 50,000 €", line)

    def test_numbers_that_are_said_are_not_doubled(self):
        numbers = NUMBERS.replace("TVA", "VAT").split(" · ")
        for said, left_out in (
            ("SIRET 123 456 782 00010", [0]),
            ("Siret : 12345678200010", [0]),
            ("R.C.S. Lyon", [1]),
            ("code NAF 28.93 Z", [2]),
            ("TVA FR 11 123 456 782", [3]),
            ("N° EORI FR12345678200010", [4]),
            ("EORI FR12345678200010, TVA FR11123456782", [3, 4]),
        ):
            for key in ("footer", "details"):
                with self.subTest(said, place=key):
                    pieces = self._get_line("en_US", **{key: f"Ovens, {said}"}).split(
                        " · "
                    )

                    self.assertEqual(
                        [number not in pieces for number in numbers],
                        [index in left_out for index in range(len(numbers))],
                    )

    def test_siren_inside_of_a_vat_number_is_not_the_siren(self):
        line = self._get_line(
            "en_US",
            registry="123456782",
            registry_label="SIREN",
            footer="FR11123456782",
        )

        self.assertIn("SIREN 123 456 782 · ", line)

    def test_register_is_not_doubled_by_its_number(self):
        line = self._get_line(
            "en_US", registry="RCS Lyon 123 456 782", registry_label=""
        )

        self.assertEqual(line.count("RCS Lyon"), 1)

    def test_number_of_the_register_is_recognised_before_its_place(self):
        line = self._get_line(
            "en_US",
            registry="RCS Lyon 123 456 782",
            registry_label="",
            footer="Durand SAS, 123 456 782 RCS Lyon",
        )

        self.assertEqual(line.count("123 456 782"), 1)

    def test_activity_outside_of_france_has_a_word(self):
        line = self._get_line("en_US", activity_code="28.93")

        self.assertIn(" · Activity 28.93 · ", line)

    def test_document_without_the_keys_is_read(self):
        issuer = sample_document()["issuer"]
        later = ("legal_form", "capital", "registration", "activity_code", "eori")
        issuer = {
            key: value
            for key, value in issuer.items()
            if key not in (*later, "registry_label", "capital_currency")
        }
        renderer = self.env["proforma.renderer"].with_context(lang="en_US")

        self.assertEqual(
            renderer._get_legal_line(issuer),
            "Atelier Durand SAS au capital de 50 000 € · RCS Lyon 123 456 782"
            " · VAT FR11 123 456 782",
        )

    def test_issuer_without_anything_has_his_name(self):
        nothing = dict.fromkeys(COMPLETE, "")

        line = self._get_line("en_US", **{**nothing, "name": "Atelier Durand"})

        self.assertEqual(line, "Atelier Durand")
