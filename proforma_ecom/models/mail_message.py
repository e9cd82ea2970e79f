from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _refresh_proforma_mailings(self):
        """Note what became of the messages that are e-mails about pro formas."""
        if not self:
            return
        mailings = self.env["proforma.mailing"].sudo()
        mailings.search([("mail_message_id", "in", self.ids)])._try_refresh()

    def _withdraw_proforma_mails(self):
        """Take what failed out of core's queue: another e-mail takes its place, and who
        works off the queue must not send both.
        """
        mails = self.env["mail.mail"].sudo()
        mails = mails.search(
            [
                ("mail_message_id", "in", self.ids),
                ("state", "in", ("exception", "outgoing")),
            ]
        )
        mails.cancel()
        self.env["mail.notification"].sudo().search(
            [("mail_mail_id", "in", mails.ids), ("notification_status", "!=", "sent")]
        ).write({"notification_status": "canceled"})
