"""Scheduled actions that are run at the same time, or killed: runs in an Odoo shell.

It forks: each child has the registry at once, and connections of its own.
"""

import importlib
import os
import random
import signal
import time
import traceback

from dev.tests.system.actions import ACTIONS

PROCESSES = 2
KILLS = 10
MODELS = "odoo.addons.proforma_ecom.models"


def run(env):
    """Print one line for each action and each way of running it: what is wrong."""
    for kind in ACTIONS:
        action = kind()
        for module, (name, size) in action.batch_sizes.items():
            setattr(importlib.import_module(f"{MODELS}.{module}"), name, size)
        action.prepare(env)
        env.cr.commit()
        _report(action, "together", _run_together(env, action))
        _report(action, "killed", _run_killed(env, action))
        problems = action.deliver(env)
        if problems is not None:
            _report(action, "delivered", problems)


def _report(action, way, problems):
    name = type(action).__name__
    told = "; ".join(dict.fromkeys(problems)) or "ok"
    print(f"RESULT {name} {way}: {told}", flush=True)


def _run_together(env, action):
    """Run the action in several processes, then once more for what they left."""
    _set_back(env, action)
    children = [_fork(env, action) for _number in range(PROCESSES)]
    problems = [
        f"a process ended with {status}"
        for status in (os.waitpid(child, 0)[1] for child in children)
        if status
    ]
    _call(env, action)
    return problems + _judge(env, action)


def _run_killed(env, action):
    """Kill the action at random points of its time, then let it run to its end."""
    _set_back(env, action)
    start = time.monotonic()
    _call(env, action)
    duration = time.monotonic() - start
    chance, problems, points = random.Random(5), [], set()
    for _number in range(KILLS):
        _set_back(env, action)
        child = _fork(env, action)
        time.sleep(chance.uniform(0, duration))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        points.add(str(_get_done(env, action)))
        _call(env, action)
        problems += _judge(env, action)
    # Else it was never hit in the middle.
    if len(points) < 3:
        problems.append(f"killed at {points} only")
    return problems


def _set_back(env, action):
    action.set_back(env)
    env.flush_all()
    action.mark(env)
    env.cr.commit()
    env.invalidate_all()


def _call(env, action):
    env.cr.rollback()
    env.invalidate_all()
    getattr(env[action.model], action.method)()
    env.cr.commit()


def _get_done(env, action):
    """How many records had which fate, see `Action.done`."""
    env.cr.rollback()
    env.cr.execute(action.done, action.last)
    return {tuple(fate): count for *fate, count in env.cr.fetchall()}


def _judge(env, action):
    done = _get_done(env, action)
    if done == action.expected:
        return []
    return [f"handled (what, records): {done} instead of {action.expected}"]


def _fork(env, action):
    """Run the action in a process with a connection of its own; return its id."""
    from odoo import sql_db

    env.cr.commit()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        # Those of the parent must not be closed: they are its own.
        sql_db._Pool = None
        env.registry._db = sql_db.db_connect(env.cr.dbname)
        with sql_db.db_connect(env.cr.dbname).cursor() as cr:
            own = env(cr=cr)
            getattr(own[action.model], action.method)()
        status = 0
    except BaseException:  # noqa: BLE001  # The parent is told by the exit code.
        traceback.print_exc()
    os._exit(status)
