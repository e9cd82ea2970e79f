import os
import signal
import subprocess
import sys
import threading
import time
from collections import namedtuple
from unittest import mock

from dev import console, paths, steps
from dev.tests.environment.common import DevCase

Usage = namedtuple("Usage", "total used free")
HALF_DONE = """
import time
from dev import steps

def build(folder):
    (folder / "half").touch()
    print("building", flush=True)
    time.sleep(60)

steps.ensure("thing", "1", "Build a thing", build)
"""


class TestSteps(DevCase):
    def build(self, folder):
        self.built = getattr(self, "built", 0) + 1
        (folder / "whole").touch()

    def test_finished_step_is_not_done_again(self):
        for _time in range(2):
            steps.ensure("thing", "1", "Build a thing", self.build)

        self.assertEqual(self.built, 1)

    def test_changed_pin_builds_again(self):
        steps.ensure("thing", "1", "Build a thing", self.build)
        steps.ensure("thing", "2", "Build a thing", self.build)

        self.assertEqual(self.built, 2)

    def test_step_killed_half_way_is_done_anew(self):
        child = self.start(HALF_DONE)
        child.stdout.readline()  # The title.
        child.stdout.readline()
        child.kill()
        child.wait()

        folder = steps.ensure("thing", "1", "Build a thing", self.build)

        self.assertTrue((folder / "whole").exists())
        self.assertFalse((folder / "half").exists())

    def test_step_says_what_it_does_and_how_long(self):
        steps.ensure("thing", "1", "Build a thing", self.build)

        self.assertRegex(self.printed.getvalue(), r"ok Build a thing \(0\.\d s\)")

    def test_failed_step_leaves_no_stamp(self):
        def fail(_folder):
            raise console.DevError("no")

        with self.assertRaises(console.DevError):
            steps.ensure("thing", "1", "Build a thing", fail)
        steps.ensure("thing", "1", "Build a thing", self.build)

        self.assertEqual(self.built, 1)

    def test_two_threads_do_not_hold_a_lock_at_once(self):
        inside, most = [], []

        def hold():
            with steps.lock("templates"):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.1)
                inside.pop()

        threads = [threading.Thread(target=hold) for _number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        self.assertEqual(most, [1, 1, 1])

    def test_lock_that_a_thread_holds_is_busy_for_another(self):
        told = []

        def ask():
            try:
                with steps.lock("setup", wait=False, busy="busy"):
                    told.append("given")
            except console.DevError as error:
                told.append(str(error))

        with steps.lock("setup"), steps.lock("setup"):
            thread = threading.Thread(target=ask)
            thread.start()
            thread.join()

        self.assertEqual(told, ["busy"])

    def test_two_makes_do_not_build_at_once(self):
        child = self.start(HALF_DONE)
        child.stdout.readline()
        child.stdout.readline()

        with (
            self.assertRaisesRegex(console.DevError, "busy"),
            steps.lock("setup", wait=False, busy="busy"),
        ):
            self.fail("The lock was given twice.")

        child.kill()
        child.wait()

    def test_lock_of_a_killed_make_is_free(self):
        child = self.start(HALF_DONE)
        child.stdout.readline()
        child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL)
        child.wait()

        start = time.monotonic()
        with steps.lock("setup", wait=False):
            self.assertLess(time.monotonic() - start, 1)

    def test_full_disk_is_said_before_a_step_begins(self):
        full = Usage(100 * 2**30, 99 * 2**30, 2**30)

        self.enterContext(mock.patch("shutil.disk_usage", return_value=full))
        with self.assertRaisesRegex(console.DevError, "1.0 GB free .* 4 GB needed"):
            steps.ensure("thing", "1", "Build a thing", self.build)

    def start(self, code):
        child = subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            text=True,
            cwd=paths.CHECKOUT,
        )
        self.addCleanup(child.stdout.close)
        return child
