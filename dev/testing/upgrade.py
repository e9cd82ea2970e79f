"""A database of a landed version, upgraded to the addons of the checkout."""

import dataclasses
import hashlib
import json
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from dev import databases, landed, live, paths
from dev.testing import combinations, odoolog, templates
from dev.testing.outcome import Outcome
from dev.testing.trial import Trial


def run(setup, version, database):
    """Install the landed version, enter data, upgrade, compare, use, upgrade again."""
    start = time.monotonic()
    outcome = Outcome(f"upgrade-{version}")
    trial = Trial(outcome, database)
    with tempfile.TemporaryDirectory(
        prefix="landed-", dir=paths.subfolder("run")
    ) as folder:
        landed.unpack(landed.versions()[version], folder)
        old = dataclasses.replace(setup, ours=Path(folder))
        try:
            _run(trial, setup, old)
        finally:
            databases.drop(database)
    outcome.seconds = time.monotonic() - start
    return outcome


def _run(trial, setup, old):
    family = paths.addons(old.ours)
    _create(trial, old, family)
    mails = _count_mails(trial)
    before = trial.content()
    trial.odoo(setup, "upgrade", f"--update={','.join(family)}")
    trial.compare(before, "The upgrade", may_add=True)
    output = trial.script(setup, "upgraded")
    _visit(trial, setup, output)
    trial.script(setup, "first_run")
    trial.outcome.check(
        _count_mails(trial) == mails,
        "The upgrade, or the first run of the scheduled actions, sends an e-mail.",
    )
    before = trial.content()
    trial.odoo(setup, "second-upgrade", f"--update={','.join(family)}")
    trial.compare(before, "The second upgrade")


def _count_mails(trial):
    """How many e-mails there ever were, those that are deleted included."""
    return databases.sql(
        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM mail_mail_id_seq",
        trial.database,
    )


def _create(trial, old, family):
    """A database as a shop of the landed version has it."""
    names = [*family, *combinations.COMPANIONS]
    databases.drop(trial.database)
    template = templates.ensure(old, names, combinations.BASE)
    databases.create(trial.database, template)
    _forget(trial.database, set(paths.addons()) - set(family))
    trial.odoo(old, "install", f"--init={','.join(family)}")
    trial.script(old, "data")
    trial.script(old, "history")
    trial.script(old, "settle")


def _forget(database, names):
    """Take addons of ours that came later out of the list of what can be installed.

    The template was made with the checkout's addons at hand; one that installs itself
    would be asked for, and is not there.
    """
    for name in names:
        databases.sql(f"DELETE FROM ir_module_module WHERE name = '{name}'", database)
        databases.sql(
            "DELETE FROM ir_model_data WHERE module = 'base'"
            f" AND name = 'module_{name}'",
            database,
        )


def _visit(trial, setup, output):
    """Open each pro forma as its customer would, and fetch the PDF that he got."""
    lines = [line for line in output.splitlines() if line.startswith("[{")]
    pages = json.loads(lines[-1]) if lines else []
    log = trial.log("portal")
    wrong = [] if pages else ["nothing to visit"]
    with live.serving(setup, trial.database, log) as server:
        for page in pages:
            text = _fetch(server.url + page["page"]).decode(errors="replace")
            pdf = hashlib.sha256(_fetch(server.url + page["pdf"])).hexdigest()
            if page["name"] not in text or pdf != page["sha256"]:
                wrong.append(page["name"])
    problems = odoolog.read(log).problems
    trial.outcome.check(
        not wrong and not problems,
        f"The portal does not show {', '.join(wrong) or 'all without a warning'}; "
        f"see {log}\n{odoolog.digest(problems)}",
    )


def _fetch(url):
    """What a visitor gets; an answer that is an error counts as nothing."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.read()
    except urllib.error.HTTPError:
        return b""
