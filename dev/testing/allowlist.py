"""Warnings and errors that core itself logs during our tests, each with its reason."""

import re

# (pattern searched in "LEVEL logger: message", why it is not ours)
ALLOWED = [
    (
        r"WARNING odoo\.service\.server: Running as user 'root' is a security risk",
        "A container runs as root; the server listens on 127.0.0.1 only.",
    ),
]
_compiled = [(re.compile(pattern), reason) for pattern, reason in ALLOWED]


def is_allowed(text):
    return any(pattern.search(text) for pattern, _reason in _compiled)
