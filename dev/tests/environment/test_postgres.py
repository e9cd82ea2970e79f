import os
import tempfile
from unittest import mock

from dev import console, paths, postgres
from dev.tests.environment.common import DevCase


class TestPostgres(DevCase):
    def setUp(self):
        # The cluster that is up already; it may be the person's own server.
        self.running = postgres.environment()
        super().setUp()

    def test_named_server_is_used(self):
        self.set_environment(**self.reach_from_elsewhere())

        postgres.ensure()

        self.assertTrue(postgres.is_external())
        self.assertEqual(postgres.environment()["PGHOST"], os.environ["PGHOST"])

    def test_named_server_is_never_stopped(self):
        self.set_environment(**self.reach_from_elsewhere())

        self.assertFalse(postgres.stop())
        postgres.ensure()

    def test_named_server_that_does_not_answer_is_said(self):
        self.set_environment(PGHOST="127.0.0.1", PGPORT="9", PGUSER="nobody")

        with self.assertRaisesRegex(
            console.DevError, "PGHOST names .* does not answer"
        ):
            postgres.ensure()

    def test_without_named_server_the_cluster_is_our_own(self):
        self.set_environment(PGHOST=None)

        self.assertFalse(postgres.is_external())

    def test_own_socket_in_the_environment_is_still_ours(self):
        self.set_environment(PGHOST=str(postgres.socket_folder()))

        self.assertFalse(postgres.is_external())

    def test_path_of_the_socket_fits_in_a_deep_cache(self):
        deep = self.folder / ("d" * 120)
        self.set_environment(XDG_CACHE_HOME=str(deep))

        with mock.patch("os.geteuid", return_value=1000):
            path = f"{postgres.socket_folder()}/.s.PGSQL.{postgres.PORT}"

        self.assertLess(len(path), 107)

    def test_every_cache_has_its_own_cluster(self):
        first = postgres.home()
        self.set_environment(XDG_CACHE_HOME=str(self.folder / "other"))

        self.assertNotEqual(postgres.home(), first)

    def reach_from_elsewhere(self):
        """The running cluster under another name, as a person's own server would be."""
        host = self.running["PGHOST"]
        if not host.startswith("/"):
            return self.running
        link = tempfile.mkdtemp(prefix="proforma-pg-") + "/s"
        os.symlink(host, link)
        self.addCleanup(os.rmdir, os.path.dirname(link))
        self.addCleanup(os.unlink, link)
        return {**self.running, "PGHOST": link}


class TestPaths(DevCase):
    def test_cache_is_outside_of_the_checkout(self):
        self.assertFalse(paths.cache().is_relative_to(paths.CHECKOUT))

    def test_hash_of_an_addon_follows_its_files(self):
        addon = self.folder / "mine"
        addon.mkdir()
        (addon / "a.py").write_text("1")
        with mock.patch.object(paths, "CHECKOUT", self.folder):
            first = paths.addon_hash("mine")
            (addon / "a.py").write_text("2")

            self.assertNotEqual(paths.addon_hash("mine"), first)
