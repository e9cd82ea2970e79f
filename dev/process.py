"""Running commands: logged, with progress, and never left behind."""

import ctypes
import os
import re
import signal
import subprocess
import time

from dev import console, paths

PR_SET_PDEATHSIG = 1
# In the environment of all that we start, so that `make stop` finds it.
MARK = "PROFORMA_ECOM_DEV"
NO_NETWORK = re.compile(
    r"Temporary failure (in name resolution|resolving)|Could not resolve|"
    r"Network is unreachable|Could not connect to|Connection refused|ENOTFOUND|"
    r"EAI_AGAIN|ECONNREFUSED|NewConnectionError|Failed to establish a new connection|"
    r"Unable to connect|Connection timed out|ETIMEDOUT|Could not handshake|"
    r"No matching distribution found"
)
EXPIRED = re.compile(r"Release file .* is (expired|not valid yet)")
DISK_FULL = re.compile(r"No space left on device|ENOSPC|Disk quota exceeded")
ODOO_PREFIX = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ [A-Z]+ \S+ ")
_libc = ctypes.CDLL(None, use_errno=True)
_children = set()


def die_with_parent():
    """Run in the child: it gets SIGTERM when the process that started it is killed."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def run(args, log, *, env=None, cwd=None, progress=None, fix=None, check=True):
    """Run a command with its output in the file ``log``; return its exit code.

    :param progress: a ``console.Progress`` that is asked while the command runs
    :param fix: what to say after "failed" when the output gives no better reason
    :raise DevError: when it fails and ``check`` is set
    """
    with open(log, "ab") as output:
        begin = output.tell()
        child = start(args, output, env=env, cwd=cwd)
        code = wait(child, progress)
    if code and check:
        raise console.DevError(explain(args, log, begin, fix))
    return code


def start(args, output, *, env=None, cwd=None, stdin=subprocess.DEVNULL):
    """Start a command in the background, marked as ours, its output in an open file."""
    child = subprocess.Popen(
        [str(arg) for arg in args],
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT,
        env={**(os.environ if env is None else env), MARK: mark_value()},
        cwd=cwd,
        preexec_fn=die_with_parent,
    )
    _children.add(child)
    return child


def wait(child, progress=None):
    """Wait for a child; when we are interrupted, end it first."""
    try:
        while child.poll() is None:
            try:
                child.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                if progress is not None:
                    progress.tick()
        return child.returncode
    except BaseException:
        end(child)
        raise
    finally:
        _children.discard(child)


def end_all():
    """End every command that still runs; for the way out of an interrupted target."""
    for child in list(_children):
        end(child)


def end(child, grace=20):
    """Ask a child to stop, insist after ``grace`` seconds."""
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(timeout=grace)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def explain(args, log, start=0, fix=None):
    """One sentence on why a command failed, from what it printed."""
    with open(log, "rb") as file:
        file.seek(start)
        text = file.read().decode(errors="replace")
    if DISK_FULL.search(text):
        return (
            "The disk is full: free some space, or set XDG_CACHE_HOME to a folder "
            "on another disk, and run again."
        )
    if NO_NETWORK.search(text):
        return (
            "The network cannot be reached, or it refuses a download; check the "
            f"connection and the proxy settings, and run again (details: {log})."
        )
    if EXPIRED.search(text):
        return (
            "The package archive that apt uses is out of date, or this machine's clock "
            f"is wrong: set the clock or choose another mirror (details: {log})."
        )
    lines = [line for line in text.splitlines() if line.strip()]
    command = " ".join(str(arg) for arg in args[:3])
    last = lines[-1].strip() if lines else "no output"
    return fix or f"`{command} ...` failed: {last[:300]} (details: {log})."


def capture(args, **options):
    """Standard output of a command that must succeed, stripped."""
    result = subprocess.run(
        [str(arg) for arg in args],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    if result.returncode:
        lines = (result.stderr or result.stdout).strip().splitlines()
        # psql explains an error in the lines after it.
        told = [line for line in lines if "ERROR" in line or "error:" in line] or lines
        reason = told[0] if told else f"exit code {result.returncode}"
        raise console.DevError(f"`{args[0]} ...` failed: {reason[:300]}")
    return result.stdout.strip()


def started_at(pid):
    """Start time of a process in clock ticks, None when there is none.

    With the pid it names one process for good: pids are used again, this pair is not.
    """
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[19])


def ours():
    """Ids of the running processes that carry our mark, and are not this command.

    The mark is inherited, so a browser that a killed Odoo left behind is found too.
    """
    mark = f"{MARK}={mark_value()}".encode()
    family = _ancestors()
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit() or int(entry.name) in family:
            continue
        try:
            with open(f"/proc/{entry.name}/environ", "rb") as file:
                marked = mark in file.read().split(b"\0")
        except OSError:  # Gone already, or somebody else's.
            continue
        if marked:
            yield int(entry.name)


def mark_value():
    """What tells our processes from those of another cache folder."""
    return paths.short_hash(str(paths.cache()))


def _ancestors():
    found, pid = set(), os.getpid()
    while pid:
        found.add(pid)
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                pid = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            break
    return found


def stop_pid(pid, grace=20):
    """End a process by its id: politely, then not. It may be gone already."""
    start = started_at(pid)
    for sig, patience in ((signal.SIGTERM, grace), (signal.SIGKILL, 5)):
        try:
            os.kill(pid, sig)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if started_at(pid) != start:
                return
            time.sleep(0.1)


def last_line(log):
    """The last line of a log without Odoo's time and level; None while it is empty."""
    try:
        with open(log, "rb") as file:
            file.seek(max(0, os.path.getsize(log) - 2000))
            lines = file.read().decode(errors="replace").split("\n")
    except OSError:
        return None
    lines = [line.strip() for line in lines if line.strip()]
    return ODOO_PREFIX.sub("", lines[-1])[:110] if lines else None
