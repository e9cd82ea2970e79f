"""A real Odoo that serves while a test or the benchmark runs."""

import http.client
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from dev import console, databases, odoo, paths, process
from dev.testing import templates


@dataclass(frozen=True)
class Server:
    """A running Odoo.

    ``url`` has no slash at its end; ``log`` is the file of Odoo's log.
    """

    setup: odoo.Setup
    url: str
    database: str
    log: str

    def script(self, text, **variables):
        """Run Python text in an Odoo shell on the same database; return its output.

        It sees ``env``; it has to call ``env.cr.commit()`` for the server to see it.

        :param variables: environment variables for the script
        :raise DevError: with the end of the traceback, when the script raises
        """
        # The shell goes on after an exception and ends with 0: the last line tells.
        output = odoo.run_script(
            self.setup, self.database, f"{text}\nprint('DONE')\n", **variables
        )
        if not output.rstrip().endswith("DONE"):
            raise console.DevError(f"The script failed: {output.strip()[-2000:]}")
        return output.rstrip().removesuffix("DONE").rstrip("\n")


@contextmanager
def running_server(**options):
    """Yield a :class:`Server` that answers, on a fresh copy of the database with all.

    :param options: of Odoo's configuration file, such as ``workers=4``
    """
    setup = odoo.ensure(programs=False)
    name = f"{databases.TESTS}{os.getpid()}_live_{time.monotonic_ns() % 10**6}"
    databases.create(name, templates.ensure_all(setup))
    try:
        with serving(setup, name, paths.logs() / f"{name}.log", **options) as server:
            yield server
    finally:
        databases.drop(name)


@contextmanager
def serving(setup, database, log, **options):
    """Yield a :class:`Server` that answers, on a database that is there.

    :param log: file for Odoo's log
    :param options: of Odoo's configuration file
    """
    url, child = _start(setup, database, log, options)
    try:
        yield Server(setup, url, database, str(log))
    finally:
        process.end(child)


def _start(setup, name, log, options):
    port, gevent = odoo.free_ports()
    config = odoo.configuration(
        f"live-{name}", setup, http_port=port, gevent_port=gevent, **options
    )
    url = f"http://127.0.0.1:{port}"
    databases.set_base_url(name, url)
    with open(log, "ab") as output:
        command = odoo.command(setup, config, name)
        child = process.start(command, output, env=setup.environment())
    try:
        _wait(child, url, log)
    except BaseException:
        process.end(child)
        raise
    return url, child


def _wait(child, url, log, patience=90):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and child.poll() is None:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
        try:
            connection.request("GET", "/web/health")
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()
    raise console.DevError(f"Odoo did not start: {process.last_line(log)}; see {log}")
