"""A real Odoo for tests that need true HTTP concurrency and true commits.

    with running_server() as server:
        server.url, server.database
        server.script("print(env['sale.order'].search_count([]))")

It runs in a fresh copy of a database with all our addons, on a free port, and is gone
at the end of the block, with its database. ``running_server(workers=4)`` starts several
processes.
"""

from dev.live import Server, running_server

__all__ = ["Server", "running_server"]
