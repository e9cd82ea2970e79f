"""Where things are kept: the checkout, the cache, and folders keyed by pins."""

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PINS = CHECKOUT / "dev" / "pins"


def cache():
    """The cache folder, outside of the checkout; created when missing."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base).expanduser().absolute() / "proforma-ecom"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def short_hash(*parts):
    """Twelve hexadecimal digits over texts, bytes and the content of files."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            part = part.read_bytes()
        digest.update(part if isinstance(part, bytes) else str(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:12]


def subfolder(*names):
    folder = cache().joinpath(*names)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def logs():
    return subfolder("logs")


def is_addon(folder):
    return (folder / "__manifest__.py").is_file()


def addons(folder=CHECKOUT):
    """Our addons in the checkout, or in another folder, by name."""
    return sorted(entry.name for entry in folder.iterdir() if is_addon(entry))


def addon_hash(*names):
    """Hash over every file of these addons; tells whether a database is out of date."""
    parts = []
    for name in names:
        for path in sorted((CHECKOUT / name).rglob("*")):
            ours = path.is_file() and "__pycache__" not in path.parts
            if ours and "tests" not in path.relative_to(CHECKOUT / name).parts:
                parts += [str(path.relative_to(CHECKOUT)), path]
    return short_hash(*parts)
