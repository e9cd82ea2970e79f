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
    return {}


def ours(env, state):
    """Seconds an order; more memory than allowed is a failure."""
    seconds = _expire(env, MANY, state)
    growth = state[MANY] - state.get(FEW, state[MANY])
    state["growth"] = growth
    assert growth <= MEMORY, f"the memory grew by {growth} MB"
    return seconds


def peer(env, state):
    return _expire(env, FEW, state)


def note(env, state):
    return f"the memory grew by {state['growth']} MB"


def _expire(env, count, state):
    set_back(env, count)
    Path("/proc/self/clear_refs").write_text("5")  # The peak is that of this run.
    start = time.perf_counter()
    env["sale.order"]._cron_expire_proformas()
    env.flush_all()
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text()
    state[count] = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    return seconds / count
