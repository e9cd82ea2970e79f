from contextlib import contextmanager
from unittest.mock import patch

from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .smtp_sink import closed_port, running_sink

MAIL_LOGGER = "odoo.addons.mail.models.mail_mail"


class SmtpCase:
    """E-mails leave through a real connection, to a server that is there or not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.mail_server"].search([]).active = False
        cls.mail_server = cls.env["ir.mail_server"].create(
            {"name": "Test", "smtp_host": "127.0.0.1", "smtp_encryption": "none"}
        )

    @contextmanager
    def _through(self, port):
        """Send through the port of a mail server."""
        self.mail_server.smtp_port = port
        with (
            patch.object(IrMail_Server, "_disable_send", lambda _server: False),
            mute_logger(MAIL_LOGGER),
        ):
            yield

    @contextmanager
    def _server_down(self):
        with self._through(closed_port()):
            yield

    @contextmanager
    def _server_up(self, refused=()):
        """Yield a mail server that takes all but the mails to some addresses."""
        with running_sink(refused) as sink, self._through(sink.port):
            yield sink

    def _work_off_queue(self):
        self.env["mail.mail"].process_email_queue()
