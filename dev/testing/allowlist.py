"""Warnings and errors that core itself logs during our tests, each with its reason."""

import re

# (pattern searched in "LEVEL logger: message", why it is not ours)
ALLOWED = [
    (
        r"WARNING odoo\.service\.server: Running as user 'root' is a security risk",
        "A container runs as root; the server listens on 127.0.0.1 only.",
    ),
    (
        # Our addons live in another folder, so their own calls are not covered.
        r"WARNING py\.warnings: \S+/odoo/\S+\.py:\d+: "
        r"DeprecationWarning: 'werkzeug\.urls\.",
        "Core calls functions that Werkzeug, at core's own pin, announces to drop.",
    ),
    (
        r"WARNING py\.warnings: \S+/werkzeug/urls\.py:\d+: DeprecationWarning: ",
        "What those functions call in turn, inside Werkzeug.",
    ),
]
_compiled = [(re.compile(pattern), reason) for pattern, reason in ALLOWED]


def is_allowed(text):
    return any(pattern.search(text) for pattern, _reason in _compiled)
