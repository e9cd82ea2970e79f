"""``make i18n``: the texts of our addons, exported and merged into the translations."""

import json
import os
import time
from pathlib import Path

from dev import console, databases, odoo, paths
from dev.demo import database
from dev.testing import templates
from dev.testing.outcome import Outcome

SCRIPT = Path(__file__).parent / "scripts" / "catalogues.py"


def run():
    """Write every .pot anew and bring the .po files up to it; name what is missing."""
    setup = odoo.ensure()
    database.ensure(setup)  # The one that holds the demonstration, but not all addons.
    demos = [name for name in paths.addons() if name.endswith("_demo")]
    report = {
        **_examine(setup, write=True),
        **_run_script(setup, database.NAME, demos, write=True),
    }
    for addon, found in report.items():
        for text in found["untranslated"]:
            console.say(f"{addon}: not translated: {text}")
        console.say(f"{addon}: {'changed' if found['changed'] else 'up to date'}")
    return 1 if any(found["untranslated"] for found in report.values()) else 0


def check(setup):
    """The part of the tests: every .pot is up to date, every .po complete."""
    start = time.monotonic()
    outcome = Outcome("translations")
    report = _examine(setup, write=False)
    for addon, found in report.items():
        outcome.check(
            not found["changed"],
            f"{addon}: the .pot is out of date; run: make i18n\n"
            + "\n".join(found["changed"]),
        )
        outcome.check(
            not found["untranslated"],
            f"{addon}: not translated:\n" + "\n".join(found["untranslated"]),
        )
    outcome.seconds = time.monotonic() - start
    return outcome


def _examine(setup, write):
    """What the script finds in all addons but the demonstration, see `_run_script`."""
    addons = [name for name in paths.addons() if not name.endswith("_demo")]
    name = f"{databases.TESTS}{os.getpid()}_translations"
    databases.create(name, templates.ensure_all(setup))
    try:
        return _run_script(setup, name, addons, write)
    finally:
        databases.drop(name)


def _run_script(setup, name, addons, write):
    """What the script found: addon -> ``changed`` and ``untranslated`` texts."""
    output = odoo.run_script(
        setup,
        name,
        SCRIPT.read_text(encoding="utf-8"),
        ADDONS=",".join(addons),
        CHECKOUT=str(paths.CHECKOUT),
        WRITE="1" if write else "",
    )
    last = (output.strip().splitlines() or [""])[-1]
    if not last.startswith("{"):
        raise console.DevError(f"The texts could not be exported: {output[-2000:]}")
    return json.loads(last)
