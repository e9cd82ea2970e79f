"""``make bench``: rows measured in interleaved pairs, printed as a table."""

import importlib
import json
import os
import pkgutil
import statistics
from pathlib import Path

from dev import console, databases, live, odoo, paths
from dev.bench import oca, rows
from dev.bench.side import Side
from dev.testing import templates


def run():
    """Run the rows; JSON=FILE also writes them, ROWS=word takes those with the word.

    :return: 1 when a row misses its target or breaks down
    """
    chosen = _choose(os.environ.get("ROWS", ""))
    odoo.ensure()
    databases.drop_stale(databases.TESTS)
    # The server is for wkhtmltopdf, which fetches core's style sheets from it.
    with live.running_server() as server:
        results = _run_rows(server, chosen)
    _print(results)
    target = os.environ.get("JSON")
    if target:
        Path(target).write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
        console.say(f"Written to {target}.")
    return 0 if all(result["ok"] for result in results) else 1


def _choose(word):
    modules = {
        found.name: importlib.import_module(f"dev.bench.rows.{found.name}")
        for found in pkgutil.iter_modules(rows.__path__)
    }
    chosen = {
        name: module
        for name, module in modules.items()
        if (paths.CHECKOUT / getattr(module, "NEEDS", "")).exists()
        and word.lower() in f"{name} {module.NAME}".lower()
    }
    if not chosen:
        names = "; ".join(module.NAME for module in modules.values())
        raise console.DevError(f"No row holds {word!r}; there are: {names}.")
    return chosen


def _run_rows(server, chosen):
    sides = {"all": Side(server.setup, server.database)}
    peers = {_peer_of(row) for row in chosen.values()} - {None, "all"}
    names = {peer: f"{databases.TESTS}{os.getpid()}_{peer}" for peer in peers}
    try:
        for peer, name in names.items():
            setup = server.setup
            if peer == "oca":
                setup = oca.ensure(setup)
                oca.create_database(setup, name)
            else:
                databases.create(name, templates.ensure_core(setup))
            sides[peer] = Side(setup, name)
        return [_run_row(name, row, sides) for name, row in chosen.items()]
    finally:
        for side in sides.values():
            side.close()
        for name in names.values():
            databases.drop(name)


def _run_row(name, row, sides):
    ours, peer = sides["all"], sides.get(_peer_of(row))
    pairs, note = [], ""
    try:
        with console.step(row.NAME):
            starts = getattr(row, "STARTS", 1)
            progress = console.Progress(
                "pairs", lambda: f"{len(pairs)} of {row.REPEATS * starts}"
            )
            for start in range(starts):
                _make_ready(name, ours, peer, afresh=start > 0)
                for number in range(row.REPEATS):
                    pairs.append(_pair(name, ours, peer, number))
                    progress.tick()
            if hasattr(row, "note"):
                note = _ask_notes(name, ours, peer)
    except console.DevError as error:
        console.warn(f"FAIL {error}")
        return _result(row, [])
    return {**_result(row, pairs), "note": note}


def _make_ready(name, ours, peer, afresh):
    """Prepare the sides and run them once, which is not counted.

    :param bool afresh: In new processes, whose memory is laid out in another way: that
        alone makes one side some percent faster or slower as long as it runs.
    """
    for side in {ours, peer} - {None}:
        if afresh:
            side.close()
            side.start()
        side.ask("prepare", name)
    _pair(name, ours, peer, 0)


def _ask_notes(name, ours, peer):
    """What our side says of the row; the other one too, where it is a database of its
    own.
    """
    note = ours.ask("note", name)
    if peer in (None, ours):
        return note
    return f"ours {note}; peer {peer.ask('note', name)}"


def _peer_of(row):
    """The side that the row is compared with; None where ours is measured alone."""
    return getattr(row, "PEER_DATABASE", None)


def _pair(name, ours, peer, number):
    """One measure of each; who begins changes, so that a drift hits both alike."""
    if peer is None:
        return ours.ask("ours", name), None
    if number % 2:
        second = peer.ask("peer", name)
        return ours.ask("ours", name), second
    return ours.ask("ours", name), peer.ask("peer", name)


def _result(row, pairs):
    """A line of the table: medians, and the distance of the quartiles.

    They are those of the ratios, or of our own measures where there is no peer.
    """
    result = {"row": row.NAME, "unit": getattr(row, "UNIT", "s"), "target": row.TARGET}
    result.update(dict.fromkeys(("ours", "peer", "ratio", "spread")), ok=False)
    alone = result["alone"] = _peer_of(row) is None
    if len(pairs) < 2:
        return result
    judged = [ours if alone else ours / peer for ours, peer in pairs]
    low, middle, high = statistics.quantiles(judged, n=4, method="inclusive")
    result["ours"] = statistics.median(ours for ours, _peer in pairs)
    if not alone:
        result["peer"] = statistics.median(peer for _ours, peer in pairs)
        result["ratio"] = middle
    return {**result, "spread": high - low, "ok": middle <= row.TARGET}


def _print(results):
    heads = ("row", "ours", "peer", "ratio", "spread", "target", "")
    lines = [heads, *(_cells(result) for result in results)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    console.say()
    for name, *numbers in lines:
        cells = [
            text.rjust(width) for text, width in zip(numbers, widths[1:], strict=True)
        ]
        console.say("  ".join([name.ljust(widths[0]), *cells]))
    for result in results:
        if result.get("note"):
            console.say(f"{result['row']}: {result['note']}")


def _cells(result):
    # Without a peer it is our own measure that is judged.
    judged = result["unit"] if result["alone"] else ""
    return (
        result["row"],
        *(_number(result[key], result["unit"]) for key in ("ours", "peer")),
        _number(result["ratio"]),
        *(_number(result[key], judged) for key in ("spread", "target")),
        "ok" if result["ok"] else "MISSED",
    )


def _number(value, unit=""):
    if value is None:
        return "-"
    return f"{value:.3f} {unit}".strip()
