from odoo import models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def write(self, vals):
        """Override of `mail` to note that an e-mail of a pro forma came back."""
        res = super().write(vals)
        if vals.get("notification_status") == "bounce":
            self.sudo().mail_message_id._refresh_proforma_mailings()
        return res

    def _get_proforma_failure(self):
        """Return why the notifications failed, in words.

        :rtype: str
        """
        reasons = []
        for notification in self:
            reason = notification.format_failure_reason()
            details = notification.failure_reason
            if details and notification.failure_type != "unknown":
                reason = f"{reason} ({details})"
            reasons.append(reason)
        return " ".join(dict.fromkeys(reasons))
