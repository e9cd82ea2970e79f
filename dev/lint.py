"""``make lint``: every check of the sources; FIX=1 lets the formatters write."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from dev import console, node, paths, source, venv

PRETTY = (".xml", ".js", ".css", ".scss", ".json")


def run():
    """Run all checks; return 1 when one of them finds something."""
    fix = os.environ.get("FIX", "") not in ("", "0")
    checks = _checks(fix)
    workers = 1 if fix else 2  # Two programs must not write the same file.
    with ThreadPoolExecutor(max_workers=workers) as pool:
        results = list(pool.map(lambda item: _run(*item), checks.items()))
    bad = [name for name, good in results if not good]
    console.say(f"{len(results) - len(bad)} checks passed, {len(bad)} failed")
    return 1 if bad else 0


def _checks(fix):
    """Command of each check, by name. Those that take long come first."""
    bin_folder = venv.ensure_lint() / "bin"
    addons = paths.addons()
    rng = source.ensure().root / "odoo" / "import_xml.rng"
    translations = [path for path in _files((".po", ".pot")) if "/i18n/" in path]
    checks = {
        "pylint-odoo": [bin_folder / "pylint", "--rcfile=.pylintrc", *addons],
        "prettier": _prettier(fix),
        "oca-checks": [bin_folder / "oca-checks-odoo-module", *_oca(fix), *addons],
        "ruff check": [bin_folder / "ruff", "check", *(["--fix"] if fix else []), "."],
        "ruff format": [
            bin_folder / "ruff",
            "format",
            *([] if fix else ["--diff"]),
            ".",
        ],
        "data schema": [bin_folder / "python", "-m", "dev.schema", rng, *_data_files()],
        "file size": [
            bin_folder / "python",
            "-m",
            "dev.sizes",
            *_files((".py", ".js")),
        ],
    }
    if translations:
        checks["oca-checks-po"] = [
            bin_folder / "oca-checks-po", "--disable=po-pretty-format", *translations
        ]  # fmt: skip
    return checks


def _oca(fix):
    return ["--disable=missing-readme", *(["--fix"] if fix else [])]


def _prettier(fix):
    modules = node.ensure() / "node_modules"
    return [
        "node", modules / "prettier" / "bin" / "prettier.cjs",
        "--write" if fix else "--check", "--log-level=warn",
        "--plugin", modules / "@prettier" / "plugin-xml" / "src" / "plugin.js",
        *_files(PRETTY),
    ]  # fmt: skip


def _run(name, command):
    start = time.monotonic()
    result = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        cwd=paths.CHECKOUT, check=False,
        env={**os.environ, "PYTHONPYCACHEPREFIX": str(paths.subfolder("pycache"))},
    )  # fmt: skip
    good = result.returncode == 0
    seconds = console.duration(time.monotonic() - start)
    text = "" if good else f"\n{result.stdout.strip()}"
    console.say(f"{'ok' if good else 'FAIL'} {name} ({seconds}){text}")
    return name, good


def _files(suffixes):
    """Our files with these endings, also those not yet committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=paths.CHECKOUT
    )
    names = listed.stdout.splitlines()
    return [
        name for name in names
        if name.endswith(suffixes) and (paths.CHECKOUT / name).is_file()
    ]  # fmt: skip


def _data_files():
    """XML that Odoo loads as data; below static/ there are pictures and components."""
    return [name for name in _files((".xml",)) if "/static/" not in name]
