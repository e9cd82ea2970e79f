"""Databases: create, copy, drop; and what Odoo keeps beside them on disk."""

import os
import re
import shutil
from pathlib import Path

from dev import console, paths, postgres, process

TEMPLATES = "proforma_template_"
TESTS = "proforma_test_"


def sql(query, database="postgres"):
    """Rows of a query as a list of texts (columns joined by ``|``)."""
    env = {**os.environ, **postgres.environment()}
    command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", query, "-d", database]
    return process.capture(command, env=env).splitlines()


def names(pattern=""):
    """Databases whose name starts with ``pattern``."""
    rows = sql("SELECT datname FROM pg_database WHERE NOT datistemplate")
    return [name for name in rows if name.startswith(pattern)]


def exists(name):
    return name in names()


def check_name(name):
    """:raise DevError: unless the name is one that needs no quoting anywhere"""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise console.DevError(
            f"{name!r} is no name for a database: use small letters, digits and _, "
            "such as DB=scratch."
        )


def filestore(name):
    return data_dir() / "filestore" / name


def data_dir():
    """Where Odoo keeps files, sessions and assets; one folder for all databases."""
    return paths.subfolder("data")


def create(name, template="template0", lasting=False):
    """Create a database, as a copy of ``template`` with its files.

    :param lasting: it is kept (the demo, a template); what a test writes may be lost
    """
    strategy = ""
    if lasting and int(sql("SHOW server_version_num")[0]) >= 150000:
        # The default of PostgreSQL 15 copies sequences with the values they have in
        # reserve: after a crash they would give the same ids again.
        strategy = "STRATEGY file_copy"
    sql(
        f'CREATE DATABASE "{name}" TEMPLATE "{template}" '
        f"ENCODING 'UTF8' LC_COLLATE 'C' {strategy}"
    )
    if not lasting:
        sql(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    source = filestore(template)
    if source.is_dir():
        # Odoo never changes a stored file in place, so a link is as good as a copy.
        target = filestore(name)
        shutil.copytree(source, target, copy_function=_link, dirs_exist_ok=True)


def set_base_url(name, url):
    """Make the links in e-mails and PDFs of an Odoo database lead to ``url``."""
    sql(
        "INSERT INTO ir_config_parameter (key, value) VALUES "
        f"('web.base.url', '{url}'), ('web.base.url.freeze', 'True') "
        "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
        name,
    )


def rename(name, other):
    sql(f'ALTER DATABASE "{name}" RENAME TO "{other}"')
    if filestore(name).is_dir():
        shutil.rmtree(filestore(other), ignore_errors=True)
        filestore(name).rename(filestore(other))


def drop(name):
    """Drop a database and its files; there may be none."""
    sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(filestore(name), ignore_errors=True)


def drop_stale(prefix):
    """Drop the databases ``<prefix><pid>_...`` of runs that are no more.

    Their logs and configuration files go too.
    """
    for name in names(prefix):
        if _is_stale(name, prefix):
            drop(name)
    remove_stale_files(prefix)


def remove_stale_files(prefix):
    """Remove what is named after such a database in the cache's small folders."""
    for folder in (paths.logs(), paths.subfolder("run")):
        for path in folder.iterdir():
            if _is_stale(path.name, prefix):
                path.unlink(missing_ok=True)


def _is_stale(name, prefix):
    found = re.search(rf"{prefix}(\d+)_", name)
    return bool(found) and not Path("/proc", found[1]).exists()


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
