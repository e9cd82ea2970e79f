"""The PDF of a pro forma, rendered for the first time."""

from dev.bench import samples

NAME = "first rendering of a pro forma PDF / core's pro forma PDF of the same order"
TARGET = 0.15
REPEATS = 9
PEER_DATABASE = "all"


def prepare(env):
    order = samples.create_proformas(env)
    env.cr.commit()
    return order.id


ours = samples.render_ours
peer = samples.render_core
