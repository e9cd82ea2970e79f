"""A database on which the tests install, upgrade and compare, step by step."""

import os
from collections import Counter

from dev import console, databases, odoo, paths
from dev.testing import odoolog

SCRIPTS = paths.CHECKOUT / "dev" / "testing" / "scripts"
# Every table and column that may hold what a person entered through our addons.
OWN_TABLES = """
    SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind = 'r' AND nspname = 'public' AND relname LIKE 'proforma%' ORDER BY 1
"""
OWN_COLUMNS = """
    SELECT table_name || '.' || column_name FROM information_schema.columns
    JOIN pg_class ON relname = table_name AND relkind = 'r'
    WHERE table_schema = 'public' AND column_name NOT IN ('write_date', 'write_uid')
    AND (column_name LIKE 'proforma%' OR table_name LIKE 'proforma%') ORDER BY 1
"""
# The rows of a column, one line each; without an id the values alone are compared.
VALUES = """
    SELECT concat(to_jsonb(t)->>'id', ' ', md5(coalesce({column}::text, 'NULL')))
    FROM {table} t
"""
# Kept beside the tables: the PDF of each version, the picture of each signature.
FILES = """
    SELECT concat(res_model, ' ', res_id, ' ', res_field, ' ', checksum)
    FROM ir_attachment WHERE res_model LIKE 'proforma%'
    OR (res_model = 'sale.order' AND res_field IS NOT NULL)
"""


class Trial:
    """Steps on one database; each is a check of the outcome."""

    def __init__(self, outcome, database):
        self.outcome, self.database = outcome, database

    def odoo(self, setup, what, *options):
        """Run an Odoo that installs or upgrades; its log must be clean."""
        log = self.log(what)
        label = f"{self.outcome.name} {what}"
        progress = console.Progress(label, lambda: "loading addons")
        code = odoo.run(
            setup, self.database, log, *options, check=False, progress=progress
        )
        problems = odoolog.read(log).problems
        self.outcome.check(
            not code and not problems,
            f"{what} ended with code {code}; see {log}\n{odoolog.digest(problems)}",
        )

    def script(self, setup, what, **variables):
        """Feed a script to an Odoo shell; it must print DONE as its last line."""
        log = self.log(what)
        script = (SCRIPTS / f"{what}.py").read_text(encoding="utf-8")
        output = odoo.run_script(setup, self.database, script, log, **variables)
        done = output.rstrip().endswith("DONE")
        problems = odoolog.read(log).problems if log.exists() else []
        self.outcome.check(
            done and not problems,
            f"{what} failed: {output[-3000:]}\n{odoolog.digest(problems)}",
        )
        return output

    def log(self, what):
        """An empty place for the log of a step."""
        # The process id in the database's name would leave a new log at each run.
        label = self.database.replace(f"{os.getpid()}_", "")
        log = paths.logs() / f"{label}-{what}.log"
        log.unlink(missing_ok=True)
        return log

    def content(self):
        """What each of our columns holds: name -> how often each row and value."""
        content = {"ir_attachment": Counter(databases.sql(FILES, self.database))}
        for name in databases.sql(OWN_COLUMNS, self.database):
            table, column = name.split(".")
            query = VALUES.format(table=table, column=column)
            content[name] = Counter(databases.sql(query, self.database))
        return content

    def compare(self, before, what, may_add=False):
        """Check that the content is still what it was.

        :param what: who would have changed it, such as "The upgrade"
        :param may_add: new columns, and new rows in those that were there, are no loss
        """
        after = self.content()
        if may_add:
            wrong = [
                name
                for name, rows in before.items()
                if rows - after.get(name, Counter())
            ]
        else:
            names = sorted(before.keys() | after.keys())
            wrong = [name for name in names if before.get(name) != after.get(name)]
        self.outcome.check(not wrong, f"{what} changed or lost: {', '.join(wrong)}")
