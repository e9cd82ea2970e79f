import subprocess
from collections import Counter
from unittest import mock

from dev import console, landed, paths
from dev.testing.outcome import Outcome
from dev.testing.trial import Trial
from dev.tests.environment.common import DevCase

FILES = {
    "proforma_ecom/__manifest__.py": '{"version": "19.0.1.0.0"}',
    "proforma_ecom/models/a.py": "A = 1",
    "proforma_ecom/i18n/fr.po": "",
    "proforma_ecom/i18n/proforma_ecom.pot": "",
    "proforma_ecom/tests/test_a.py": "",
    "proforma_ecom/static/description/icon.png": "",
    "proforma_ecom_demo/__manifest__.py": "{}",
    "proforma_ecom_shop/__manifest__.py": "{}",
    "dev/cli.py": "",
}
KEPT = [
    "proforma_ecom/__manifest__.py",
    "proforma_ecom/i18n/fr.po",
    "proforma_ecom/models/a.py",
    "proforma_ecom_shop/__manifest__.py",
]


class TestLanded(DevCase):
    def setUp(self):
        super().setUp()
        self.checkout = self.folder / "checkout"
        archives = self.folder / "archives"
        for folder in (self.checkout, archives):
            folder.mkdir()
        self.enterContext(mock.patch.object(paths, "CHECKOUT", self.checkout))
        self.enterContext(mock.patch.object(landed, "FOLDER", archives))

    def commit(self, **changed):
        """Commit the files; a keyword is the new version of the addon."""
        for name, text in FILES.items():
            path = self.checkout / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                text.replace("19.0.1.0.0", changed.get("version", "19.0.1.0.0"))
            )
        if "model" in changed:
            (self.checkout / "proforma_ecom/models/a.py").write_text(changed["model"])
        self.git("init", "-q")
        self.git("add", ".")
        person = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
        self.git(*person, "commit", "-q", "--allow-empty", "-m", "Land")

    def git(self, *arguments):
        subprocess.run(["git", *arguments], cwd=self.checkout, check=True)

    def test_archive_holds_what_an_installation_needs(self):
        self.commit()
        landed.run()

        target = self.folder / "unpacked"
        landed.unpack(landed.versions()["19.0.1.0.0"], target)
        found = [str(path.relative_to(target)) for path in target.rglob("*.*")]
        self.assertEqual(sorted(found), KEPT)

    def test_version_that_landed_is_not_replaced(self):
        self.commit()
        landed.run()
        self.commit(model="A = 2")

        with self.assertRaisesRegex(console.DevError, "19.0.1.0.0 has landed already"):
            landed.run()

    def test_same_files_may_be_kept_again(self):
        for _time in range(2):
            self.commit()
            landed.run()

        self.assertEqual(list(landed.versions()), ["19.0.1.0.0"])

    def test_versions_are_in_the_order_of_their_numbers(self):
        for version in ("19.0.10.0.0", "19.0.2.0.0"):
            self.commit(version=version)
            landed.run()

        self.assertEqual(list(landed.versions()), ["19.0.2.0.0", "19.0.10.0.0"])

    def test_missing_history_is_told(self):
        with self.assertRaisesRegex(console.DevError, "`git ls-tree ...` failed"):
            landed.run("no-such-commit")


class TestComparison(DevCase):
    before = {"order.state": Counter({"1 draft": 1, "2 sale": 1})}

    def compare(self, *rows, may_add, **columns):
        """Whether the content counts as unchanged."""
        after = {"order.state": Counter(rows), **columns}
        trial = Trial(Outcome("x"), "none")
        with mock.patch.object(trial, "content", return_value=after):
            trial.compare(self.before, "It", may_add)
        return not trial.outcome.failed

    def test_same_content_is_no_loss(self):
        for may_add in (True, False):
            self.assertTrue(self.compare("1 draft", "2 sale", may_add=may_add))

    def test_changed_value_is_a_loss(self):
        for may_add in (True, False):
            self.assertFalse(self.compare("1 sale", "2 sale", may_add=may_add))

    def test_new_row_and_column_are_a_loss_only_where_nothing_may_be_added(self):
        rows = ("1 draft", "2 sale", "3 sale")

        self.assertTrue(self.compare(*rows, may_add=True))
        self.assertFalse(self.compare(*rows, may_add=False))
        more = {"order.note": Counter()}
        self.assertTrue(self.compare(*rows, may_add=True, **more))
        self.assertFalse(self.compare("1 draft", "2 sale", may_add=False, **more))

    def test_missing_column_is_a_loss(self):
        trial = Trial(Outcome("x"), "none")
        with mock.patch.object(trial, "content", return_value={}):
            trial.compare(self.before, "It", may_add=True)

        self.assertIn("It changed or lost: order.state", trial.outcome.details[0])
