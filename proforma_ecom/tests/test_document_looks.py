import io
import re
import subprocess
from itertools import product
from unittest.mock import patch

from PIL import Image

from odoo.tests import TransactionCase, tagged

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..const import PROFORMA_DESIGNS
from ..reports.sample_document import sample_document

WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<'
)
DESIGNS = [design for design, _label in PROFORMA_DESIGNS]
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter" * 2

# Boxes of neighbouring rows touch; more than this many points is printed over.
TOUCH = 2.5


def read_words(content):
    """Return the words of each page of a PDF: left, top, right, bottom and text."""
    pages = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [
        [(*map(float, match[:4]), match[4]) for match in WORD.findall(page)]
        for page in pages.split("<page ")[1:]
    ]


def overlaps(words):
    """Return the pairs of words that are printed over each other."""
    words = sorted(words, key=lambda word: word[1])
    pairs = []
    for index, one in enumerate(words):
        for other in words[index + 1 :]:
            if other[1] > one[3]:
                break
            width = min(one[2], other[2]) - max(one[0], other[0])
            height = min(one[3], other[3]) - max(one[1], other[1])
            if width > TOUCH and height > TOUCH:
                pairs.append((one[4], other[4]))
    return pairs


@tagged("post_install", "-at_install")
class TestDocumentLooks(TransactionCase):
    """Hard documents, printed by the real wkhtmltopdf and measured."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.renderer = cls.env["proforma.renderer"]

    def _print(self, design="classic", logo=None, **kwargs):
        document = sample_document(layout={"design": design}, **kwargs)
        return self._print_document(document, logo)

    def _print_document(self, document, logo=None):
        return read_words(self.renderer._render_pdf(document, logo))

    def _texts(self, page):
        return [word[4] for word in page]

    def test_nothing_is_printed_over_anything(self):
        for design, lines in product(DESIGNS, (1, 2, 40)):
            with self.subTest(design=design, lines=lines):
                for page in self._print(design, lines=lines):
                    self.assertEqual(overlaps(page), [])

    def test_four_hundred_lines_are_printed(self):
        pages = self._print(lines=400)

        numbers = [text for page in pages for text in self._texts(page)]
        self.assertTrue({str(number) for number in range(1, 401)}.issubset(numbers))
        self.assertEqual([overlaps(page) for page in pages], [[]] * len(pages))

    def test_description_longer_than_a_page_is_not_printed_over(self):
        for position in (0, 2):
            document = sample_document(lines=3)
            document["lines"][position]["description"] = "It goes on and on. " * 400
            with self.subTest(position):
                pages = self._print_document(document)
                self.assertGreater(len(pages), 2)
                for page in pages:
                    self.assertEqual(overlaps(page), [])

    def test_long_word_is_broken(self):
        document = sample_document(lines=2)
        document["lines"][0]["name"] = LONG_WORD

        [page, *_more] = self._print_document(document)

        self.assertEqual(overlaps(page), [])
        self.assertNotIn(LONG_WORD, self._texts(page))

    def test_amounts_of_twelve_digits_have_their_room(self):
        for design in DESIGNS:
            document = sample_document(lines=2, layout={"design": design})
            line = document["lines"][1]
            line.update(price_unit="123456789012.00", subtotal="123456789012.00")
            document["totals"]["total"] = "148148146814.40"
            document["to_pay"]["amount"] = "44444444044.32"
            document["deposits"][0]["amount"] = "44444444044.32"
            with self.subTest(design):
                pages = self._print_document(document)
                texts = [text for page in pages for text in self._texts(page)]
                self.assertEqual(texts.count("123,456,789,012.00"), 2)
                self.assertIn("148,148,146,814.40", " ".join(texts))
                for page in pages:
                    self.assertEqual(overlaps(page), [])

    def test_huge_logo_is_made_small(self):
        buffer = io.BytesIO()
        Image.new("RGB", (6000, 9000), "#0055aa").save(buffer, "PNG")
        with_logo = self._print(
            logo=buffer.getvalue(), issuer={"has_logo": True}, lines=1
        )
        without = self._print(lines=1)

        self.assertEqual(overlaps(with_logo[0]), [])
        tops = [
            next(word[1] for word in pages[0] if word[4] == "Addressed")
            for pages in (with_logo, without)
        ]
        self.assertLess(tops[0] - tops[1], 30 * 72 / 25.4)

    def test_right_to_left_document_is_mirrored(self):
        name = "فاتورة"
        pages = self._print(
            lines=3, document={"direction": "rtl"}, customer={"name": name}
        )

        [page, *_more] = pages
        width = 595
        title = next(word for word in page if word[4] == "Pro")
        number = next(word for word in page if word[4] == "#")
        self.assertLess(title[0], width / 2)
        self.assertGreater(number[0], width / 2)
        self.assertEqual(overlaps(page), [])

    def test_total_is_never_alone_on_a_page(self):
        moved = 0
        for lines in range(9, 17):
            document = sample_document(lines=lines)
            total = f"{float(document['totals']['total']):,.2f}"
            for page in self._print_document(document)[1:]:
                if total in self._texts(page):
                    moved += 1
                    with self.subTest(lines):
                        # The last line came along, with the head of the table.
                        self.assertIn("Description", self._texts(page))
                        self.assertIn(str(lines), self._texts(page))
        self.assertTrue(moved, "No document was long enough to show it.")

    def test_letter_paper_is_printed_on_letter(self):
        document = sample_document(layout={"paper": "Letter"})

        content = self.renderer._render_pdf(document)

        info = subprocess.run(
            ["pdfinfo", "-"], input=content, capture_output=True, check=True
        ).stdout.decode()
        self.assertRegex(info, r"Page size:\s+612 x 792")

    def test_letterhead_leaves_the_printed_part_free(self):
        document = sample_document(
            lines=40,
            layout={"design": "letterhead", "margin_top": 60, "margin_bottom": 30},
        )

        for page in self._print_document(document):
            self.assertGreater(min(word[1] for word in page), 50 * 72 / 25.4)
            self.assertLess(max(word[3] for word in page), (297 - 28) * 72 / 25.4)

    def test_unpatched_wkhtmltopdf_prints_the_legal_text_in_the_body(self):
        document = sample_document(lines=1)

        values = self.renderer.with_context(lang="en_US")._prepare_rendering_values(
            document
        )
        values["is_footer_printed"] = False
        body = self.env["ir.qweb"]._render("proforma_ecom.proforma_document", values)

        self.assertIn(values["legal_line"], body)
        self.assertIn("no accounting value", body)
        self.assertIn(document["verification"]["code"], body)

    def test_administrator_is_told_what_the_server_lacks(self):
        path = "odoo.addons.proforma_ecom.models.proforma_renderer._wkhtml"
        settings = self.env["res.config.settings"].create({})
        self.assertFalse(settings.proforma_pdf_warning)
        settings.invalidate_recordset()

        with patch(path, return_value=_wkhtml()._replace(is_patched_qt=False)):
            self.assertIn("patched Qt", settings.proforma_pdf_warning)
