"""Steps that run once: a folder keyed by its pins, a stamp written last, one lock."""

import errno
import fcntl
import os
import shutil
from contextlib import contextmanager

from dev import console, paths

STAMP = ".complete"
_held = {}


def ensure(name, key, title, build):
    """Return the folder ``name-key``, built when its stamp is missing.

    A build that was interrupted leaves no stamp: its folder is dropped and built again.

    :param build: function that receives the (empty) folder and fills it
    """
    folder = paths.cache() / f"{name}-{key}"
    if (folder / STAMP).exists():
        return folder
    with lock("setup"):
        if (folder / STAMP).exists():  # Another make built it while we waited.
            return folder
        check_disk(paths.cache(), 4)
        shutil.rmtree(folder, ignore_errors=True)
        with console.step(title):
            folder.mkdir()
            build(folder)
            write(folder / STAMP, title)
    return folder


def write(path, text, mode=None):
    """Write a small file: a reader sees the old or the new content, never half."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    if mode is not None:
        temporary.chmod(mode)
    os.replace(temporary, path)


@contextmanager
def lock(name, wait=True, busy="Another make is at work; wait for it and run again."):
    """Hold the cache's lock ``name``; it ends with the process, even when killed.

    Entered again by the same process, it is held already.

    :raise DevError: with ``busy``, when it is taken and ``wait`` is False
    """
    if name in _held:
        yield
        return
    with open(paths.subfolder("run") / f"{name}.lock", "w", encoding="utf-8") as file:
        _acquire(file, wait, busy)
        _held[name] = file
        try:
            yield
        finally:
            del _held[name]


def _acquire(file, wait, busy):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            raise
        if not wait:
            raise console.DevError(busy) from None
        console.say("   waiting for another make that is at work ...")
        fcntl.flock(file, fcntl.LOCK_EX)


def check_disk(folder, gigabytes):
    """:raise DevError: when less than this is free where ``folder`` is"""
    free = shutil.disk_usage(folder).free / 2**30
    if free < gigabytes:
        raise console.DevError(
            f"The disk is nearly full: {free:.1f} GB free at {folder}, {gigabytes} GB "
            "needed; free some space, or set XDG_CACHE_HOME to a folder on another "
            "disk."
        )
