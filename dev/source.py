"""Odoo itself: a folder that the person names, or Debian's package, unpacked."""

import configparser
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from dev import apt, console, node, paths, process, steps

PINS = paths.PINS / "odoo.ini"
# Debian strips this script from its package; the back office logs an error without it.
STRIPPED = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class Source:
    """An Odoo: what goes on the Python path, and where its addons are."""

    root: Path
    addons: tuple

    @property
    def key(self):
        return paths.short_hash(str(self.root), self.root / "odoo" / "release.py")


def pins():
    parser = configparser.ConfigParser()
    parser.read(PINS, encoding="utf-8")
    return parser


def ensure():
    """The Odoo to use.

    :raise DevError: when ODOO_SOURCE holds none, or one of another series
    """
    named = os.environ.get("ODOO_SOURCE")
    if named:
        return _locate(Path(named).expanduser().absolute(), "ODOO_SOURCE")
    key = paths.short_hash(PINS, node.LOCK)
    title = f"Unpack Odoo {pins()['odoo']['series']}"
    return _locate(steps.ensure("odoo", key, title, _unpack), "The unpacked Odoo")


def _locate(folder, label):
    """Accept a git checkout, a site-packages folder, a prefix, or `odoo` itself."""
    candidates = [folder, folder / "usr/lib/python3/dist-packages", folder.parent]
    for root in candidates:
        release = root / "odoo" / "release.py"
        if release.is_file():
            _check_series(release, label)
            inner, outer = root / "odoo" / "addons", root / "addons"
            extra = (outer,) if (outer / "sale" / "__manifest__.py").is_file() else ()
            return Source(root, (*extra, inner))
    raise console.DevError(
        f"{label} ({folder}) holds no Odoo: name a folder that holds odoo/release.py, "
        "such as a git checkout of Odoo 19."
    )


def _check_series(release, label):
    text = release.read_text(encoding="utf-8")
    found = re.search(r"^version_info = \((.+?), (\d+),", text, re.M)
    series = f"{found[1]}.{found[2]}".replace("'", "") if found else "unknown"
    wanted = pins()["odoo"]["series"]
    if series != wanted:
        raise console.DevError(
            f"{label} is Odoo {series}, and Odoo {wanted} is needed: name a folder "
            f"with Odoo {wanted}, or unset ODOO_SOURCE."
        )


def _unpack(folder):
    """Download Odoo's package and those it links to, into one prefix."""
    config = pins()
    downloads = paths.subfolder("downloads", paths.short_hash(PINS))
    if not (downloads / steps.STAMP).exists():
        _download(config, downloads)
    log = paths.logs() / "unpack.log"
    for package in sorted(downloads.glob("*.deb")):
        process.run(["dpkg", "-x", package, folder], log)
    script = node.ensure() / "node_modules/@mediapipe/selfie_segmentation"
    target = folder / "usr/lib/python3/dist-packages/odoo" / STRIPPED
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(script / target.name, target)
    _check_links(folder)


def _download(config, folder):
    """Fetch the packages; a folder without stamp is emptied first."""
    shutil.rmtree(folder)
    folder.mkdir()
    suite, package = config["odoo"]["suite"], config["odoo"]["package"]
    apt.refresh(suite)
    offered = apt.candidate(suite, package)
    wanted = config["odoo"]["version"]
    if offered != wanted:
        console.say(f"   {package} {wanted} is no longer offered, taking {offered}")
    apt.download(folder, suite, [package, *config["suite"]["packages"].split()])
    apt.download(folder, None, config["own"]["packages"].split())
    steps.write(folder / steps.STAMP, "")


def _check_links(folder):
    broken = [
        path for path in folder.rglob("*") if path.is_symlink() and not path.exists()
    ]
    if broken:
        raise console.DevError(
            f"Odoo's package links to {broken[0].name}, which no package of "
            f"{PINS.name} holds: add the package to that file."
        )
