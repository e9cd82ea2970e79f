"""What the tests of the environment share: a cache folder of their own."""

import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock


class DevCase(unittest.TestCase):
    """A test in an empty cache folder, what is printed is in ``self.printed``."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="proforma-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.set_environment(XDG_CACHE_HOME=folder.name)
        self.printed = io.StringIO()
        for redirect in (contextlib.redirect_stdout, contextlib.redirect_stderr):
            self.enterContext(redirect(self.printed))

    def set_environment(self, **values):
        """Set variables for this test; None unsets one."""
        kept = {name: value for name, value in values.items() if value is not None}
        self.enterContext(mock.patch.dict(os.environ, kept))
        for name, value in values.items():
            if value is None:
                os.environ.pop(name, None)
