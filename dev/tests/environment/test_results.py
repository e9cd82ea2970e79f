from dev.testing import allowlist, odoolog, outcome, pythontests
from dev.tests.environment.common import DevCase

TIME = "2026-01-02 03:04:05,678 42"
LOG = f"""\
{TIME} INFO db odoo.tests.stats: proforma_ecom: 9 tests 0.01s 0 queries
{TIME} ERROR db odoo.addons.proforma_ecom.tests.test_a: FAIL: TestA.test_b
Traceback (most recent call last):
AssertionError: 1 != 2
{TIME} WARNING db odoo.addons.proforma_ecom.models.sale_order: beware
{TIME} ERROR db odoo.tests.result: 1 failed, 2 error(s) of 10 tests when loading 'db'
"""


class TestLog(DevCase):
    def read(self, text):
        path = self.folder / "log"
        path.write_text(text)
        return odoolog.read(path)

    def test_numbers_of_odoo_are_taken(self):
        report = self.read(LOG)

        self.assertEqual((report.tests, report.failed), (10, 3))

    def test_failed_test_keeps_its_traceback(self):
        self.assertIn("AssertionError: 1 != 2", self.read(LOG).failures[0])

    def test_warning_is_a_problem(self):
        self.assertEqual(len(self.read(LOG).problems), 1)

    def test_warning_of_core_is_allowed_and_ours_is_not(self):
        text = (
            "WARNING py.warnings: {}/models/a.py:1: DeprecationWarning: "
            "'werkzeug.urls.url_parse' is deprecated"
        )

        self.assertTrue(allowlist.is_allowed(text.format("/x/odoo/addons/mail")))
        self.assertFalse(allowlist.is_allowed(text.format("/x/proforma_ecom")))

    def test_traceback_of_a_process_that_cannot_log_is_a_problem(self):
        text = "Traceback (most recent call last):\nImportError: no"

        found = self.read(f"{TIME} INFO db odoo.service.server: alive\n{text}\n")

        self.assertIn("ImportError: no", found.problems[0])

    def test_every_allowed_line_has_a_reason(self):
        self.assertTrue(all(len(reason) > 20 for _line, reason in allowlist.ALLOWED))

    def test_same_problem_is_shown_once(self):
        again = "2026-01-02 03:04:06,000 43 WARNING db a.b: beware"

        text = odoolog.digest([f"{TIME} WARNING db a.b: beware", again])

        self.assertEqual(text, "WARNING db a.b: beware   [2 times]")


class TestSum(DevCase):
    def last_line(self):
        return self.printed.getvalue().splitlines()[-1]

    def test_parts_add_up(self):
        parts = [outcome.Outcome("a", 2, 0), outcome.Outcome("b", 3, 1)]

        self.assertEqual(outcome.conclude(parts), 1)
        self.assertEqual(self.last_line(), "5 passed, 1 failed")

    def test_all_passed_is_success(self):
        self.assertEqual(outcome.conclude([outcome.Outcome("a", 2, 0)]), 0)

    def test_no_test_executed_is_a_failure(self):
        self.assertEqual(outcome.conclude([outcome.Outcome("a")]), 1)
        self.assertEqual(self.last_line(), "0 passed, 0 failed")

    def test_failed_tests_are_named_again_at_the_end(self):
        log = "2026-11-27 10:00:00,000 1 ERROR db odoo.x: FAIL: TestX.test_y\nwhy"
        unclean = "Odoo's log is not clean:\nWARNING x\nmore"
        failed = outcome.Outcome("a", 3, 2, [log, unclean])
        self.assertEqual(
            failed.headings(),
            ["FAIL: TestX.test_y", "Odoo's log is not clean:", "WARNING x"],
        )

    def test_numbers_of_unittest_are_taken(self):
        text = "Ran 5 tests in 1s\n\nFAILED (failures=1, errors=2, skipped=1)"

        found = pythontests.count("x", text, 1)

        self.assertEqual((found.passed, found.failed), (2, 3))

    def test_break_down_before_the_first_test_is_a_failure(self):
        found = pythontests.count("x", "ImportError: no", 1)

        self.assertEqual((found.passed, found.failed), (0, 1))
