"""One addon by itself: installs on an empty database, upgrades, leaves nothing."""

import time

from dev import databases
from dev.demo.database import run_script
from dev.testing import templates
from dev.testing.outcome import Outcome
from dev.testing.trial import OWN_COLUMNS, OWN_TABLES, Trial

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
    "proforma_ecom_sale_stock": (
        """
        SELECT 'sale_order.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = 'sale_order'
        AND column_name = 'proforma_delivery_released'
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
    trial = Trial(outcome, database)
    try:
        databases.drop(database)
        databases.create(database, templates.ensure(setup, ["base"]))
        if addon.endswith("_demo"):  # Its records are those of a French company.
            run_script(setup, database, "company")
        trial.odoo(setup, "install", f"--init={addon}")
        trial.script(setup, "data")
        before = trial.content()
        trial.odoo(setup, "upgrade", f"--update={addon}")
        trial.compare(before, "The upgrade")
        # Demo records cannot all go: a posted invoice may not be deleted.
        if not addon.endswith("_demo"):
            trial.script(setup, "uninstall", ADDON=addon)
            _check_remains(outcome, database, addon)
    finally:
        databases.drop(database)
    outcome.seconds = time.monotonic() - start
    return outcome


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
