"""OCA's addon that cancels quotations after their validity: only measured beside ours.

It is installed from PyPI into a folder and a database of their own: our addons neither
need it nor know it.
"""

import dataclasses

from dev import console, databases, odoo, paths, process, steps
from dev.testing import templates

PINS = paths.PINS / "requirements-bench.txt"
ADDON = "sale_validity_auto_cancel"


def ensure(setup):
    """The setup whose addons path holds OCA's addon besides."""

    def build(folder):
        log = paths.logs() / "bench-oca.log"
        command = [setup.python, "-m", "pip", "install", "--no-deps", "--target"]
        options = ["--disable-pip-version-check", "-r", PINS]
        process.run([*command, folder, *options], log)

    key = paths.short_hash(PINS)
    folder = steps.ensure("oca", key, "Install OCA's addon for the benchmark", build)
    addons = (*setup.source.addons, folder / "odoo" / "addons")
    source = dataclasses.replace(setup.source, addons=addons)
    return dataclasses.replace(setup, source=source)


def create_database(setup, name):
    """A copy of the database without our addons, with OCA's installed.

    :param setup: what `ensure` returned
    """
    databases.create(name, templates.ensure_core(setup))
    log = paths.logs() / f"{name}.log"
    with console.step(f"Install {ADDON} into a database of its own"):
        odoo.run(setup, name, log, f"--init={ADDON}")
