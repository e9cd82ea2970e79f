import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..const_reminder import SEND_BATCH_SIZE, TOLD_DEPOSIT_REASONS
from ..notices import MAIL_LAYOUT
from ..turns import try_batch
from ..utils import today_in
from .ir_qweb import COMPILED
from .proforma_reminder_judge_mixin import LATER, WAIT

_logger = logging.getLogger(__name__)


class ProformaReminderSendingMixin(models.AbstractModel):
    """Sending what is due. The row and the mail in core's queue are written in the same
    transaction: whatever stops the server, neither is there without the other.
    """

    _name = "proforma.reminder.sending.mixin"
    _description = "Sending of Reminders"

    # === CRON METHODS === #

    @api.model
    def _cron_send_reminders(self):
        """Plan what is missing, then handle what is due in companies that are at work;
        several may run at once.
        """
        if not self._cron_plan_missing():
            return
        now = fields.Datetime.now()
        due = Domain("state", "=", "planned") & Domain("planned_on", "<=", now)
        counts = [
            (company, count)
            for company, count in self._read_group(due, ["company_id"], ["__count"])
            if company._get_proforma_working_hours().is_working(now)
        ]
        self.env["ir.cron"]._commit_progress(remaining=sum(n for _c, n in counts))
        # What is owed goes before what is offered, should a contact get one mail only.
        for operator in ("!=", "="):
            for company, _count in counts:
                domain = due & Domain("company_id", "=", company.id)
                domain &= Domain("deposit_id", operator, False)
                if not self.with_company(company)._send_due(domain, now):
                    return

    @api.model
    def _send_due(self, domain, now):
        """Handle the due reminders of the company of the environment, in batches.

        :param Domain domain: What they must still be like once locked.
        :param datetime now: In UTC.
        :return: Whether there is time for more.
        :rtype: bool
        """
        passed = []  # What waits, or what another server holds.
        while found := self.search(
            domain & Domain("id", "not in", passed),
            limit=SEND_BATCH_SIZE,
            order="planned_on, id",
        ):
            done = try_batch(
                self.env, lambda found=found: found._handle_batch(domain, now)
            )
            is_time_left, left = done or (True, found)
            passed += left.ids
            if not is_time_left:
                return False
        return True

    def _handle_batch(self, domain, now):
        """Handle a batch in a transaction of its own.

        :return: Whether there is time for more, and the reminders to pass over.
        :rtype: tuple[bool, recordset of `proforma.reminder`]
        """
        locked = self.try_lock_for_update()
        self.env.invalidate_all()
        left = (self - locked) | locked.filtered_domain(domain)._handle(now)
        return bool(self.env["ir.cron"]._commit_progress(len(self))), left

    # === BUSINESS METHODS - SENDING === #

    def _handle(self, now):
        """Decide on due reminders of one company, and send them or say why not.

        Note: the rows are locked.

        :param datetime now: In UTC.
        :return: Those that wait for something else than time.
        :rtype: recordset of `proforma.reminder`
        """
        verdicts = self._get_verdicts(now)
        chosen = self.filtered(lambda reminder: verdicts[reminder] is None)
        chosen._spare_contacts(verdicts, now)
        by_verdict = defaultdict(self.browse)
        for reminder in self:
            by_verdict[verdicts[reminder]] |= reminder
        waiting = by_verdict.pop(WAIT, self.browse())
        sendable = by_verdict.pop(None, self.browse())
        by_verdict.pop(LATER, None)
        for reason, reminders in by_verdict.items():
            reminders._note("skipped", now, reason=reason)
            if reason in TOLD_DEPOSIT_REASONS:
                reminders._tell_unreminded_deposits()
        shadows = sendable.filtered("plan_id.is_shadow")
        shadows._note("shadow", now)
        (sendable - shadows)._send(now)
        return waiting

    def _get_verdicts(self, now):
        """Return the verdict of each reminder, see `_get_verdict`.

        :rtype: dict
        """
        tz_name = self.env.company._get_proforma_tz()
        today = today_in(tz_name, now)
        signs = self._get_signs_of_life()
        verdicts = {}
        for reminder in self:
            try:
                kinds = signs[reminder.version_id]
                verdicts[reminder] = reminder._get_verdict(today, tz_name, kinds)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception as error:  # noqa: BLE001 - one record, not the batch.
                reminder._note_failure(error)
                verdicts[reminder] = WAIT
        return verdicts

    def _send(self, now):
        """Send the reminders; those of one template together.

        :param datetime now: In UTC.
        """
        groups = defaultdict(self.browse)
        for reminder in self:
            step = reminder.step_id
            # An order is posted on once a batch; a deposit is named in the context.
            alone = reminder.deposit_id or (step if step.channel == "activity" else "")
            key = (step.channel, step.template_id, alone and reminder)
            groups[key] |= reminder
        for reminders in groups.values():
            reminders._try_send(now)
        if self.filtered(lambda r: r.step_id.channel == "mail"):
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _try_send(self, now):
        """Send reminders together; if that fails, each by itself. One that fails says
        why and can be tried again.

        :param datetime now: In UTC.
        """
        try:
            with self.env.cr.savepoint():
                messages = self._send_together()
                for reminder in self:
                    reminder.mail_message_id = messages.get(reminder.order_id.id)
                self._create_mailings()
                self._note("sent", now)
                self._log_reminded()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 - a template may raise anything.
            if len(self) > 1:
                for reminder in self:
                    reminder._try_send(now)
                return
            _logger.info("Reminder %s failed: %s.", self.id, type(error).__name__)
            self._note_failure(error)

    def _send_together(self):
        """Do what the steps of the reminders say, all of one template.

        :return: The message in the discussion of each order, by the order's id.
        :rtype: dict[int, int]
        """
        if self.step_id.channel == "activity":
            return self._schedule_activity()
        orders = self.order_id.with_context(proforma_deposit_id=self.deposit_id.id)
        template = self.step_id.template_id
        composer = orders.env["mail.compose.message"].with_context(
            default_composition_mode="comment",
            default_model="sale.order",
            default_res_ids=orders.ids,
            default_template_id=template.id,
            **{COMPILED: {}},
        )
        values = self._prepare_composer_vals()
        _mails, messages = composer.create(values)._action_send_mail()
        return {message.res_id: message.id for message in messages}

    def _prepare_composer_vals(self):
        """Return what the composer is told besides the template.

        The queue sends, never this transaction; and only the customer is written to,
        not who follows the order.

        :rtype: dict
        """
        return {
            "message_type": "notification",
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
            "email_layout_xmlid": MAIL_LAYOUT,
            "force_send": False,
            "notify_skip_followers": True,
        }

    def _schedule_activity(self):
        """Plan the activity of the step for who looks after the order, for today.

        :return: Nothing is posted.
        :rtype: dict
        """
        self.ensure_one()
        user = self.order_id._get_proforma_responsible_user()
        step = self.step_id.with_context(lang=user.lang)
        self.order_id.with_context(lang=user.lang).activity_schedule(
            activity_type_id=step.activity_type_id.id,
            user_id=user.id,
            date_deadline=self.company_id._get_proforma_today(),
            summary=step.activity_summary or step.name,
            note=step.activity_note,
        )
        return {}

    # === BUSINESS METHODS - LOG === #

    def _create_mailings(self):
        """Have the e-mails followed like all others about a version: the proof of
        sending.
        """
        self.env["proforma.mailing"].create(
            [
                {
                    "version_id": reminder.version_id.id,
                    "kind": "reminder",
                    "deposit_id": reminder.deposit_id.id,
                    "mail_message_id": reminder.mail_message_id.id,
                    "addresses": reminder.partner_id.email,
                }
                for reminder in self
                if reminder.mail_message_id
            ]
        )

    def _note(self, state, now, reason=False):
        """Write what became of the reminders.

        :param str state: A key of `REMINDER_STATES`.
        :param datetime now: In UTC.
        :param str reason: A key of `REMINDER_REASONS`.
        """
        if self:
            self.write({"state": state, "done_on": now, "reason": reason})

    def _note_failure(self, error):
        """Write why a reminder failed.

        :param Exception error: What went wrong.
        """
        while error.__cause__:  # What broke, not the template around it.
            error = error.__cause__
        self._note_failure_text(str(error) or type(error).__name__)
        self._tell_unreminded_deposits()

    def _note_failure_text(self, text):
        now = fields.Datetime.now()
        self._note("failed", now, reason="error")
        self.error = " ".join(text.split())[:500]

    def _note_mail_failure(self, reason):
        """Note that the e-mail of a reminder failed, or came back. It can be tried
        again, and holds back no other one.

        :param str reason: In words.
        """
        self.filtered(lambda r: r.state == "sent")._note_failure_text(reason)

    def _note_mail_sent(self):
        """Note that an e-mail that had failed was sent all the same: the queue was
        worked off once more.
        """
        failed = self.filtered(lambda reminder: reminder.state == "failed")
        failed._note("sent", fields.Datetime.now())
        failed.error = False

    def _log_reminded(self):
        """Write one event for each e-mail that was sent."""
        for reminder in self.filtered(lambda r: r.step_id.channel == "mail"):
            name = reminder.step_id.name
            reminder.order_id._proforma_log_event("reminded", note=name)
