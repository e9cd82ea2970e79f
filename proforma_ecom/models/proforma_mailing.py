import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import CRON_BATCH_SIZE
from ..notices import MAILING_KINDS, MAILING_STATES, SELLER_NOTICES
from ..turns import try_batch

_logger = logging.getLogger(__name__)


class ProformaMailing(models.Model):
    """What became of an e-mail about a version: the proof of sending.

    Core forgets: a mail is deleted once it is sent, its notifications may be later.
    """

    _name = "proforma.mailing"
    _description = "Pro Forma E-mail"
    _order = "id desc"
    _rec_name = "kind"

    # === FIELDS === #

    version_id = fields.Many2one(
        "proforma.version", required=True, readonly=True, ondelete="cascade", index=True
    )
    order_id = fields.Many2one(
        related="version_id.order_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="version_id.company_id", store=True, precompute=True
    )
    kind = fields.Selection(
        MAILING_KINDS, string="E-mail", required=True, readonly=True
    )
    deposit_id = fields.Many2one(
        "proforma.deposit", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    request_id = fields.Many2one(
        "proforma.request", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    is_notice = fields.Boolean(
        readonly=True, help="Sent by itself, so that it is not sent again."
    )
    mail_message_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )
    addresses = fields.Char(string="To", readonly=True)
    state = fields.Selection(
        MAILING_STATES, required=True, readonly=True, default="queued"
    )
    queued_on = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    sent_on = fields.Datetime(readonly=True)
    failed_on = fields.Datetime(readonly=True)
    failure_reason = fields.Char(string="Reason", readonly=True)

    _notice_uniq = models.UniqueIndex(
        "(version_id, kind, COALESCE(deposit_id, 0), COALESCE(request_id, 0))"
        " WHERE is_notice IS TRUE",
        "A status e-mail is sent only once for a version.",
    )
    _queued_idx = models.Index("(id) WHERE state = 'queued'")

    # === ACTION METHODS === #

    def action_send_again(self):
        """Send an e-mail that failed once more, to the address of today.

        :raise UserError: If it did not fail, or is out of date.
        """
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        order._proforma_lock()
        if self.state not in ("failed", "bounced"):
            raise UserError(self.env._("Only an e-mail that failed is sent again."))
        if self.version_id != order.proforma_version_id:
            raise UserError(
                self.env._("There is a later version. Send that one instead.")
            )
        if self.kind == "reminder":
            self._send_reminder_again()
            return True
        self.sudo().mail_message_id._withdraw_proforma_mails()
        order._try_proforma_notice(self.sudo())
        return True

    def _send_reminder_again(self):
        """Plan the reminder of the e-mail anew.

        :raise UserError: If it was planned anew before, or is not there any more.
        """
        if reminder := self._get_reminder().filtered(lambda r: r.state == "failed"):
            reminder.action_retry()
            return
        raise UserError(self.env._("This reminder was tried again already."))

    # === BUSINESS METHODS === #

    def _follow(self, message):
        """Note with which message the e-mail went out, and to whom.

        :param mail.message message: Its notifications are there already.
        """
        self.ensure_one()
        self.write(
            {
                "mail_message_id": message.id,
                "state": "queued",
                "queued_on": fields.Datetime.now(),
                "sent_on": False,
                "failed_on": False,
                "failure_reason": False,
            }
        )
        # What others left to write fails here, not as a fault of the proof.
        self.env.flush_all()
        self._try_refresh()

    def _refresh(self):
        """Take over from core what became of the e-mails. What core has forgotten
        stays as it was noted.
        """
        for mailing in self.filtered("mail_message_id"):
            notifications = mailing._get_notifications()
            if mailing.kind in SELLER_NOTICES:
                mailing._note_sent()
            elif not notifications:
                mailing._note_missing_recipient()
            else:
                mailing._note_outcome(notifications)

    def _get_notifications(self):
        """Return core's notifications by e-mail of the customer's side.

        :rtype: mail.notification
        """
        self.ensure_one()
        found = self.env["mail.notification"].search(
            [
                ("mail_message_id", "=", self.mail_message_id.id),
                ("notification_type", "=", "email"),
            ]
        )
        order = self.order_id
        customer = order.partner_id | order.partner_id.commercial_partner_id
        # Followers of our own side get a copy, which proves nothing.
        return found.filtered(
            lambda n: (
                not n.res_partner_id
                or n.res_partner_id.partner_share
                or n.res_partner_id in customer
            )
        )

    def _note_outcome(self, notifications):
        """Note addresses and state; one address that failed makes a failure.

        :param mail.notification notifications: At least one.
        """
        self.ensure_one()
        addresses = [
            n.res_partner_id.email or n.mail_email_address for n in notifications
        ]
        self.addresses = ", ".join(filter(None, addresses))
        states = notifications.mapped("notification_status")
        for state, failure in (("exception", "failed"), ("bounce", "bounced")):
            failed = notifications.filtered(
                lambda n, state=state: n.notification_status == state
            )
            if failed:
                self._note_failure(failed._get_proforma_failure(), failure)
                return
        if set(states) <= {"sent", "canceled", "pending"}:
            self._note_sent()

    def _note_missing_recipient(self):
        """Note that nobody gets the e-mail, unless it is to be sent later."""
        self.ensure_one()
        is_scheduled = self.env["mail.message.schedule"].search_count(
            [("mail_message_id", "=", self.mail_message_id.id)], limit=1
        )
        if not is_scheduled and not self.addresses:
            self._note_failure(self.env._("The customer has no e-mail address."))

    def _get_reminder(self):
        """Return the reminder whose last e-mail this is, empty if it is none.

        :rtype: proforma.reminder
        """
        self.ensure_one()
        reminders = self.env["proforma.reminder"].sudo()
        if self.kind != "reminder" or not self.mail_message_id:
            return reminders
        return reminders.search([("mail_message_id", "=", self.mail_message_id.id)])

    def _note_sent(self):
        """Note that the mail server took the e-mail. Once."""
        for mailing in self.filtered(lambda m: m.state != "sent"):
            if mailing.state != "queued":
                mailing._get_reminder()._note_mail_sent()
            mailing.write({"state": "sent", "sent_on": fields.Datetime.now()})

    def _note_failure(self, reason, state="failed"):
        """Note why an e-mail failed; event and to-do follow once a failure.

        :param str reason: In words.
        :param str state: `failed` or `bounced`.
        """
        self.ensure_one()
        if self.state == state and self.failure_reason == reason:
            return
        self.write(
            {
                "state": state,
                "failed_on": fields.Datetime.now(),
                "failure_reason": reason,
            }
        )
        self._get_reminder()._note_mail_failure(reason)
        order = self.order_id.with_company(self.company_id)
        order._proforma_log_event("mail_failed", note=self._get_kind_label())
        order._proforma_schedule_activity(self._get_failure_texts)

    def _get_failure_texts(self, order):
        """Return summary and note of the to-do of a failed e-mail.

        :param sale.order order: In the language of the user who gets it.
        """
        return (
            order.env._(
                "E-mail about %(version)s failed", version=self.version_id.name
            ),
            order.env._(
                "“%(kind)s” to %(address)s: %(reason)s. Mend the cause, then use “Send"
                " Again” on the version.",
                kind=self.with_env(order.env)._get_kind_label(),
                address=self.addresses or order.partner_id.email or "-",
                reason=(self.failure_reason or "").strip().rstrip("."),
            ),
        )

    def _get_kind_label(self):
        """Return what the e-mail is, in the language of the environment."""
        self.ensure_one()
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    # === CRON METHODS === #

    @api.model
    def _cron_refresh(self):
        """Ask core again about what waits for longer than an hour: a server that was
        killed while it sent, a mail that was sent later.
        """
        domain = Domain("state", "=", "queued") & Domain(
            "queued_on", "<", fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(domain))
        last_id = 0
        while found := self.search(
            domain & Domain("id", ">", last_id), limit=CRON_BATCH_SIZE, order="id"
        ):
            last_id = found[-1].id
            done = try_batch(self.env, lambda found=found: found._refresh_batch(domain))
            if done is False:
                break

    def _refresh_batch(self, domain):
        """Refresh a batch in a transaction of its own, see `_cron_refresh`.

        :param Domain domain: What they must still be like once locked.
        :return: Whether there is time for more.
        :rtype: bool
        """
        locked = self.try_lock_for_update()
        locked.invalidate_recordset()
        locked.filtered_domain(domain)._try_refresh()
        return bool(self.env["ir.cron"]._commit_progress(len(self)))

    def _try_refresh(self):
        """Refresh each by itself: what fails harms no mail and is tried again."""
        for mailing in self:
            try:
                with self.env.cr.savepoint():
                    mailing._refresh()
            # The mail has left: no fault of the proof may make core send it again.
            except Exception:  # noqa: BLE001
                _logger.warning("Mailing %s not followed.", mailing.id, exc_info=True)
