"""Programs from npm: the mail catcher, the formatter of XML and JavaScript, the checker
of what pages are to people who do not see them or use no mouse, and what mirrors style
sheets for languages that are written from the right."""

import shutil

from dev import console, paths, process, steps

PINS = paths.PINS / "npm"
LOCK = PINS / "package-lock.json"


def ensure():
    """Folder whose ``node_modules`` holds what the lock file names."""
    key = paths.short_hash(PINS / "package.json", LOCK)
    return steps.ensure("npm", key, "Install npm packages", _install)


def axe():
    """The checker of accessibility, a script for a browser."""
    return ensure() / "node_modules" / "axe-core" / "axe.min.js"


def programs():
    """The folder of the commands; Odoo looks for `rtlcss` on the path."""
    return ensure() / "node_modules" / ".bin"


def _install(folder):
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PINS / name, folder)
    log = paths.logs() / "npm.log"
    # Install scripts are not run: none of these packages needs one.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    progress = console.Progress("npm", lambda: process.last_line(log) or "downloading")
    process.run(["npm", "ci", *options], log, cwd=folder, progress=progress)
