"""Whether an order expires as fast among many as among few, in as little memory."""

import time
from pathlib import Path

from dev.bench import copies
from dev.bench.rows.expiry import set_back

MANY, FEW = 100_000, 1000
MEMORY = 60  # MB that the many may take more.
NAME = "one order expired at 100,000 / at 1,000"
TARGET = 1.2
REPEATS = 3
PEER_DATABASE = "all"


def prepare(env):
    copies.ensure_proformas(env, MANY)
    env.cr.commit()
    _expire(env, FEW)  # What is loaded once is no growth.
    return {"growth": 0}


def ours(env, state):
    """Seconds an order; more memory than allowed is a failure."""
    start = _read_memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # The peak is that of this run.
    seconds = _expire(env, MANY)
    # The first run tells: what it takes is not given back.
    state["growth"] = max(state["growth"], _read_memory("VmHWM") - start)
    assert state["growth"] <= MEMORY, f"the memory grew by {state['growth']} MB"
    return seconds


def peer(env, state):
    return _expire(env, FEW)


def note(env, state):
    return f"the memory grew by {state['growth']} MB"


def _expire(env, count):
    set_back(env, count)
    start = time.perf_counter()
    env["sale.order"]._cron_expire_proformas()
    env.flush_all()
    return (time.perf_counter() - start) / count


def _read_memory(kind):
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{kind}:")[2].split()[0]) // 1024
