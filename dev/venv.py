"""Virtual environments with pinned packages: one for Odoo, one for the linters."""

import os
import sys

from dev import console, paths, process, steps

ODOO_PINS = (paths.PINS / "requirements.txt", paths.PINS / "constraints.txt")
LINT_PINS = (paths.PINS / "requirements-lint.txt", paths.PINS / "constraints-lint.txt")


def ensure():
    """Folder of the virtual environment that runs Odoo."""
    return _ensure("venv", "Install Python packages", *ODOO_PINS)


def ensure_lint():
    """Folder of the virtual environment that checks and builds our addons."""
    return _ensure("venv-lint", "Install linters", *LINT_PINS)


def _ensure(name, title, requirements, constraints):
    key = paths.short_hash(requirements, constraints, sys.version)

    def build(folder):
        log = paths.logs() / f"{name}.log"
        process.run([sys.executable, "-m", "venv", folder], log, fix=None)
        progress = console.Progress("pip", lambda: process.last_line(log))
        command = [folder / "bin" / "python", "-m", "pip", "install"]
        options = ["--disable-pip-version-check", "-r", requirements, "-c", constraints]
        # pip's own log must not be mistaken for a terminal's.
        env = {**os.environ, "PIP_PROGRESS_BAR": "off"}
        process.run([*command, *options], log, env=env, progress=progress)

    return steps.ensure(name, key, title, build)
