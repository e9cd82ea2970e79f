"""The demo database: built once, brought up to date when the addons change."""

import os
import shutil

from dev import console, databases, odoo, paths, process, steps
from dev.testing import templates

NAME = "proforma_demo"
ADDON = "proforma_ecom_demo"
DEFAULT_PORT = 8069
SCRIPTS = paths.CHECKOUT / "dev" / "demo" / "scripts"


def port():
    """Port of the shop: PROFORMA_PORT; the inbox and its SMTP port are the next two."""
    text = os.environ.get("PROFORMA_PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 1024 <= int(text) <= 65533:
        raise console.DevError(
            f"PROFORMA_PORT={text} is no port: take a number from 1024 to 65533."
        )
    return int(text)


def url():
    """Address of the shop; the links in its mails begin with it."""
    return f"http://127.0.0.1:{port()}"


def ensure(setup):
    """Make the demo database as the addons of the checkout want it.

    What was entered in it survives an update; FRESH=1 builds it anew.
    """
    state = _state(setup)
    with steps.lock("demo-database"):
        fresh = os.environ.get("FRESH", "") not in ("", "0")
        if fresh or not databases.exists(NAME):
            _build(setup, state)
        elif _recorded() != state:
            _update(setup, state)


def _state(setup):
    """What the database depends on: Odoo itself and the addons' files."""
    return f"{setup.source.key} {paths.addon_hash(*paths.addons())}"


def _recorded():
    return "".join(
        databases.sql(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            f"WHERE datname = '{NAME}'"
        )
    )


def _record(name, state):
    """Written last, and inside the server: it goes where the database goes."""
    databases.sql(f"COMMENT ON DATABASE \"{name}\" IS '{state}'")


def _build(setup, state):
    base = templates.ensure(setup, ["base"])
    steps.check_disk(paths.cache(), 2)
    unfinished = f"{NAME}_unfinished"
    databases.drop(unfinished)
    with console.step(f"Build the demo database (installs {ADDON})"):
        databases.create(unfinished, base, lasting=True)
        databases.set_base_url(unfinished, url())
        # The country comes first: the chart of accounts is chosen by it.
        run_script(setup, unfinished, "company")
        _odoo(setup, unfinished, f"--init={ADDON}")
        run_script(setup, unfinished, "finish")
        _record(unfinished, state)
        databases.drop(NAME)
        databases.rename(unfinished, NAME)
        # The mails of the database before would lead to orders that are no more.
        shutil.rmtree(paths.subfolder("inbox"))


def _update(setup, state):
    installed = databases.sql(
        "SELECT name FROM ir_module_module "
        "WHERE state NOT IN ('uninstalled', 'uninstallable')",
        NAME,
    )
    ours = [name for name in paths.addons() if name in installed]
    new = [] if ADDON in installed else [ADDON]
    # Translations that were mended are not taken over otherwise.
    options = [f"--update={','.join(ours)}", "--i18n-overwrite"] if ours else []
    options += [f"--init={','.join(new)}"] if new else []
    with console.step(f"Update the demo database ({', '.join([*ours, *new])})"):
        _odoo(setup, NAME, *options)
        run_script(setup, NAME, "finish")
        _record(NAME, state)


def _odoo(setup, database, *options):
    log = paths.logs() / "demo-database.log"
    log.unlink(missing_ok=True)
    progress = console.Progress("installing", lambda: process.last_line(log))
    fix = (
        f"The demo database could not be prepared (see {log}); mend the addon, or "
        "build it anew with: make demo FRESH=1"
    )
    odoo.run(setup, database, log, *options, progress=progress, fix=fix)


def run_script(setup, database, name):
    """Run a script of ``scripts/`` in an Odoo shell; it commits by itself."""
    script = SCRIPTS / f"{name}.py"
    output = odoo.run_script(setup, database, script.read_text(encoding="utf-8"))
    if not output.rstrip().endswith("DONE"):
        raise console.DevError(
            f"{script.name} failed on the demo database: {output.strip()[-600:]}"
        )
