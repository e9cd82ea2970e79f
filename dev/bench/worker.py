"""The side of the benchmark that runs inside Odoo, told what to do over a socket."""

import gc
import importlib
import os
import time
import traceback
from multiprocessing.connection import Client


def main(env):
    """Serve one side until the other end hangs up.

    Messages: ``("prepare", row)`` and ``("ours" | "peer", row)``; the answer is
    ``("ok", number)`` or ``("error", text)``.
    """
    states = {}
    with Client(os.environ["BENCH_SOCKET"], "AF_UNIX") as connection:
        while True:
            try:
                verb, name = connection.recv()
            except EOFError:
                return
            connection.send(_answer(env, states, verb, name))


def _answer(env, states, verb, name):
    row = importlib.import_module(f"dev.bench.rows.{name}")
    try:
        if verb == "prepare":
            states[name] = row.prepare(env)
            return "ok", 0
        return "ok", _measure(env, getattr(row, verb), states[name])
    except Exception:  # noqa: BLE001  # What a row raises is told, not lost.
        return "error", traceback.format_exc()
    finally:
        env.cr.rollback()
        env.invalidate_all()


def _measure(env, function, state):
    """Seconds of one run, or the number that it returns."""
    env.invalidate_all()
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        number = function(env, state)
        seconds = time.perf_counter() - start
    finally:
        gc.enable()
    return seconds if number is None else number
