"""Scheduled actions that meet another server, or a user, on the same rows."""

import logging

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

# How often a batch is begun again when somebody else wrote on the same rows.
BATCH_ATTEMPTS = 5


def try_batch(env, handle):
    """Handle a batch; begin anew if somebody else wrote on the same rows meanwhile.

    Core runs a request again, but not a scheduled action: its other rows would wait.

    :param env: The environment of the scheduled action.
    :param callable handle: Locks, looks again, does and commits a batch.
    :return: What `handle` returns, or None: the rows are left to the next run.
    """
    for _attempt in range(BATCH_ATTEMPTS):
        try:
            return handle()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            env.cr.rollback()
    _logger.info("A batch is held by another server; the next run handles it.")
    return None
