"""Plain unittest folders, run in a process of their own and counted."""

import os
import re
import time

from dev import console, databases, paths, process
from dev.testing.outcome import Outcome

COUNT = re.compile(r"^Ran (\d+) tests? in", re.M)
PROBLEMS = re.compile(r"\b(failures|errors|unexpected successes)=(\d+)")


def run(label, python, folder):
    """Run the test modules of a folder; none at all is an empty outcome.

    :param python: interpreter: ours for what needs the standard library only, Odoo's
        virtual environment for what needs more
    """
    start = time.monotonic()
    if not list((paths.CHECKOUT / folder).glob("test_*.py")):
        return Outcome(label)
    log = paths.logs() / f"test-{databases.TESTS}{os.getpid()}_{label}.log"
    log.unlink(missing_ok=True)
    command = [python, "-m", "unittest", "discover", "-v", "-s", folder, "-t", "."]
    progress = console.Progress(label, lambda: process.last_line(log))
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(paths.subfolder("pycache"))}
    code = process.run(
        command, log, cwd=paths.CHECKOUT, env=env, progress=progress, check=False
    )
    outcome = count(label, log.read_text(encoding="utf-8", errors="replace"), code)
    outcome.seconds = time.monotonic() - start
    return outcome


def count(label, text, code):
    """An outcome from what unittest printed."""
    found = COUNT.search(text)
    total = int(found[1]) if found else 0
    last = text.strip().splitlines()[-1:] or [""]
    failed = sum(int(number) for _kind, number in PROBLEMS.findall(last[0]))
    if code and not failed:  # It broke down before it could count.
        failed, total = 1, total + 1
    outcome = Outcome(label, max(total - failed, 0), failed)
    if failed:
        start = text.find("\n=====")
        outcome.details.append(text[max(start, 0) :].strip())
    return outcome
