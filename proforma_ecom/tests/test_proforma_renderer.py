import re
import subprocess

from odoo.tests import TransactionCase, tagged

from ..reports.sample_document import (
    ENGLISH,
    sample_document,
    sample_line,
    sample_text_line,
)


@tagged("post_install", "-at_install")
class TestProformaRenderer(TransactionCase):
    """Documents printed by the real wkhtmltopdf and read back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(["proforma_ecom"], ["fr_FR"])
        cls.renderer = cls.env["proforma.renderer"]

    def _read_pages(self, document):
        """Return the text of each page, its blanks made plain."""
        content = self.renderer._render_pdf(document)
        text = subprocess.run(
            ["pdftotext", "-layout", "-", "-"],
            input=content,
            capture_output=True,
            check=True,
        ).stdout.decode()
        return [re.sub(r"\s+", " ", page) for page in text.split("\f")[:-1]]

    def test_each_of_three_pages_has_number_and_page_number(self):
        pages = self._read_pages(sample_document(lines=45))

        self.assertEqual(len(pages), 3)
        for number, page in enumerate(pages, start=1):
            with self.subTest(page=number):
                self.assertIn("PF/2026/00042-2", page)
                self.assertIn(f"{number}/3", page)
                self.assertIn("atelier-durand.example/proforma/verify", page)
                self.assertIn("7K3M-Q9XT-2B8V", page)

    def test_following_pages_begin_with_a_short_header(self):
        first, *following = self._read_pages(sample_document(lines=45))

        self.assertIn("Addressed to", first)
        for page in following:
            self.assertNotIn("Addressed to", page)
            self.assertRegex(
                page, r"^.{0,80}PF/2026/00042 · version 2.*PF/2026/00042-2 · [23]/3"
            )

    def test_every_page_with_lines_has_the_head_of_the_table(self):
        pages = self._read_pages(sample_document(lines=45))

        for number, page in enumerate(pages, start=1):
            with self.subTest(page=number):
                self.assertEqual("Unit price" in page, "Units" in page)
        self.assertIn("Units", pages[1])

    def test_every_line_is_printed_once(self):
        pages = self._read_pages(sample_document(lines=45))

        text = " ".join(pages)
        for position in range(1, 46):
            name = sample_line(position, ENGLISH)["name"]
            with self.subTest(position):
                self.assertRegex(text, rf"\b{position} {re.escape(name)}")

    def test_totals_are_printed(self):
        document = sample_document(lines=3)

        [page] = self._read_pages(document)

        self.assertIn("Total excl. tax 6,171.00", page)
        self.assertIn("VAT 20% on 6,171.00 1,234.20", page)
        self.assertIn("Total incl. tax 7,405.20 €", page)

    def test_french_document_is_french(self):
        [page] = self._read_pages(sample_document("fr_FR"))

        self.assertIn("Facture pro forma", page)
        self.assertIn("Valable jusqu", page)
        self.assertIn("7 405,20 €", page)

    def test_sections_and_notes_are_printed(self):
        document = sample_document()
        document["lines"] += [
            sample_text_line("section", ENGLISH["section"], subtotal="6171.00"),
            sample_text_line("note", ENGLISH["note"]),
        ]

        [page] = self._read_pages(document)

        self.assertIn("Equipment", page)
        self.assertIn("Colour of the doors: graphite", page)

    def test_nothing_is_loaded_over_the_network(self):
        note = (
            '<p>See <img src="https://example.com/a.png"/>'
            '<span style="background: url(https://example.com/b.png)">here</span></p>'
        )
        document = sample_document(terms={"note": note})

        parts = self.renderer._render_html(document)

        for part, text in parts.items():
            with self.subTest(part):
                self.assertNotRegex(text, r"(src|href)=\"https?:|url\(['\"]?https?:")

    def test_style_that_loads_something_is_removed_however_it_is_written(self):
        for style in (
            "background: url(x.png)",
            "background: URL(x.png)",
            "background: uRl(x.png)",
            "background: u\\72l(x.png)",
            "background: image-set('x.png' 1x)",
        ):
            document = sample_document(
                terms={"note": f'<p style="{style}">Net price</p>'}
            )
            with self.subTest(style):
                body = self.renderer._render_html(document)["body"]

                self.assertIn("<p>Net price</p>", body)

    def test_style_that_loads_nothing_is_kept(self):
        note = '<p style="color: red">Net price</p>'
        document = sample_document(terms={"note": note})

        self.assertIn(note, self.renderer._render_html(document)["body"])

    def test_texts_of_the_customer_are_escaped(self):
        document = sample_document(customer={"name": "<script>alert(1)</script>"})

        body = self.renderer._render_html(document)["body"]

        self.assertNotIn("<script>alert(1)", body)
        self.assertIn("&lt;script&gt;alert(1)", body)

    def test_address_of_the_website_is_printed_once(self):
        document = sample_document(
            issuer={
                "details": "1 rue du Test\nwww.example.com",
                "website": "https://www.example.com",
            }
        )

        identity = self.renderer._get_identity(document["issuer"])

        self.assertNotIn("https://www.example.com", str(identity))
        self.assertEqual(str(identity).count("www.example.com"), 1)

    def test_language_that_is_not_active_is_printed_in_the_current_one(self):
        document = sample_document("de_DE")

        [page] = self._read_pages(document)

        self.assertIn("Valid until", page)
