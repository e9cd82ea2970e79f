import os

from dev import databases, paths
from dev.tests.environment.common import DevCase

# More than Linux ever counts to.
GONE = 2**22 + 1


class TestStaleFiles(DevCase):
    def remains(self, folder, name):
        """Whether a file of this name is still there afterwards."""
        path = paths.subfolder(folder) / name
        path.write_text("")
        databases.remove_stale_files("proforma_test_")
        return path.exists()

    def test_files_of_a_run_that_is_no_more_go(self):
        self.assertFalse(self.remains("logs", f"test-proforma_test_{GONE}_all.log"))
        self.assertFalse(self.remains("run", f"odoo-proforma_test_{GONE}_all.conf"))

    def test_files_of_a_running_one_stay(self):
        name = f"odoo-proforma_test_{os.getpid()}_all.conf"

        self.assertTrue(self.remains("run", name))

    def test_other_files_stay(self):
        for name in ("demo.conf", "setup.lock", f"test-scratch_{GONE}_x.log"):
            self.assertTrue(self.remains("run", name))
