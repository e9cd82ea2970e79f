"""A mail server for tests: it really listens, and keeps what it takes."""

import socket
import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self._say(220, "sink")
        recipients = []
        for line in iter(self.rfile.readline, b""):
            command = line.decode().strip()
            verb = command[:4].upper()
            if verb == "RCPT":
                address = command.partition("<")[2].partition(">")[0]
                if address in self.server.refused:
                    self._say(550, "No such user here")
                    continue
                recipients.append(address)
            elif verb == "DATA":
                self._say(354, "go ahead")
                message = message_from_bytes(self._read(), policy=policy.default)
                self.server.taken += [(to, message) for to in recipients]
            elif verb == "QUIT":
                self._say(221, "bye")
                return
            elif verb in ("MAIL", "RSET"):
                recipients = []
            self._say(250, "ok")

    def _say(self, code, text):
        self.wfile.write(f"{code} {text}\r\n".encode())

    def _read(self):
        """Return the text of a mail, to the line with nothing but a dot."""
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line.removeprefix(b".") for line in lines)


class SmtpSink(socketserver.ThreadingTCPServer):
    """What it took is in `taken`: pairs of an address and a message, in their order."""

    daemon_threads = True

    def __init__(self, refused=()):
        super().__init__(("127.0.0.1", 0), _Session)
        self.refused, self.taken = set(refused), []

    @property
    def port(self):
        return self.server_address[1]

    @property
    def addresses(self):
        """Return the addresses of all mails that were taken, sorted."""
        return sorted(address for address, _message in self.taken)


@contextmanager
def running_sink(refused=()):
    """Yield a mail server that takes all but the mails to some addresses."""
    with SmtpSink(refused) as sink:
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        try:
            yield sink
        finally:
            sink.shutdown()


def closed_port():
    """Return a port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
