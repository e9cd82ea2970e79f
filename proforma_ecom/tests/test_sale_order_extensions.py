import ast
from importlib import import_module
from pathlib import Path

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestSaleOrderExtensions(TransactionCase):
    """The order of our extensions of a model is the one that is written down."""

    def _get_listed(self, addon):
        """Return what an addon imports in `models/__init__.py`, in order."""
        source = import_module(f"{addon}.models").__file__
        return [
            alias.name
            for node in ast.parse(Path(source).read_text(encoding="utf-8")).body
            for alias in node.names
        ]

    def test_extension_that_is_imported_last_is_called_first(self):
        for name in ("sale.order", "sale.order.line", "res.company", "res.partner"):
            called = {}
            for extension in self.env.registry[name].__mro__:
                addon, _, module = extension.__module__.partition(".models.")
                stem = name.replace(".", "_")
                if addon.startswith("odoo.addons.proforma") and module.startswith(stem):
                    called.setdefault(addon, []).append(module)
            for addon, modules in called.items():
                listed = [m for m in self._get_listed(addon) if m in modules]

                with self.subTest(addon=addon, name=name):
                    self.assertEqual(modules, listed[::-1])
