import io
from unittest import mock

from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen import canvas

from dev import paths
from dev.tests.environment.common import DevCase
from dev.visual import documents, inside, pictures

LINES = [f"{number}  Stainless work table 200 x 70 cm" for number in range(1, 21)]


def page(lines=LINES, colour="#714B67", tint="#f6f3f5", shift=0, pages=1, size=None):
    """A PDF with a title in colour, a tinted box and lines of 7 point."""
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=size or (210 * mm, 297 * mm))
    for _page in range(pages):
        sheet.setFillColor(HexColor(colour))
        sheet.setFont("Helvetica-Bold", 20)
        sheet.drawString(20 * mm, 270 * mm, "Pro forma invoice")
        sheet.setFillColor(HexColor(tint))
        sheet.rect(130 * mm, 230 * mm, 60 * mm, 30 * mm, stroke=0, fill=1)
        sheet.setFillColor(HexColor("#1c1c1e"))
        sheet.setFont("Helvetica", 7)
        for number, line in enumerate(lines):
            sheet.drawString((20 + shift) * mm, (220 - 5 * number) * mm, line)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


class TestPictures(DevCase):
    def difference(self, **values):
        """What is said of the page with these values beside the page without."""
        found = pictures.difference(
            pictures.draw(page()), pictures.draw(page(**values))
        )
        return found[0] if found else ""

    def test_page_that_is_drawn_again_is_the_same_file(self):
        self.assertEqual(pictures.draw(page()), pictures.draw(page()))

    def test_letters_that_are_smoothed_otherwise_look_the_same(self):
        reference, real = pictures.draw(page()), pictures._pages
        finer = mock.patch.object(
            pictures,
            "_pages",
            lambda pdf, dpi: [image.reduce(4) for image in real(pdf, 4 * dpi)],
        )
        with finer:
            other = pictures.draw(page())

        self.assertNotEqual(other, reference)
        self.assertIsNone(pictures.difference(reference, other))

    def test_missing_line_is_noticed(self):
        self.assertIn("of 255 apart", self.difference(lines=LINES[:-1]))

    def test_changed_colour_is_noticed(self):
        self.assertIn("of 255 apart", self.difference(colour="#00695C"))

    def test_missing_tint_is_noticed(self):
        self.assertIn("of 255 apart", self.difference(tint="#ffffff"))

    def test_text_that_moved_by_two_millimetres_is_noticed(self):
        self.assertIn("of 255 apart", self.difference(shift=2))

    def test_one_page_more_is_noticed(self):
        self.assertEqual(self.difference(pages=2), "2 pages instead of 1")

    def test_page_beyond_those_that_are_shown_is_noticed(self):
        found = pictures.difference(
            pictures.draw(page(pages=4)), pictures.draw(page(pages=5))
        )

        self.assertEqual(found[0], "5 pages instead of 4")

    def test_another_paper_is_noticed(self):
        self.assertIn("pixels instead of", self.difference(size=(612, 792)))

    def test_rare_colour_is_kept(self):
        image = Image.open(io.BytesIO(pictures.draw(page()))).convert("RGB")

        self.assertIn((0x71, 0x4B, 0x67), image.getdata())


class TestReferences(DevCase):
    def compare(self, accept=False, **values):
        picture = pictures.draw(page(**values))
        return inside.compare("it", picture, accept, self.folder / "kept")

    def test_missing_picture_is_told_and_shown(self):
        text = self.compare()

        shown = paths.logs() / "visual-it.png"
        self.assertIn(f"there is no picture yet; see {shown}", text)
        self.assertTrue(shown.is_file())

    def test_accepted_picture_is_the_reference(self):
        self.assertEqual(self.compare(accept=True), "")
        self.assertEqual(self.compare(), "")
        self.assertIn("ACCEPT=1 make visual", self.compare(colour="#00695C"))

    def test_accepting_leaves_what_looks_the_same(self):
        self.compare(accept=True)
        kept = self.folder / "kept" / "it.png"
        before = kept.stat().st_mtime_ns
        self.compare(accept=True)

        self.assertEqual(kept.stat().st_mtime_ns, before)

    def test_picture_of_a_difference_goes_with_it(self):
        self.compare(accept=True)
        self.compare(colour="#00695C")
        self.compare()

        self.assertFalse((paths.logs() / "visual-it.png").exists())


class TestDocuments(DevCase):
    def test_each_document_has_its_name_design_and_language(self):
        found = {name: document for name, document, _logo in documents.samples()}

        self.assertEqual(list(found), documents.names())
        document = found["classic-fr-14"]
        self.assertEqual(document["layout"]["design"], "classic")
        self.assertEqual(document["document"]["lang"], "fr_FR")
        self.assertEqual(len(document["lines"]), 14)
