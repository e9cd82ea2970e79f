"""``make visual``: documents drawn anew and compared with the pictures in docs/."""

import json
import os
import time

from dev import console, databases, odoo, paths
from dev.testing import odoolog, outcome, templates
from dev.visual import documents

REFERENCES = paths.CHECKOUT / "docs" / "images" / "documents"
SCRIPT = "from dev.visual import inside; inside.main(env)"
HELP = "look at it, and take it over with: ACCEPT=1 make visual"


def run():
    """Compare; with ACCEPT=1 take over what looks otherwise. Return the exit code."""
    accept = os.environ.get("ACCEPT", "") not in ("", "0")
    setup = odoo.ensure()
    databases.drop_stale(databases.TESTS)
    with console.step("Draw the documents"):
        found = check(setup, accept)
    return outcome.conclude([found])


def check(setup, accept=False):
    """The part of the tests: each document looks like its picture."""
    start = time.monotonic()
    found = outcome.Outcome("visual")
    report, log = _draw(setup, accept)
    problems = odoolog.read(log).problems
    found.check(not problems, f"Odoo's log is not clean:\n{odoolog.digest(problems)}")
    for name, difference in report.items():
        found.check(not difference, f"{name}: {difference}")
    stale = _stale()
    if accept:
        for path in stale:
            path.unlink()
    else:
        names = ", ".join(path.name for path in stale)
        found.check(not stale, f"Pictures of no document: {names}; {HELP}")
    found.seconds = time.monotonic() - start
    return found


def _draw(setup, accept):
    """(what differs by the document's name, the log), on a copy of the database."""
    name = f"{databases.TESTS}{os.getpid()}_visual"
    log = paths.logs() / f"{name}.log"
    log.unlink(missing_ok=True)
    databases.create(name, templates.ensure_all(setup))
    try:
        output = odoo.run_script(
            setup, name, SCRIPT, log, [paths.CHECKOUT], ACCEPT="1" if accept else ""
        )
    finally:
        databases.drop(name)
    last = (output.strip().splitlines() or [""])[-1]
    if not last.startswith("{"):
        raise console.DevError(f"The documents could not be drawn: {output[-2000:]}")
    return json.loads(last), log


def _stale():
    names = documents.names()
    return [path for path in sorted(REFERENCES.glob("*.png")) if path.stem not in names]
