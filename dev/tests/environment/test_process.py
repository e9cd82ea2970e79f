import os
import signal
import subprocess
import sys
import time

from dev import console, paths, process
from dev.tests.environment.common import DevCase

PARENT = """
import sys
from dev import process
with open(sys.argv[1], "wb") as log:
    child = process.start(["sleep", "60"], log)
print(child.pid, flush=True)
process.wait(child)
"""


class TestProcess(DevCase):
    def run_text(self, text, code=1):
        script = f"import sys; print({text!r}); sys.exit({code})"
        process.run([sys.executable, "-c", script], self.folder / "log")

    def test_missing_network_is_said(self):
        # A true failure of pip: nobody listens at that port.
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--retries=0"]
        index = ["--index-url=http://127.0.0.1:9/", "--isolated", "no-such-thing==1.0"]

        with self.assertRaisesRegex(console.DevError, "network cannot be reached"):
            process.run([*command, *index], self.folder / "log", cwd=self.folder)

    def test_network_errors_of_apt_and_npm_are_known(self):
        for text in (
            "W: Failed to fetch ...  Temporary failure resolving 'archive.example'",
            "npm error code ENOTFOUND",
        ):
            with (
                self.subTest(text),
                self.assertRaisesRegex(console.DevError, "network"),
            ):
                self.run_text(text)

    def test_full_disk_is_said(self):
        with self.assertRaisesRegex(console.DevError, "disk is full: free some space"):
            self.run_text("OSError: [Errno 28] No space left on device")

    def test_other_failure_names_its_last_line_and_log(self):
        with self.assertRaisesRegex(console.DevError, "it broke .*details: .*log"):
            self.run_text("it broke")

    def test_killed_make_leaves_no_process(self):
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(self.folder / "log")],
            stdout=subprocess.PIPE,
            text=True,
            cwd=paths.CHECKOUT,
        )
        self.addCleanup(parent.stdout.close)
        pid = int(parent.stdout.readline())

        parent.kill()
        parent.wait()

        self.assertTrue(self.is_gone(pid))

    def test_stop_finds_what_was_started_and_its_children(self):
        with open(self.folder / "log", "wb") as log:
            child = process.start(["sh", "-c", "sleep 60 & wait"], log)
        time.sleep(0.3)

        found = list(process.ours())

        self.assertIn(child.pid, found)
        self.assertEqual(len(found), 2)
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        process.wait(child)

    def test_stop_leaves_another_cache_alone(self):
        with open(self.folder / "log", "wb") as log:
            child = process.start(["sleep", "60"], log)
        self.set_environment(XDG_CACHE_HOME=str(self.folder / "other"))

        self.assertNotIn(child.pid, list(process.ours()))

        process.end(child)

    def test_stop_insists(self):
        code = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
        with open(self.folder / "log", "wb") as log:
            child = process.start([sys.executable, "-c", code], log)
        time.sleep(0.5)

        process.end(child, grace=0.5)

        self.assertEqual(child.returncode, -signal.SIGKILL)

    def is_gone(self, pid, patience=5):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if process.started_at(pid) is None:
                return True
            time.sleep(0.05)
        return False
