"""Many pro formas at once, as the scheduled action renders those that are missing."""

import resource
import time
from pathlib import Path

from dev.bench import samples

COUNT = 100
NAME = f"rendering of {COUNT} pro formas in one batch, each of them"
TARGET = 0.12
REPEATS = 3


def prepare(env):
    orders = samples.create_proformas(env, COUNT)
    env.cr.commit()
    return orders.proforma_version_id.ids


def ours(env, state):
    """Seconds a document, of versions that wait for their PDF."""
    env.cr.execute(
        "UPDATE proforma_version SET pdf_state = 'pending', pdf_sha256 = NULL,"
        " attachment_id = NULL WHERE id = ANY(%s)",
        [state],
    )
    env.invalidate_all()
    Path("/proc/self/clear_refs").write_text("5")  # The peak is that of this run.
    versions = env["proforma.version"].browse(state)
    start = time.perf_counter()
    assert versions._ensure_pdf(), "a PDF was not rendered"
    env.flush_all()
    return (time.perf_counter() - start) / COUNT


def note(env, state):
    """The most memory that Odoo took in the last run, and any program that it ran."""
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"at most {peak} MB in Odoo, {child} MB in wkhtmltopdf"
