"""The targets: one function each, found by the name that make passes."""

import contextlib
import os
import sys

from dev import (
    ci,
    cleaning,
    console,
    databases,
    landed,
    lint,
    odoo,
    package,
    postgres,
    process,
    translation,
    visual,
)
from dev.bench import data, runner
from dev.demo import database, server
from dev.testing import addons, core, outcome, suite


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
    """Prepare everything, the demo database included."""
    database.ensure(odoo.ensure())


def env():
    """Print what a shell needs to start Odoo by hand, for its ``eval``."""
    with contextlib.redirect_stdout(sys.stderr):
        ready = odoo.ensure()
    for name, value in ready.environment().items():
        if os.environ.get(name) != value:
            console.say(f'export {name}="{value}"')


def test():
    """Run the tests; with ADDON= those of one addon."""
    if os.environ.get("ADDON"):
        return outcome.conclude([addons.develop()])
    return suite.run()


def shell():
    """An Odoo shell on the demo database, or on DB=."""
    with contextlib.redirect_stdout(sys.stderr):  # For the script's own output.
        ready = odoo.ensure()
    name = os.environ.get("DB") or database.NAME
    if name == database.NAME:
        database.ensure(ready)
    elif not databases.exists(name):
        raise console.DevError(
            f"There is no database {name}: leave DB= out to use the demo's."
        )
    # Its mail goes to the demo's inbox, when the demo runs.
    config = odoo.configuration("shell", ready, smtp_port=database.port() + 2)
    return odoo.shell(ready, config, name)


def demo():
    """Prepare everything and serve the demo until Ctrl-C."""
    return server.serve()


def stop():
    """End what we started, the database server too."""
    ended = 0
    for pid in process.ours():
        process.stop_pid(pid)
        ended += 1
    server_was_up = postgres.stop()
    console.say(
        f"Stopped {ended} processes{' and PostgreSQL' if server_was_up else ''}."
    )


def clean():
    """Remove the databases and the cache folder; the next target prepares anew."""
    stop()
    cleaning.clean()


TARGETS = {
    "bench": runner.run,
    "bench-data": data.run,
    "ci": ci.run,
    "package": package.run,
    "lint": lint.run,
    "clean": clean,
    "demo": demo,
    "env": env,
    "i18n": translation.run,
    "landed": landed.run,
    "setup": setup,
    "shell": shell,
    "stop": stop,
    "test": test,
    "test-core": core.run,
    "visual": visual.run,
}
