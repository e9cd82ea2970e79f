"""``make test``: every part, two at a time, and one sum.

PARTS= runs some of them only: names separated by commas, or the word before a dash that
several begin with.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from dev import console, databases, landed, odoo, paths, translation, visual
from dev.testing import (
    addons,
    combinations,
    lifecycle,
    outcome,
    pythontests,
    templates,
    upgrade,
)

# The tag of our tests over many cases, which run once.
RANDOM = "proforma_random"


def parts(setup, run):
    """Functions that return an outcome, by name; the longest ones first.

    :param run: prefix of this run's databases
    """
    found = {}
    for label, names in combinations.of_addons().items():
        found[label] = _combination(setup, label, names, f"{run}{label}")
    found["random"] = _combination(
        setup, "random", combinations.BASE, f"{run}random", RANDOM
    )
    for name in paths.addons():
        found[f"lifecycle-{name}"] = lambda name=name: lifecycle.run(
            setup, name, f"{run}life_{name}"
        )
    for version in landed.versions():
        found[f"upgrade-{version}"] = lambda version=version: upgrade.run(
            setup, version, f"{run}upgrade_{version.replace('.', '_')}"
        )
    found["system"] = lambda: pythontests.run(
        "system", setup.python, "dev/tests/system"
    )
    found["translations"] = lambda: translation.check(setup)
    found["visual"] = lambda: visual.check(setup)
    found["environment"] = lambda: pythontests.run(
        "environment", setup.python, "dev/tests/environment"
    )
    return {"all": found["all"], **found}


def _combination(setup, label, names, database, tags=None):
    return lambda: addons.run(setup, label, names, database, tags)


def run():
    """Run the parts; return the exit code."""
    start = time.monotonic()
    setup = odoo.ensure()
    databases.drop_stale(databases.TESTS)
    prefix = f"{databases.TESTS}{os.getpid()}_"
    chosen = _choose(parts(setup, prefix))
    templates.ensure_core(setup)
    try:
        outcomes = _run_parts(chosen)
    finally:
        for name in databases.names(prefix):
            databases.drop(name)
    console.say(f"\nTests took {console.duration(time.monotonic() - start)}.")
    return outcome.conclude(outcomes)


def _choose(found):
    wanted = os.environ.get("PARTS", "").replace(",", " ").split()
    known = {word for name in found for word in (name, name.partition("-")[0])}
    unknown = set(wanted) - known
    if unknown:
        raise console.DevError(
            f"There is no part {sorted(unknown)[0]}; PARTS= takes: {', '.join(found)}."
        )
    return {
        name: part
        for name, part in found.items()
        if not wanted or name in wanted or name.partition("-")[0] in wanted
    }


def _run_parts(chosen):
    console.say(f"-> Run the tests: {', '.join(chosen)}")
    outcomes = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        futures = {
            pool.submit(_guard, name, part): name for name, part in chosen.items()
        }
        try:
            for future in as_completed(futures):
                outcomes.append(future.result())
                console.say(outcomes[-1].line())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return outcomes


def _guard(name, part):
    """A part that cannot even start is one failure, and the others go on."""
    start = time.monotonic()
    try:
        return part()
    except console.DevError as error:
        seconds = time.monotonic() - start
        return outcome.Outcome(name, 0, 1, [str(error)], seconds)
