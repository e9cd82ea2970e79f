"""``make test-core``: Odoo's own tests of the addons that ours change."""

import os
import time

from dev import console, databases, odoo, paths, steps
from dev.testing import addons, templates
from dev.testing.outcome import conclude

ADDONS = ("sale", "sale_management", "portal", "account_payment")
# These tests of `portal` run before accounting is loaded, in a database that demands
# its columns already: they fail without our addons too.
LEFT_OUT = ("-/portal:TestPortalWizard",)
# Without this module Odoo skips what needs a browser: the tours are the shop's own.
NO_BROWSER = "raise ImportError('tours are left out of this run')\n"


def run():
    """Run them in a database with all our addons; ADDONS= takes some of them only."""
    start = time.monotonic()
    wanted = os.environ.get("ADDONS", "").replace(",", " ").split() or ADDONS
    setup = odoo.ensure()
    databases.drop_stale(databases.TESTS)
    name = f"{databases.TESTS}{os.getpid()}_core"
    databases.create(name, templates.ensure_all(setup))
    # Core's tests fill in forms with telephone numbers that nobody has.
    databases.sql("UPDATE res_company SET proforma_check_contacts = false", name)
    log = paths.logs() / "test-core.log"
    log.unlink(missing_ok=True)
    stub = paths.subfolder("no-browser")
    steps.write(stub / "websocket.py", NO_BROWSER)
    try:
        code = odoo.run(
            setup,
            name,
            log,
            f"--update={','.join(wanted)}",
            f"--test-tags={','.join([*(f'/{addon}' for addon in wanted), *LEFT_OUT])}",
            progress=console.Progress("core", lambda: addons.progress(log)),
            check=False,
            python_path=[stub],
        )
    finally:
        databases.drop(name)
    outcome = addons.judge("core", log, code, clean=False)
    outcome.seconds = time.monotonic() - start
    return conclude([outcome])
