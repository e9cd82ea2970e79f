"""``make bench-data``: a database with 100,000 issued pro formas to try things on."""

import os

from dev import console, databases, odoo, paths
from dev.testing import templates

NAME = "proforma_bench"
COUNT = 100_000
SCRIPT = """
from dev.bench import copies
print(len(copies.create_proformas(env, {count}, originals=20)))
env.cr.commit()
"""


def run():
    """Make the database anew; DB= names another one, COUNT= another number."""
    setup = odoo.ensure()
    name = os.environ.get("DB") or NAME
    databases.check_name(name)
    count = int(os.environ.get("COUNT") or COUNT)
    databases.drop(name)
    databases.create(name, templates.ensure_all(setup), lasting=True)
    with console.step(f"Make {count} pro formas in {name}"):
        output = odoo.run_script(
            setup, name, SCRIPT.format(count=count), python_path=[paths.CHECKOUT]
        )
        if not output.strip().isdigit():
            raise console.DevError(output[-2000:])
    console.say(f"DB={name} make shell opens it.")
