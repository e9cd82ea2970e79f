"""Programs that come from Debian: looked for, installed as root, named otherwise."""

import ctypes
import glob
import os
import shutil
import subprocess
import sys

from dev import console, paths, process

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT = "/usr/share/fonts/**/DejaVuSans.ttf"
# Libraries that the patched wkhtmltopdf is linked against, with Debian's packages.
LIBRARIES = {
    "libXrender.so.1": "libxrender1",
    "libXext.so.6": "libxext6",
    "libX11.so.6": "libx11-6",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libpng16.so.16": "libpng16-16",
    "libssl.so.3": "libssl3",
}


def postgres_bin():
    """Folder of the newest PostgreSQL server programs, or None."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    if found:
        newest = max(found, key=lambda path: float(path.split("/")[4]))
        return os.path.dirname(newest)
    initdb = shutil.which("initdb")
    return initdb and os.path.dirname(os.path.realpath(initdb))


def has_library(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_venv():
    code = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(code, capture_output=True, check=False).returncode == 0


def missing(build_tools=True, server=True):
    """Debian packages that are needed and not there.

    :param build_tools: also what compiles one library for wkhtmltopdf
    :param server: PostgreSQL's server too, not only its client
    """
    which = shutil.which
    probes = [
        ("python3-venv", has_venv()),
        ("chromium", any(which(name) for name in CHROMIUM)),
        ("poppler-utils", which("pdftotext") and which("pdftoppm")),
        ("nodejs", which("node")),
        ("npm", which("npm")),
        ("fonts-dejavu-core", glob.glob(FONT, recursive=True)),
    ]
    if server:
        probes.append(("postgresql", postgres_bin() and which("psql")))
    else:
        probes.append(("postgresql-client", which("psql")))
    if build_tools:
        probes += [
            ("cmake", which("cmake")),
            ("build-essential", which("gcc") and which("make")),
            ("dpkg-dev", which("dpkg-source")),
        ]
    probes += [(package, has_library(name)) for name, package in LIBRARIES.items()]
    return [package for package, found in probes if not found]


def ensure(build_tools=True, server=True):
    """Install what is missing (root), or say the command that does (anybody else).

    :raise DevError: when something is missing and we may not install it
    """
    packages = missing(build_tools, server)
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() or not shutil.which("apt-get"):
        raise console.DevError(
            f"Missing: {', '.join(packages)}; install with: sudo {' '.join(command)}"
        )
    with console.step(f"Install from Debian: {', '.join(packages)}"):
        _install(command)
    left = missing(build_tools, server)
    if left:
        raise console.DevError(f"Still missing after installation: {', '.join(left)}.")


def _install(command):
    log = paths.logs() / "apt.log"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-o", "DPkg::Lock::Timeout=300", "-q"]
    progress = console.Progress("apt-get", lambda: process.last_line(log))
    process.run(["apt-get", "update", *options], log, env=env, progress=progress)
    process.run([*command, *options], log, env=env, progress=progress)
