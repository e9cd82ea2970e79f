"""One addon by itself: installs on an empty database, upgrades, leaves nothing."""

import os
import time

from dev import console, databases, odoo, paths
from dev.demo.database import run_script
from dev.testing import odoolog, templates
from dev.testing.outcome import Outcome

SCRIPTS = paths.CHECKOUT / "dev" / "testing" / "scripts"
# Every table and column that may hold what a person entered through our addons.
OWN_TABLES = """
    SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind = 'r' AND nspname = 'public' AND relname LIKE 'proforma%' ORDER BY 1
"""
OWN_COLUMNS = """
    SELECT table_name || '.' || column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name LIKE 'proforma%' ORDER BY 1
"""
# What an addon that is uninstalled must not leave: queries that return nothing.
REMAINS = {
    "proforma_ecom": (  # The one that all tables and columns belong to.
        OWN_TABLES,
        OWN_COLUMNS,
        "SELECT 'sequence ' || id FROM ir_sequence WHERE code LIKE 'proforma%'",
        # Core's own report, which gives way to ours, is back in the Print menu.
        """
        SELECT 'no menu for ' || report_name FROM ir_act_report_xml
        WHERE binding_model_id IS NULL AND id IN (
            SELECT res_id FROM ir_model_data WHERE model = 'ir.actions.report'
            AND module = 'sale' AND name = 'action_report_pro_forma_invoice')
        """,
    ),
    "proforma_ecom_website_sale": (
        """
        SELECT 'website.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = 'website'
        AND column_name LIKE 'proforma%'
        """,
    ),
}


def run(setup, addon, database):
    """Install, enter data, upgrade, compare, uninstall, look for remains."""
    start = time.monotonic()
    outcome = Outcome(f"lifecycle-{addon}")
    try:
        databases.drop(database)
        databases.create(database, templates.ensure(setup, ["base"]))
        if addon.endswith("_demo"):  # Its records are those of a French company.
            run_script(setup, database, "company")
        _odoo(setup, outcome, database, "install", f"--init={addon}")
        _script(setup, outcome, database, "data", addon)
        before = _content(database)
        _odoo(setup, outcome, database, "upgrade", f"--update={addon}")
        _compare(outcome, before, _content(database))
        # Demo records cannot all go: a posted invoice may not be deleted.
        if not addon.endswith("_demo"):
            _script(setup, outcome, database, "uninstall", addon)
            _check_remains(outcome, database, addon)
    finally:
        databases.drop(database)
    outcome.seconds = time.monotonic() - start
    return outcome


def _odoo(setup, outcome, database, what, *options):
    log = _log(database, what)
    progress = console.Progress(f"{outcome.name} {what}", lambda: "loading addons")
    code = odoo.run(setup, database, log, *options, check=False, progress=progress)
    problems = odoolog.read(log).problems
    outcome.check(
        not code and not problems,
        f"{what} ended with code {code}; see {log}\n{odoolog.digest(problems)}",
    )


def _script(setup, outcome, database, what, addon):
    """Feed a script to an Odoo shell; it must print DONE as its last line."""
    log = _log(database, what)
    script = (SCRIPTS / f"{what}.py").read_text(encoding="utf-8")
    output = odoo.run_script(setup, database, script, log, ADDON=addon)
    done = output.rstrip().endswith("DONE")
    problems = odoolog.read(log).problems if log.exists() else []
    outcome.check(
        done and not problems,
        f"{what} failed: {output[-3000:]}\n{odoolog.digest(problems)}",
    )


def _log(database, what):
    # The process id in the database's name would leave a new log at each run.
    label = database.replace(f"{os.getpid()}_", "")
    log = paths.logs() / f"{label}-{what}.log"
    log.unlink(missing_ok=True)
    return log


def _content(database):
    """How many rows each of our tables has, and a hash of each of our columns."""
    content = {}
    for table in databases.sql(OWN_TABLES, database):
        content[table] = databases.sql(f"SELECT count(*) FROM {table}", database)
    for name in databases.sql(OWN_COLUMNS, database):
        table, column = name.split(".")
        text = f"{column}::text"
        query = f"SELECT md5(string_agg({text}, ',' ORDER BY {text})) FROM {table}"
        content[name] = databases.sql(query, database)
    return content


def _compare(outcome, before, after):
    lost = [name for name, value in before.items() if after.get(name) != value]
    outcome.check(not lost, f"The upgrade changed or lost: {', '.join(lost)}")


def _check_remains(outcome, database, addon):
    records = (
        "SELECT model || ' ' || module || '.' || name FROM ir_model_data "
        f"WHERE module = '{addon}'"
    )
    remains = []
    for query in (records, *REMAINS.get(addon, ())):
        remains += databases.sql(query, database)
    outcome.check(not remains, f"Uninstalling {addon} left: {', '.join(remains)}")
    state = databases.sql(
        f"SELECT state FROM ir_module_module WHERE name = '{addon}'", database
    )
    outcome.check(state == ["uninstalled"], f"{addon} is {state} after uninstalling.")
