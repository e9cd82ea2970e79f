"""One Odoo of the benchmark, seen from the outside."""

import tempfile
from multiprocessing.connection import Listener
from pathlib import Path

from dev import console, odoo, paths, process

SCRIPT = "from dev.bench import worker; worker.main(env)"


class Side:
    """An Odoo shell on one database that measures on request."""

    def __init__(self, setup, database):
        self.setup = setup
        self.database = database
        self.log = paths.logs() / f"bench-{database.rpartition('_')[2]}.log"
        self.start()

    def start(self):
        """Start the process; one that ran before has been closed."""
        self.folder = tempfile.TemporaryDirectory(prefix="proforma-bench-")
        address = str(Path(self.folder.name) / "socket")
        with Listener(address, "AF_UNIX") as listener:
            self.child = self._spawn(address)
            listener._listener._socket.settimeout(120)
            try:
                self.connection = listener.accept()
            except OSError:
                self.close()
                raise console.DevError(
                    f"The benchmark's Odoo did not start: "
                    f"{process.last_line(self.log)}; see {self.log}"
                ) from None

    def _spawn(self, address):
        http, gevent = odoo.free_ports()
        config = odoo.configuration(
            f"bench-{self.database}", self.setup, http_port=http, gevent_port=gevent
        )
        command = odoo.command(self.setup, config, self.database, "shell", "--no-http")
        env = self.setup.environment([paths.CHECKOUT])
        script = Path(self.folder.name) / "script.py"
        script.write_text(SCRIPT, encoding="utf-8")
        with open(self.log, "wb") as log, open(script, "rb") as source:
            env = {**env, "BENCH_SOCKET": address}
            return process.start(command, log, env=env, stdin=source)

    def ask(self, verb, row):
        """Let the row's function run on this side.

        :raise DevError: with the traceback, when it fails
        """
        self.connection.send((verb, row))
        try:
            kind, value = self.connection.recv()
        except EOFError:
            kind, value = "error", f"Odoo ended; see {self.log}"
        if kind == "error":
            raise console.DevError(f"{row}, {verb}: {value}")
        return value

    def close(self):
        if hasattr(self, "connection"):
            self.connection.close()
        process.end(self.child)
        self.folder.cleanup()
