"""Steps that run once: a folder keyed by its pins, a stamp written last, one lock."""

import errno
import fcntl
import os
import shutil
import threading
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field

from dev import console, paths

STAMP = ".complete"


@dataclass
class _Held:
    """One lock of this process: the thread that has it, and its locked file."""

    thread: threading.RLock = field(default_factory=threading.RLock)
    file: object = None


_held = defaultdict(_Held)


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

    Entered again by the same thread, it is held already.

    :raise DevError: with ``busy``, when it is taken and ``wait`` is False
    """
    held = _held[name]
    if not held.thread.acquire(blocking=wait):
        raise console.DevError(busy)
    try:
        if held.file:
            yield
            return
        path = paths.subfolder("run") / f"{name}.lock"
        with open(path, "w", encoding="utf-8") as file:
            _acquire(file, wait, busy)
            held.file = file
            try:
                yield
            finally:
                held.file = None
    finally:
        held.thread.release()


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
