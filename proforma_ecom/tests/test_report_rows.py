from odoo.tests import BaseCase, tagged

from ..reports.qr import qr_uri
from ..reports.rows import MAX_TEXT, row_groups
from ..reports.sample_document import ENGLISH, sample_line, sample_text_line


@tagged("post_install", "-at_install")
class TestReportRows(BaseCase):
    def _group(self, *lines):
        """Return what each group is made of: names, or + for the rest of a line."""
        return [
            [row["name"] if not row.get("continued") else "+" for row in group]
            for group in row_groups(list(lines))
        ]

    def _product(self, name, **values):
        return sample_line(1, ENGLISH, name=name, **{"description": "", **values})

    def test_headings_stay_with_the_line_below(self):
        section = sample_text_line("section", "Oven")
        subsection = sample_text_line("subsection", "Stone")

        self.assertEqual(
            self._group(self._product("A"), section, subsection, self._product("B")),
            [["A"], ["Oven", "Stone", "B"]],
        )

    def test_heading_at_the_end_is_not_lost(self):
        section = sample_text_line("section", "Oven")

        self.assertEqual(self._group(self._product("A"), section), [["A"], ["Oven"]])

    def test_no_line_has_no_group(self):
        self.assertEqual(row_groups([]), [])

    def test_text_longer_than_a_page_goes_on_in_rows_of_its_own(self):
        for text, reason in (
            ("word " * 2000, "one paragraph"),
            ("row\n" * 300, "many rows"),
            ("x" * 5000, "one word"),
        ):
            with self.subTest(reason):
                [line] = [self._product("A", description=text)]
                rows = [row for group in row_groups([line]) for row in group]

                self.assertGreater(len(rows), 3)
                self.assertLessEqual(
                    max(len(row["description"]) for row in rows), MAX_TEXT
                )
                printed = "".join(row["description"] for row in rows)
                self.assertEqual(
                    "".join(printed.split()), "".join(text.split()), "Text was lost."
                )

    def test_name_without_end_is_not_lost(self):
        name = "word " * 1000
        rows = [row for group in row_groups([self._product(name)]) for row in group]

        printed = "".join(row["name"] + row["description"] for row in rows)
        self.assertEqual("".join(printed.split()), "".join(name.split()))

    def test_only_the_first_row_of_a_line_has_its_figures(self):
        line = self._product("A", description="word " * 2000)
        rows = [row for group in row_groups([line]) for row in group]

        self.assertEqual([bool(r.get("continued")) for r in rows[:2]], [False, True])

    def test_no_text_has_no_code(self):
        self.assertEqual(qr_uri(""), "")
        self.assertTrue(qr_uri("text").startswith("data:image/svg+xml;base64,"))
