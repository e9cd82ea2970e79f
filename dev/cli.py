"""The targets: one function each, found by the name that make passes."""

import contextlib
import os
import sys

from dev import console, databases, odoo, process
from dev.testing import addons, outcome


def run(arguments):
    """Run the target that the arguments name; return the exit code."""
    name = arguments[0] if arguments else "help"
    target = TARGETS.get(name)
    if target is None:
        console.warn(f"No target {name!r}; there are: {', '.join(sorted(TARGETS))}.")
        return 2
    try:
        return target(*arguments[1:]) or 0
    except console.DevError as error:
        console.warn(f"Error: {error}")
        return 1
    except KeyboardInterrupt:
        console.warn("Interrupted; run the same command again to go on.")
        return 130
    finally:
        process.end_all()


def setup():
    """Prepare everything."""
    odoo.ensure()


def env():
    """Print what a shell needs to start Odoo by hand: ``eval "$(python3 -m dev env)"``."""
    with contextlib.redirect_stdout(sys.stderr):
        ready = odoo.ensure()
    for name, value in ready.environment().items():
        if os.environ.get(name) != value:
            console.say(f'export {name}="{value}"')


def test():
    """Run the tests; with ADDON= those of one addon."""
    if os.environ.get("ADDON"):
        return outcome.conclude([addons.develop()])
    raise console.DevError("to come")


def shell():
    """An Odoo shell on the demo database, or on DB=."""
    ready = odoo.ensure()
    name = os.environ.get("DB") or "proforma_demo"
    if not databases.exists(name):
        raise console.DevError(f"There is no database {name}: run `make demo` first.")
    return odoo.shell(ready, odoo.configuration("shell", ready), name)


TARGETS = {"setup": setup, "env": env, "test": test, "shell": shell}
