"""The PDF as the customer fetches it: ours is stored, core's is rendered each time."""

import requests

from dev.bench import samples

NAME = "download of the PDF on the portal / core's of the same order"
TARGET = 0.02
REPEATS = 9
PEER_DATABASE = "all"
# A drawing of one pixel, as the signature pad would send it.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU"
    "5ErkJggg=="
)


def prepare(env):
    """An accepted order: core's page shows it beside ours, which an open one has alone.

    Both are asked for from the benchmark's server, by a visitor with the link.
    """
    order = samples.create_proformas(env)
    order._proforma_sign("Marie Martin", SIGNATURE, partner=order.partner_id)
    token = order._portal_ensure_token()
    server = env["ir.config_parameter"].get_param("web.base.url")
    env.cr.commit()
    return {
        "visitor": requests.Session(),
        "ours": f"{server}/my/proformas/{order.id}/pdf?access_token={token}",
        "peer": f"{server}/my/orders/{order.id}?report_type=pdf&access_token={token}",
    }


def ours(env, state):
    _fetch(state, "ours")


def peer(env, state):
    _fetch(state, "peer")


def _fetch(state, side):
    answer = state["visitor"].get(state[side], timeout=120)
    answer.raise_for_status()
    assert answer.content.startswith(b"%PDF"), "no PDF"
