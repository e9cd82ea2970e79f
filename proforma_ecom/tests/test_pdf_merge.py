from reportlab.lib.pagesizes import letter

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..reports.pdf_merge import (
    MAX_EMBEDDED_FILES,
    find_fault,
    get_embedded_files,
    merge_pdfs,
    open_pdf,
)
from .pdf_files import (
    get_pages,
    make_empty_pdf,
    make_endless_pdf,
    make_looping_pdf,
    make_pdf,
)


@tagged("post_install", "-at_install")
class TestPdfMerge(TransactionCase):
    def test_pages_stand_in_the_order_of_the_files(self):
        merged = merge_pdfs([make_pdf("Front"), make_pdf("Main", pages=2)])

        self.assertEqual(
            [page.strip() for page in get_pages(merged)],
            ["Front 1", "Main 1", "Main 2"],
        )

    def test_page_keeps_its_size(self):
        merged = merge_pdfs([make_pdf("Main"), make_pdf("Terms", size=letter)])

        sizes = [tuple(map(float, p.mediabox[2:])) for p in open_pdf(merged).pages]
        self.assertEqual(sizes[1], letter)

    def test_embedded_files_of_every_part_are_kept(self):
        merged = merge_pdfs(
            [
                make_pdf("Front", embedded={"a.xml": b"<a/>"}),
                make_pdf("Main"),
                make_pdf("Back", embedded={"b.xml": b"<b/>"}),
            ]
        )

        self.assertEqual(
            get_embedded_files(merged), {"a.xml": b"<a/>", "b.xml": b"<b/>"}
        )

    def test_embedded_files_of_the_same_name_are_both_kept(self):
        merged = merge_pdfs(
            [make_pdf("A", embedded={"x": b"1"}), make_pdf("B", embedded={"x": b"2"})]
        )

        self.assertEqual(get_embedded_files(merged), {"x": b"1", "x (2)": b"2"})

    def test_tree_that_holds_itself_is_read_once(self):
        merged = merge_pdfs([make_looping_pdf()])

        self.assertEqual(get_embedded_files(merged), {"a": b"1"})

    def test_embedded_files_beyond_any_real_number_are_left_out(self):
        merged = merge_pdfs([make_looping_pdf(entries=MAX_EMBEDDED_FILES + 1)])

        self.assertEqual(len(get_embedded_files(merged)), MAX_EMBEDDED_FILES)

    def test_second_merge_loses_nothing(self):
        once = merge_pdfs([make_pdf("A", field="f", embedded={"x": b"1"})])

        twice = merge_pdfs([once, make_pdf("B")])

        self.assertEqual(get_embedded_files(twice), {"x": b"1"})
        self.assertEqual(list(open_pdf(twice).get_fields()), ["f"])

    def test_form_fields_of_every_part_are_kept(self):
        merged = merge_pdfs([make_pdf("A", field="one"), make_pdf("B", field="two")])

        self.assertEqual(list(open_pdf(merged).get_fields()), ["one", "two"])

    def test_form_keeps_the_fonts_it_is_written_with(self):
        source = make_pdf("A", field="one")

        form = open_pdf(merge_pdfs([source])).trailer["/Root"]["/AcroForm"]

        fonts = open_pdf(source).trailer["/Root"]["/AcroForm"]["/DR"]["/Font"]
        self.assertEqual(set(form["/DR"]["/Font"]), set(fonts))

    def test_same_files_give_the_same_result(self):
        parts = [make_pdf("A", field="f"), make_pdf("B", embedded={"x": b"1"})]

        self.assertEqual(merge_pdfs(parts), merge_pdfs(parts))

    def test_faults(self):
        good = make_pdf("Good")
        cases = [
            (good, "", "a good file"),
            (b"\n" + good, "", "some programs write something before"),
            (b"Hello", "not_pdf", "a text"),
            (b"", "not_pdf", "nothing at all"),
            (make_pdf("Secret", password="x"), "encrypted", "a password"),
            (make_looping_pdf(), "", "a tree that holds itself is read all the same"),
            (make_empty_pdf(), "empty", "no page"),
            (good[: len(good) // 2], "broken", "an upload that was cut off"),
            (make_endless_pdf(), "broken", "a library would read it for ever"),
            (b"%PDF-1.4\nnothing", "broken", "only the first line is right"),
        ]
        for content, fault, reason in cases:
            with (
                self.subTest(reason),
                mute_logger("PyPDF2._reader", "PyPDF2.generic._base"),
            ):
                self.assertEqual(find_fault(content), fault)
