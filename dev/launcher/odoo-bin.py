"""Starts Odoo from the Python path, as its own ``odoo-bin`` does.

A server with several processes starts one more by the path of this script; the one of
``python -m odoo`` cannot be started so. No other module may lie in this folder: it is
the first one that Python searches.
"""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
