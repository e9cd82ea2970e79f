from dev import ci
from dev.tests.environment.common import DevCase

GOOD = {"lint": "", "package": "", "test": "echo '10 passed, 0 failed'"}
# Tells what it was called with, then does what the test wants of this target.
MAKE = """#!/bin/sh
echo "$2 $XDG_CACHE_HOME" >> {calls}
case "$2" in
{cases}
esac
"""


class TestCi(DevCase):
    def run_ci(self, **targets):
        """The exit code and the last line, with a `make` that does what is told."""
        programs = self.folder / "bin"
        programs.mkdir()
        self.calls = self.folder / "calls"
        cases = [
            f"{name}) {text or ':'};;" for name, text in {**GOOD, **targets}.items()
        ]
        make = programs / "make"
        make.write_text(MAKE.format(calls=self.calls, cases="\n".join(cases)))
        make.chmod(0o755)
        self.set_environment(PATH=f"{programs}:/usr/bin:/bin")
        code = ci.run()
        return code, self.printed.getvalue().splitlines()[-1]

    def test_targets_add_up(self):
        self.assertEqual(self.run_ci(), (0, "12 passed, 0 failed"))

    def test_target_that_fails_is_counted_and_the_others_go_on(self):
        found = self.run_ci(lint="exit 1")

        self.assertEqual(found, (1, "11 passed, 1 failed"))

    def test_failed_tests_are_taken_over(self):
        found = self.run_ci(test="echo '7 passed, 3 failed'; exit 1")

        self.assertEqual(found, (1, "9 passed, 3 failed"))

    def test_tests_without_a_sum_are_a_failure(self):
        self.assertEqual(self.run_ci(test="echo done"), (1, "2 passed, 1 failed"))

    def test_sum_of_no_test_is_a_failure(self):
        found = self.run_ci(test="echo '0 passed, 0 failed'")

        self.assertEqual(found, (1, "2 passed, 1 failed"))

    def test_good_sum_does_not_outweigh_a_bad_exit_code(self):
        found = self.run_ci(test="echo '10 passed, 0 failed'; exit 2")

        self.assertEqual(found, (1, "12 passed, 1 failed"))

    def test_last_sum_counts(self):
        found = self.run_ci(test="echo '1 passed, 1 failed'; echo '2 passed, 0 failed'")

        self.assertEqual(found, (0, "4 passed, 0 failed"))

    def test_line_that_only_resembles_a_sum_is_none(self):
        found = self.run_ci(lint="echo '8 checks passed, 0 failed'")

        self.assertEqual(found, (0, "12 passed, 0 failed"))

    def test_nothing_but_failures_is_a_failure(self):
        found = self.run_ci(lint="exit 1", package="exit 1", test="exit 1")

        self.assertEqual(found, (1, "0 passed, 3 failed"))

    def test_cache_folder_is_an_empty_one_and_goes_at_the_end(self):
        self.run_ci(lint='test -z "$(ls "$XDG_CACHE_HOME")"', test="exit 1")

        targets, folders = zip(
            *(line.split() for line in self.calls.read_text().splitlines()), strict=True
        )
        self.assertEqual(targets, ("lint", "package", "test", "clean"))
        self.assertEqual(len(set(folders)), 1)
        self.assertEqual(list(self.folder.glob("proforma-ecom-ci-*")), [])
        self.assertIn("2 passed, 1 failed", self.printed.getvalue())
