"""Serving the demo: Odoo and the mail catcher, until Ctrl-C."""

import http.client
import socket
import time

from dev import console, databases, node, odoo, paths, process, steps
from dev.demo import database


def check_ports(first):
    """:raise DevError: when one of the three ports is taken"""
    for number in range(first, first + 3):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", number))
            except OSError:
                raise console.DevError(
                    f"Port {number} is busy: stop the program that uses it, or choose "
                    f"another port with: make demo PROFORMA_PORT={first + 100}"
                ) from None


def serve():
    """``make demo``."""
    first = database.port()
    note = paths.subfolder("run") / "demo.url"
    url = note.read_text(encoding="utf-8").strip() if note.exists() else "another port"
    busy = (
        f"The demo runs already at {url}: end it with Ctrl-C there, or with make stop."
    )
    with steps.lock("demo", wait=False, busy=busy):
        check_ports(first)
        setup = odoo.ensure()
        database.ensure(setup)
        check_ports(first)  # Building took minutes.
        steps.write(note, database.url())
        _serve(setup, first)


def _serve(setup, first):
    databases.set_base_url(database.NAME, database.url())
    start = time.monotonic()
    children = {}
    try:
        children["The mail catcher"] = _start_catcher(first)
        children["Odoo"] = _start_odoo(setup, first)
        _wait_ready(children, first)
        seconds = console.duration(time.monotonic() - start)
        console.say(f"ok Serving after {seconds}")
        _welcome(first)
        _watch(children)
    except KeyboardInterrupt:
        console.say("\nStopping the demo ...")
    finally:
        for child in reversed(children.values()):
            process.end(child)
    console.say(
        "The demo has ended. PostgreSQL stays up for the next one; make stop ends it."
    )


def _start_catcher(first):
    """The inbox: it accepts every mail and hands none on."""
    program = node.ensure() / "node_modules" / "maildev" / "bin" / "maildev"
    with open(_log("inbox"), "wb") as log:
        return process.start(
            ["node", program, "--ip", "127.0.0.1", "--web-ip", "127.0.0.1",
             "--web", first + 1, "--smtp", first + 2,
             "--mail-directory", paths.subfolder("inbox")], log,
        )  # fmt: skip


def _start_odoo(setup, first):
    gevent = odoo.free_ports(1)[0]
    config = odoo.configuration(
        "demo", setup, http_port=first, gevent_port=gevent, smtp_port=first + 2,
        max_cron_threads=1, list_db=False,
    )  # fmt: skip
    command = odoo.command(setup, config, database.NAME)
    with open(_log("demo"), "wb") as log:
        return process.start(command, log, env=setup.environment())


def _log(name):
    return paths.logs() / f"{name}.log"


def _wait_ready(children, first, patience=120):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        _check_alive(children)
        if _answers(first, "/web/login") and _answers(first + 1, "/healthz"):
            return
        time.sleep(0.2)
    raise console.DevError(
        f"Odoo did not answer within {patience} s; read {_log('demo')}."
    )


def _answers(number, path):
    """Whether a page is there, or a redirection: the shop leads to a language."""
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _check_alive(children):
    for name, child in children.items():
        if child.poll() is not None:
            log = _log("demo" if name == "Odoo" else "inbox")
            raise console.DevError(
                f"{name} did not start: {process.last_line(log)}; read {log}."
            )


def _watch(children):
    """Return when one of the children has ended, by itself or by ``make stop``."""
    while all(child.poll() is None for child in children.values()):
        time.sleep(0.5)


def _welcome(first):
    base = f"http://127.0.0.1:{first}"
    console.say(
        f"\n   Shop         {base}/shop   (customer martin, password martin)\n"
        f"   Back office  {base}/odoo   (login admin, password admin)\n"
        f"   Inbox        http://127.0.0.1:{first + 1}   (every mail lands here)\n"
        f"   Stop         Ctrl-C, or `make stop` from another terminal\n"
    )
