"""Databases with the core addons that ours depend on, built once and copied."""

import ast

from dev import console, databases, odoo, paths, process, steps
from dev.testing import combinations


def manifest(addon, folder=paths.CHECKOUT):
    path = folder / addon / "__manifest__.py"
    return ast.literal_eval(path.read_text(encoding="utf-8"))


def core_dependencies(names, folder=paths.CHECKOUT):
    """The addons of core that these need, our own ones followed.

    :param names: addons, ours or core's
    :param folder: where ours are
    """
    ours, found, todo = set(paths.addons(folder)), set(), list(names)
    seen = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in ours:
            todo += manifest(name, folder).get("depends", [])
        else:
            found.add(name)
    return found


def ensure_core(setup):
    """Build the databases of both combinations; return the larger one's name."""
    ensure(setup, combinations.BASE)
    return ensure(setup, combinations.of_addons()["all"], combinations.BASE)


def ensure_all(setup):
    """Name of a database with every addon of ours, as the checkout has them."""
    names = combinations.of_addons()["all"]
    core = ensure_core(setup)
    name = f"{core}_{paths.addon_hash(*paths.addons())}"
    if databases.exists(name):
        return name
    with steps.lock("templates"):
        for old in databases.names(f"{core}_"):  # Of the addons as they were before.
            databases.drop(old)
        _build(setup, name, core, names)
    return name


def ensure(setup, names, parent=()):
    """Name of a database that holds what the addons ``names`` need, but none of ours.

    :param parent: addons whose template this one is built upon, to save time
    """
    modules = sorted(core_dependencies(names, setup.ours) | {"base"})
    key = paths.short_hash(setup.source.key, *modules)
    name = f"{databases.TEMPLATES}{key}"
    if databases.exists(name):
        return name
    base = ensure(setup, parent) if parent else "template0"
    with steps.lock("templates"):
        if not databases.exists(name):
            _build(setup, name, base, modules)
    return name


def _build(setup, name, base, modules):
    """Install into a database of another name, so that a complete one is whole."""
    steps.check_disk(paths.cache(), 1)
    unfinished = f"{name}_unfinished"
    databases.drop(unfinished)
    log = paths.logs() / f"{name}.log"
    log.unlink(missing_ok=True)
    with console.step(f"Install {', '.join(modules)} into a template database"):
        databases.create(unfinished, base, lasting=True)
        progress = console.Progress("installing", lambda: process.last_line(log))
        install = f"--init={','.join(modules)}"
        odoo.run(setup, unfinished, log, install, progress=progress)
        databases.rename(unfinished, name)
