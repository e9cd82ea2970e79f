from odoo import api, models
from odoo.exceptions import UserError

from ..const import CRON_BATCH_SIZE


class ProformaVersionMailMixin(models.AbstractModel):
    """What waits for the PDF of a version: its e-mail, and the signed copy."""

    _name = "proforma.version.mail.mixin"
    _description = "Pro Forma Version E-mail"

    # === BUSINESS METHODS - MAIL === #

    def _send_waiting_mail(self):
        """Send the e-mail that waited for the PDF, unless it has become pointless.

        :raise UserError: If it cannot be sent.
        """
        self.ensure_one()
        if not self.is_mail_waiting or self.pdf_state != "done":
            return
        self.is_mail_waiting = False
        order = self.order_id
        if order.proforma_version_id == self and order.proforma_state == "issued":
            kind = "extended" if order._has_proforma_event("extended") else None
            order.with_company(order.company_id)._proforma_send_mail(kind)

    def _note_mail_failure(self, error):
        """Give up the e-mail and ask the salesperson to send it.

        :param str error: What went wrong.
        """
        self.ensure_one()
        self.is_mail_waiting = False
        self.order_id._proforma_schedule_activity(
            lambda order: (
                order.env._("Send the pro forma %(name)s", name=self.name),
                order.env._("Its e-mail could not be sent: %(error)s", error=error),
            )
        )

    # === CRON METHODS === #

    @api.model
    def _get_unfinished_domain(self):
        """Return the domain of the versions that wait for something, see the index."""
        return [
            *("|", ("pdf_state", "!=", "done")),
            *("|", ("is_mail_waiting", "=", True)),
            ("is_certificate_waiting", "=", True),
        ]

    @api.model
    def _cron_render_pdf(self):
        """Make the PDFs and signed copies that are missing; send the waiting mails."""
        cron = self.env["ir.cron"]
        versions = self.search(
            self._get_unfinished_domain(),
            order="pdf_attempts, id",
            limit=CRON_BATCH_SIZE,
        )
        cron._commit_progress(remaining=len(versions))
        for version_id in versions.ids:
            if version := self.browse(version_id).try_lock_for_update():
                version._ensure_pdf()
                version._ensure_signed_copy()
                cron._commit_progress()  # The PDF is kept whatever becomes of the mail.
                version._try_waiting_mail()
            if not cron._commit_progress(1):
                break

    def _try_waiting_mail(self):
        """Send the e-mail that waits; a refusal is noted on the order, not raised."""
        self.ensure_one()
        try:
            self._send_waiting_mail()
        except UserError as error:
            self.env.cr.rollback()
            self._note_mail_failure(str(error))
