from dev import console, source
from dev.tests.environment.common import DevCase


class TestOdooSource(DevCase):
    def make_odoo(self, version="19, 0", addons="odoo/addons"):
        release = self.folder / "mine" / "odoo" / "release.py"
        release.parent.mkdir(parents=True)
        release.write_text(f"version_info = ({version}, 0, FINAL, 0, '')\n")
        (self.folder / "mine" / addons / "sale").mkdir(parents=True)
        (self.folder / "mine" / addons / "sale" / "__manifest__.py").touch()
        self.set_environment(ODOO_SOURCE=str(self.folder / "mine"))
        return self.folder / "mine"

    def test_named_odoo_is_used(self):
        root = self.make_odoo()

        found = source.ensure()

        self.assertEqual(found.root, root)
        self.assertEqual(found.addons, (root / "odoo" / "addons",))

    def test_addons_of_a_git_checkout_are_found(self):
        root = self.make_odoo(addons="addons")

        found = source.ensure()

        self.assertEqual(found.addons, (root / "addons", root / "odoo" / "addons"))

    def test_package_folder_itself_may_be_named(self):
        root = self.make_odoo()
        self.set_environment(ODOO_SOURCE=str(root / "odoo"))

        self.assertEqual(source.ensure().root, root)

    def test_another_series_is_refused(self):
        self.make_odoo(version="18, 0")

        with self.assertRaisesRegex(console.DevError, "is Odoo 18.0, and Odoo 19.0"):
            source.ensure()

    def test_saas_series_is_refused(self):
        self.make_odoo(version="'saas~19', 1")

        with self.assertRaisesRegex(console.DevError, "is Odoo saas~19.1"):
            source.ensure()

    def test_folder_without_odoo_is_refused(self):
        self.set_environment(ODOO_SOURCE=str(self.folder))

        with self.assertRaisesRegex(console.DevError, "holds no Odoo: name a folder"):
            source.ensure()
