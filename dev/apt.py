"""A private apt configuration: packages of a suite, downloaded but not installed.

The archive's address is the machine's own, so a mirror or a proxy is honoured.
"""

import os
import re

from dev import console, paths, process


def download(folder, suite, packages, sources=False):
    """Download packages of a Debian suite into ``folder``.

    :param suite: ``sid``, ... or None for the release that the machine runs
    :param sources: fetch the source packages instead
    """
    root = paths.subfolder("apt", f"{suite or 'own'}{'-src' if sources else ''}")
    config = _configure(root, suite or own_suite(), sources)
    env = {**os.environ, "APT_CONFIG": str(config)}
    log = paths.logs() / "apt.log"
    progress = console.Progress("downloading", lambda: _size(folder), every=10)
    process.run(["apt-get", "-q", "update"], log, env=env, progress=progress)
    verb = ["source", "--download-only"] if sources else ["download"]
    process.run(
        ["apt-get", "-q", *verb, *packages], log, env=env, cwd=folder, progress=progress
    )


def candidate(suite, package):
    """The version of a package that the suite offers today, or None."""
    config = paths.subfolder("apt", suite) / "apt.conf"
    env = {**os.environ, "APT_CONFIG": str(config), "LC_ALL": "C"}
    text = process.capture(["apt-cache", "policy", package], env=env)
    found = re.search(r"Candidate: (\S+)", text)
    return found and found[1] != "(none)" and found[1] or None


def refresh(suite):
    """Fetch the package lists of a suite."""
    config = _configure(paths.subfolder("apt", suite), suite, False)
    env = {**os.environ, "APT_CONFIG": str(config)}
    process.run(["apt-get", "-q", "update"], paths.logs() / "apt.log", env=env)


def own_suite():
    """Code name of the Debian that we run on."""
    with open("/etc/os-release", encoding="utf-8") as file:
        found = re.search(r"^VERSION_CODENAME=(\w+)", file.read(), re.M)
    if not found:
        raise console.DevError(
            "This is not a Debian release: set ODOO_SOURCE to a folder with Odoo 19."
        )
    return found[1]


def archive():
    """(URI, keyring) of Debian's archive in the machine's own configuration."""
    fields = "$(REPO_URI)|$(LABEL)|$(SIGNED_BY)"
    rows = process.capture(
        ["apt-get", "indextargets", "--format", fields, "Created-By: Packages"]
    )
    for row in rows.splitlines():
        uri, label, keyring = row.split("|")
        if label == "Debian":
            return uri, keyring if keyring.startswith("/") else _keyring()
    raise console.DevError(
        "apt knows no Debian archive: run `sudo apt-get update`, or set ODOO_SOURCE."
    )


def _keyring():
    return "/usr/share/keyrings/debian-archive-keyring.gpg"


def _configure(root, suite, sources):
    for name in ("lists/partial", "cache/archives/partial", "parts"):
        (root / name).mkdir(parents=True, exist_ok=True)
    uri, keyring = archive()
    (root / "parts" / "debian.sources").write_text(
        f"Types: {'deb-src' if sources else 'deb'}\nURIs: {uri}\nSuites: {suite}\n"
        f"Components: main\nSigned-By: {keyring}\n",
        encoding="utf-8",
    )
    config = root / "apt.conf"
    config.write_text(
        'Dir::Etc::sourcelist "/dev/null";\n'
        f'Dir::Etc::sourceparts "{root}/parts";\n'
        'Dir::Etc::preferencesparts "/dev/null";\n'
        f'Dir::State::lists "{root}/lists";\n'
        f'Dir::Cache "{root}/cache";\n'
        # The folder is the person's own: apt's download user could not enter it.
        'APT::Sandbox::User "root";\n'
        'APT::Update::Post-Invoke-Success "";\n'
        'APT::Get::List-Cleanup "true";\n'
        'Acquire::Languages "none";\n',
        encoding="utf-8",
    )
    return config


def _size(folder):
    size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    return f"{size / 2**20:.0f} MB"
