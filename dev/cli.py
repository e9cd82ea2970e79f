"""The targets: one function each, found by the name that make passes."""

import contextlib
import os
import sys

from dev import console, databases, odoo, paths, postgres


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


TARGETS = {"setup": setup, "env": env}
