"""The page of a pro forma as the customer opens it, beside core's of a quotation."""

from dev.bench import samples
from dev.bench.visitor import Visitor

NAME = "portal page of a pro forma / core's page of the same order"
TARGET = 1.15
REPEATS = 15
PEER_DATABASE = "all"
QUERIES = 15  # That ours may take more.


def prepare(env):
    """The same order twice: issued with its deposits, and sent as a quotation."""
    proforma = samples.create_proformas(env)
    quotation = samples.create_orders(env)
    quotation.action_quotation_sent()
    return {
        "visitor": Visitor(),
        "ours": _get_path("/my/proformas", proforma),
        "peer": _get_path("/my/orders", quotation),
        "queries": {},
    }


def ours(env, state):
    _open(state, "ours")
    more = state["queries"]["ours"] - state["queries"].get("peer", float("inf"))
    assert more <= QUERIES, f"the page takes {more} queries more than core's"


def peer(env, state):
    _open(state, "peer")


def note(env, state):
    return "{ours} queries; core {peer}".format(**state["queries"])


def _get_path(page, order):
    token = order._portal_ensure_token()
    order.env.cr.commit()
    return f"{page}/{order.id}?access_token={token}"


def _open(state, side):
    text = state["visitor"].get(state[side])
    assert "Product 1" in text, "not the page of the order"
    state["queries"][side] = state["visitor"].queries
