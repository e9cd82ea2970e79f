"""The PDF of a pro forma of many pages."""

from dev.bench import samples

NAME = "first rendering of 400 lines / core's pro forma PDF of the same order"
TARGET = 1.2
REPEATS = 3
PEER_DATABASE = "all"
LINES = 400


def prepare(env):
    order = samples.create_proformas(env, lines=LINES)
    env.cr.commit()
    return order.id


ours = samples.render_ours
peer = samples.render_core
