"""Scheduled actions that are run at the same time, or killed: runs in an Odoo shell.

It forks: each child has the registry at once, and connections of its own.
"""

import os
import random
import signal
import time
import traceback

from dev.bench import copies
from dev.bench.rows.expiry import set_back

COUNT = 600
PROCESSES = 2
KILLS = 10
# A tenth of a batch of the shop, so that there are many points to be killed at.
EXPIRY_BATCH_SIZE = 40


class Expiry:
    """What is to be known of a scheduled action to judge it."""

    model, method = "sale.order", "_cron_expire_proformas"
    # How often each of the records was handled: (times, records).
    done = """
        SELECT events, count(*) FROM (
            SELECT (SELECT count(*) FROM proforma_event e
                    WHERE e.order_id = o.id AND e.kind = 'expired')
                + (SELECT count(*) FROM mail_tracking_value v
                    JOIN mail_message m ON m.id = v.mail_message_id
                    WHERE m.model = 'sale.order' AND m.res_id = o.id
                    AND v.new_value_char = 'Expired') AS events
            FROM sale_order o
            WHERE o.proforma_number IS NOT NULL AND o.proforma_state = 'expired'
        ) handled GROUP BY events
    """
    expected = {2: COUNT}  # An event and a note, of all of them.

    @staticmethod
    def prepare(env):
        from odoo.addons.proforma_ecom.models import proforma_expiry_mixin

        proforma_expiry_mixin.EXPIRY_BATCH_SIZE = EXPIRY_BATCH_SIZE
        copies.create_proformas(env, COUNT)

    @staticmethod
    def set_back(env):
        set_back(env, COUNT)


ACTIONS = [Expiry]


def run(env):
    """Print one line for each action and each way of running it: what is wrong."""
    for action in ACTIONS:
        action.prepare(env)
        env.cr.commit()
        _report(action, "together", _run_together(env, action))
        _report(action, "killed", _run_killed(env, action))


def _report(action, way, problems):
    print(f"RESULT {action.__name__} {way}: {'; '.join(problems) or 'ok'}")


def _run_together(env, action):
    """Run the action in several processes, then once more for what they left."""
    action.set_back(env)
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
    action.set_back(env)
    start = time.monotonic()
    _call(env, action)
    duration = time.monotonic() - start
    chance, problems, points = random.Random(5), [], set()
    for _number in range(KILLS):
        action.set_back(env)
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


def _call(env, action):
    env.cr.rollback()
    env.invalidate_all()
    getattr(env[action.model], action.method)()
    env.cr.commit()


def _get_done(env, action):
    env.cr.rollback()
    env.cr.execute(action.done)
    return dict(env.cr.fetchall())


def _judge(env, action):
    done = _get_done(env, action)
    if done == action.expected:
        return []
    return [f"handled (times, records): {done} instead of {action.expected}"]


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
        with sql_db.db_connect(env.cr.dbname).cursor() as cr:
            own = env(cr=cr)
            getattr(own[action.model], action.method)()
        status = 0
    except BaseException:  # noqa: BLE001  # The parent is told by the exit code.
        traceback.print_exc()
    os._exit(status)
