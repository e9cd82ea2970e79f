"""Odoo's own test runner over our addons, in a database of its own."""

import os
import time

from dev import console, databases, odoo, paths, steps
from dev.testing import combinations, odoolog, templates
from dev.testing.outcome import Outcome


def run(setup, label, addons, database, tags=None, keep=False):
    """Install (or update) the addons and run their tests.

    :param label: name of the part in what is printed
    :param addons: what to install, ours and core's
    :param keep: go on with the database as it is, and update our addons in it
    """
    start = time.monotonic()
    update = keep and databases.exists(database)
    if not update:
        _create(setup, addons, database)
    ours = [name for name in addons if name in paths.addons()]
    wanted = tags or ",".join(f"/{name}" for name in ours)
    log = paths.logs() / f"test-{database}.log"
    log.unlink(missing_ok=True)
    code = odoo.run(
        setup, database, log,
        f"--update={','.join(ours)}" if update else f"--init={','.join(addons)}",
        f"--test-tags={wanted}",
        progress=console.Progress(label, lambda: progress(log)), check=False,
    )  # fmt: skip
    outcome = judge(label, log, code)
    outcome.seconds = time.monotonic() - start
    return outcome


def judge(label, log, code, clean=True):
    """Turn a log and an exit code into an outcome.

    A clean log is one check more; so is the exit code when nothing else explains it.

    :param clean: whether a warning in the log fails the run
    """
    report = odoolog.read(log)
    outcome = Outcome(label, max(report.tests - report.failed, 0), report.failed)
    outcome.details += report.failures
    if report.tests and clean:
        text = odoolog.digest(report.problems)
        outcome.check(not report.problems, f"Odoo's log is not clean:\n{text}")
    elif not report.tests and (report.problems or code):
        text = odoolog.digest(report.problems) or f"Odoo ended with code {code}."
        outcome.check(False, f"{text}\nThe whole log: {log}")
    if code and not outcome.failed:
        outcome.check(False, f"Odoo ended with code {code}; see {log}")
    return outcome


def _create(setup, addons, database):
    parent = combinations.BASE if set(addons) > set(combinations.BASE) else ()
    template = templates.ensure(setup, addons, parent)
    databases.drop(database)
    databases.create(database, template)


def progress(log):
    count, name = odoolog.latest_test(log)
    return f"{count} tests started, now {name}" if count else "installing"


def develop():
    """One addon, for the person who works on it: ADDON=, TAGS=, DB=, KEEP=1.

    The database stays, so that the next run with KEEP=1 only updates it.
    """
    addons = os.environ["ADDON"].replace(",", " ").split()
    unknown = [name for name in addons if not _exists(name)]
    if unknown:
        raise console.DevError(
            f"There is no addon {unknown[0]} in the checkout; ADDON= takes one of: "
            f"{', '.join(paths.addons())}."
        )
    database = os.environ.get("DB") or f"scratch_{addons[0]}"
    databases.check_name(database)
    keep = os.environ.get("KEEP", "") not in ("", "0")
    setup = odoo.ensure()
    busy = f"Database {database} is in use by another run: take another one with DB=."
    with steps.lock(f"db-{database}", wait=False, busy=busy):
        label = f"{','.join(addons)} in {database}"
        return run(setup, label, addons, database, os.environ.get("TAGS"), keep)


def _exists(name):
    return name in paths.addons()
