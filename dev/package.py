"""``make package``: each addon as a wheel that pip can install."""

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from dev import console, paths, process, venv


def run():
    """Build the wheels into the cache folder's ``wheels``; try each of them."""
    python = venv.ensure_lint() / "bin" / "python"
    shutil.rmtree(paths.subfolder("wheels"))
    wheels = paths.subfolder("wheels")
    for addon in paths.addons():
        with console.step(f"Build the package of {addon}"):
            wheel = _build(python, addon, wheels)
            _check(wheel, addon)
            _install(python, wheel, addon)
    (wheels / "work").rmdir()
    console.say(f"The wheels are in {wheels}.")


def _build(python, addon, wheels):
    """Build from a copy, so that nothing is written into the checkout."""
    work = paths.subfolder("wheels", "work") / addon
    # Names that other systems or git leave are no part of an addon.
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc", "build", "*.egg-info")
    shutil.copytree(paths.CHECKOUT / addon, work, ignore=ignored)
    log = paths.logs() / "package.log"
    # The copy is outside of git: the version is the manifest's, without a commit count.
    env = {**os.environ, "WHOOL_POST_VERSION_STRATEGY_OVERRIDE": "none"}
    command = [python, "-m", "build", "--wheel", "--no-isolation", "--outdir", wheels]
    process.run([*command, work], log, env=env)
    shutil.rmtree(work)
    return next(wheels.glob(f"odoo_addon_{addon}-*.whl"))


def _check(wheel, addon):
    """:raise DevError: when the wheel lacks the manifest, or what the manifest names"""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = next(name for name in names if name.endswith("/METADATA"))
        text = archive.read(metadata).decode()
    for path in (paths.CHECKOUT / addon).rglob("*.*"):
        relative = path.relative_to(paths.CHECKOUT)
        packed = path.suffix in (".xml", ".csv", ".po", ".scss", ".js", ".py", ".css")
        if packed and f"odoo/addons/{relative}" not in names:
            raise console.DevError(f"{wheel.name} lacks {relative}.")
    if "Requires-Dist: odoo==19.0" not in text and "Requires-Dist: odoo (" not in text:
        raise console.DevError(f"{wheel.name} does not ask for Odoo 19.")


def _install(python, wheel, addon):
    """Install the wheel as pip would, beside nothing; Odoo itself is left out.

    :raise DevError: when the addon is not where Odoo looks for it
    """
    command = [python, "-m", "pip", "install", "--no-deps", "--no-index", "--target"]
    with tempfile.TemporaryDirectory(prefix="proforma-wheel-") as target:
        process.run([*command, target, wheel], paths.logs() / "package.log")
        if not paths.is_addon(Path(target, "odoo", "addons", addon)):
            raise console.DevError(f"{wheel.name} installs no odoo/addons/{addon}.")
