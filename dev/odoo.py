"""Starting Odoo: its environment, its configuration file, its command line."""

import os
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev import (
    databases,
    node,
    paths,
    postgres,
    process,
    source,
    steps,
    tools,
    venv,
    wkhtmltopdf,
)

LAUNCHER = paths.CHECKOUT / "dev" / "launcher" / "odoo-bin.py"


@dataclass(frozen=True)
class Setup:
    """All that is prepared before Odoo can start.

    ``ours`` is the folder with our addons, where it is not the checkout's.
    """

    source: source.Source
    venv: Path
    wkhtmltopdf: Path
    ours: Path = paths.CHECKOUT

    @property
    def python(self):
        return self.venv / "bin" / "python"

    def environment(self, python_path=()):
        """Variables for Odoo; the person's own options of Odoo are left out."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ODOO_", "OPENERP_", "PYTHON", "MAKE", "PG"))
        }
        own = (self.wkhtmltopdf, self.venv / "bin", node.programs())
        path = [*map(str, own), os.environ["PATH"]]
        return {
            **kept,
            **postgres.environment(),
            "PATH": os.pathsep.join(path),
            "PYTHONPATH": os.pathsep.join(map(str, (*python_path, self.source.root))),
            "PYTHONUNBUFFERED": "1",
            # Compiled once, and never into the checkout.
            "PYTHONPYCACHEPREFIX": str(paths.subfolder("pycache")),
            # For the browser test of accessibility.
            "PROFORMA_AXE": str(node.axe()),
        }

    def addons_path(self):
        return ",".join(str(path) for path in (self.ours, *self.source.addons))


def ensure(programs=True):
    """Do every step that Odoo needs; quick when nothing changed.

    :param programs: look for Debian's programs too
    """
    if programs:
        tools.ensure(not wkhtmltopdf.is_ready(), server=not postgres.is_external())
    environment = venv.ensure()
    setup = Setup(source.ensure(), environment, Path(wkhtmltopdf.ensure(environment)))
    node.ensure()
    postgres.ensure()
    return setup


def configuration(name, setup, **options):
    """Write Odoo's configuration file ``name`` and return its path.

    No mail leaves the machine: without ``smtp_port`` it goes to a port where nobody is.
    """
    values = {
        "addons_path": setup.addons_path(),
        "data_dir": databases.data_dir(),
        "http_interface": "127.0.0.1",
        "smtp_server": "127.0.0.1",
        "smtp_port": 9,
        "max_cron_threads": 0,
        **options,
    }
    lines = ["[options]", *(f"{key} = {value}" for key, value in values.items())]
    path = paths.subfolder("run") / f"{name}.conf"
    steps.write(path, "\n".join(lines) + "\n")
    return path


def command(setup, config, database, *options):
    """The command line of one Odoo.

    :param options: anything from the database's modules to `shell` as the first one
    """
    sub = ["shell"] if options[:1] == ("shell",) else ["server"]
    rest = [str(option) for option in options if option != "shell"]
    start = [str(setup.python), str(LAUNCHER), *sub, "-c", str(config)]
    return [*start, "-d", database, "--db-filter", f"^{database}$", *rest]


def free_ports(count=2):
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def run(setup, database, log, *options, python_path=(), **running):
    """Run an Odoo that stops by itself (installation, tests); return its exit code.

    :param python_path: folders that come before Odoo's own
    :param running: for :func:`dev.process.run`
    """
    http, gevent = free_ports()
    config = configuration(
        f"odoo-{database}", setup, http_port=http, gevent_port=gevent
    )
    args = command(setup, config, database, "--stop-after-init", *options)
    return process.run(args, log, env=setup.environment(python_path), **running)


def run_script(setup, database, script, log=None, python_path=(), **variables):
    """What a script printed that an Odoo shell ran; traces of errors come last.

    :param str script: Python text; ``env`` is there, and it has to commit by itself
    :param log: file for Odoo's log
    :param python_path: folders that come before Odoo's own
    :param variables: environment variables for the script
    """
    http, gevent = free_ports()
    options = {"logfile": log} if log else {"log_level": "warn"}
    config = configuration(
        f"script-{database}", setup, http_port=http, gevent_port=gevent, **options
    )
    args = command(setup, config, database, "shell", "--no-http")
    env = {**setup.environment(python_path), process.MARK: process.mark_value()}
    result = subprocess.run(
        args, input=script, capture_output=True, text=True, check=False,
        env={**env, **variables}, preexec_fn=process.die_with_parent,
    )  # fmt: skip
    return result.stdout if not result.returncode else result.stdout + result.stderr


def shell(setup, config, database):
    """An Odoo shell on our terminal or standard input; return its exit code."""
    args = command(setup, config, database, "shell", "--no-http", "--log-level=warn")
    return subprocess.run(args, env=setup.environment(), check=False).returncode
