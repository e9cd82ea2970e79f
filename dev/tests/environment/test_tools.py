import os
import shutil
from unittest import mock

from dev import console, tools
from dev.tests.environment.common import DevCase


class TestTools(DevCase):
    def missing(self, *names):
        """Pretend that these programs are not on the machine."""
        real = shutil.which
        fake = mock.patch(
            "shutil.which",
            side_effect=lambda name: None if name in names else real(name),
        )
        self.enterContext(fake)

    def test_ordinary_user_is_told_the_command(self):
        self.missing("node", "npm")

        with mock.patch.object(os, "geteuid", return_value=1000):
            message = (
                "Missing: nodejs, npm; install with: sudo apt-get install .* nodejs npm"
            )
            with self.assertRaisesRegex(console.DevError, message):
                tools.ensure(build_tools=False, server=False)

    def test_nothing_is_said_when_all_is_there(self):
        tools.ensure(build_tools=False, server=False)

        self.assertEqual(self.printed.getvalue(), "")

    def test_own_server_needs_no_server_program(self):
        self.missing("psql")

        self.assertEqual(tools.missing(server=False), ["postgresql-client"])

    def test_compiler_is_asked_for_only_to_compile(self):
        self.missing("cmake")

        self.assertNotIn("cmake", tools.missing(build_tools=False))
        self.assertIn("cmake", tools.missing(build_tools=True))
