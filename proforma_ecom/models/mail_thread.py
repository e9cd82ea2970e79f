from odoo import models

from ..incoming import is_automatic


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        """Override of `mail` to tell what is posted that a program has written it: the
        headers of the e-mail are not known there, and core keeps none.
        """
        threads = self
        if is_automatic(message):
            threads = self.with_context(proforma_is_auto=True)
        return super(MailThread, threads)._message_route_process(
            message, message_dict, routes
        )
