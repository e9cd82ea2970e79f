from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _refresh_proforma_mailings(self):
        """Note what became of the messages that are e-mails about pro formas."""
        if not self:
            return
        mailings = self.env["proforma.mailing"].sudo()
        mailings.search([("mail_message_id", "in", self.ids)])._try_refresh()
