"""``python3 -m dev landed``: keep the addons of a landed version, for upgrade tests.

One archive a version in ``dev/testing/landed``. It holds what an installation needs
and nothing else; a checkout without git's history has it too.
"""

import io
import lzma
import re
import subprocess
import tarfile

from dev import console, paths

FOLDER = paths.CHECKOUT / "dev" / "testing" / "landed"
SUFFIX = ".tar.xz"
FAMILY = "proforma_ecom"  # The addon whose version names the archive.
NOT_INSTALLED = ("tests", "readme", "static/description", "static/tests", "i18n/*.pot")


def run(commit="HEAD"):
    """Write the archive of a commit, the last one by default.

    :raise DevError: when its version has landed before with other files
    """
    addons = _addons(commit)
    version = _version(_git("show", f"{commit}:{FAMILY}/__manifest__.py").decode())
    left_out = [
        f":(exclude){addon}/{path}" for addon in addons for path in NOT_INSTALLED
    ]
    packed = lzma.compress(
        _git("archive", commit, "--", *addons, *left_out),
        preset=9 | lzma.PRESET_EXTREME,
    )
    target = FOLDER / f"{version}{SUFFIX}"
    if target.exists() and _content(target.read_bytes()) != _content(packed):
        raise console.DevError(
            f"{version} has landed already, with other files: raise the version in "
            f"{FAMILY}/__manifest__.py, or remove {target}."
        )
    target.write_bytes(packed)
    console.say(f"{target} holds {', '.join(addons)} ({len(packed) // 1024} kB).")


def versions():
    """The archives by version, the oldest first."""
    found = {path.name.removesuffix(SUFFIX): path for path in FOLDER.glob(f"*{SUFFIX}")}
    return dict(sorted(found.items(), key=lambda item: _numbers(item[0])))


def unpack(archive, folder):
    """Unpack an archive into an empty folder."""
    with tarfile.open(archive) as files:
        # Python's own filter is there from 3.11.4 on; the archive is our own.
        options = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        files.extractall(folder, **options)


def _content(packed):
    """The files of an archive; their times and the commit's name are left out."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return {
            member.name: archive.extractfile(member).read()
            for member in archive
            if member.isfile()
        }


def _addons(commit):
    """The addons of a commit that a customer has: the demonstration is none."""
    listed = _git("ls-tree", "-r", "--name-only", commit).decode().splitlines()
    found = re.findall(r"^(\w+)/__manifest__\.py$", "\n".join(listed), re.M)
    return sorted(name for name in found if not name.endswith("_demo"))


def _version(manifest):
    return re.search(r'"version": "([\d.]+)"', manifest)[1]


def _numbers(version):
    return [int(number) for number in version.split(".")]


def _git(*arguments):
    result = subprocess.run(
        ["git", *arguments], cwd=paths.CHECKOUT, capture_output=True, check=False
    )
    if result.returncode:
        reason = result.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise console.DevError(f"`git {arguments[0]} ...` failed: {''.join(reason)}")
    return result.stdout
