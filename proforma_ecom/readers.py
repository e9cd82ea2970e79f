"""Tells programs that only follow a link from people who read."""

from .notices import BOT_AGENTS


def is_program(http_request):
    """Return whether a request is nobody's reading: no GET, a part of a file, a
    prefetch or preview, or a program that says so.

    :param werkzeug.wrappers.Request http_request: The request.
    :rtype: bool
    """
    headers = http_request.headers
    purposes = (headers.get(name, "") for name in ("Purpose", "Sec-Purpose", "X-Moz"))
    # Cubot makes telephones.
    agent = headers.get("User-Agent", "").lower().replace("cubot", "")
    return (
        http_request.method != "GET"
        or "Range" in headers
        or headers.get("Odoo-Link-Preview") == "True"
        or any(w in p.lower() for p in purposes for w in ("prefetch", "preview"))
        or not agent
        or any(name in agent for name in BOT_AGENTS)
    )
