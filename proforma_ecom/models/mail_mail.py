from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(self, *args, **kwargs):
        """Override of `mail` to note whether an e-mail of a pro forma was sent: core
        deletes the mail now.
        """
        messages = self.mail_message_id
        res = super()._postprocess_sent_message(*args, **kwargs)
        messages.exists()._refresh_proforma_mailings()
        return res
