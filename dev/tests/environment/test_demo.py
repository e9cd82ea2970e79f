import http.server
import socket
import threading
from unittest import mock

from dev import cli, console, steps
from dev.demo import database, server
from dev.tests.environment.common import DevCase


class TestDemo(DevCase):
    def test_named_port_is_used(self):
        self.set_environment(PROFORMA_PORT="8170")

        self.assertEqual(database.port(), 8170)

    def test_usual_port(self):
        self.set_environment(PROFORMA_PORT=None)

        self.assertEqual(database.port(), 8069)

    def test_what_is_no_port_is_refused(self):
        for text in ("eighty", "80", "70000", "-1"):
            self.set_environment(PROFORMA_PORT=text)

            with (
                self.subTest(text),
                self.assertRaisesRegex(console.DevError, "no port"),
            ):
                database.port()

    def test_busy_port_is_said_with_the_fix(self):
        for offset, what in enumerate(("shop", "inbox", "smtp")):
            with self.subTest(what), socket.socket() as other:
                other.bind(("127.0.0.1", 0))
                other.listen()
                busy = other.getsockname()[1]

                message = f"Port {busy} is busy: .* make demo PROFORMA_PORT="
                with self.assertRaisesRegex(console.DevError, message):
                    server.check_ports(busy - offset)

    def test_second_demo_is_refused_with_the_address_of_the_first(self):
        (steps.paths.subfolder("run") / "demo.url").write_text("http://127.0.0.1:8070")
        other = mock.patch.object(
            steps.fcntl, "flock", side_effect=BlockingIOError(11, "")
        )

        with (
            other,
            self.assertRaisesRegex(console.DevError, "already at http://.*8070"),
        ):
            server.serve()


class TestAnswer(DevCase):
    def serve(self, status):
        """Port of a server that answers everything with this status."""

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args):
                """Be quiet."""

        one = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=one.serve_forever, daemon=True).start()
        self.addCleanup(one.server_close)
        self.addCleanup(one.shutdown)
        return one.server_port

    def test_page_is_an_answer(self):
        self.assertTrue(server._answers(self.serve(200), "/"))

    def test_redirection_to_a_language_is_an_answer(self):
        self.assertTrue(server._answers(self.serve(303), "/"))

    def test_error_is_no_answer(self):
        for status in (404, 500, 503):
            with self.subTest(status):
                self.assertFalse(server._answers(self.serve(status), "/"))


class TestCommand(DevCase):
    def test_error_is_one_sentence_and_an_exit_code(self):
        self.set_environment(PROFORMA_PORT="eighty")

        self.assertEqual(cli.run(["demo"]), 1)
        self.assertRegex(self.printed.getvalue(), r"^Error: .*\n$")

    def test_unknown_target_names_the_others(self):
        self.assertEqual(cli.run(["dmeo"]), 2)
        self.assertIn("demo", self.printed.getvalue())
