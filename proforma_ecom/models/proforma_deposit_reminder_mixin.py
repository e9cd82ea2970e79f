import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..const import CRON_BATCH_SIZE
from ..turns import try_batch

_logger = logging.getLogger(__name__)


class ProformaDepositReminderMixin(models.AbstractModel):
    """Asking for deposits when they are due, and their receipts."""

    _name = "proforma.deposit.reminder.mixin"
    _description = "Requests for Pro Forma Deposits"

    # === FIELDS === #

    asked_on = fields.Date(
        readonly=True, copy=False, help="When the customer was asked to pay."
    )
    is_receipt_waiting = fields.Boolean(readonly=True, copy=False)

    # === BUSINESS METHODS - ASKING === #

    def _ask(self):
        """Ask the customer for deposits that are due: by the deposit invoice where the
        plan says so, else by an e-mail with a link to pay. Once.

        :raise UserError: If an invoice cannot be made.
        """
        for deposit in self.sudo().filtered(
            lambda d: d.state == "due" and not d.asked_on
        ):
            today = deposit.company_id._get_proforma_today()
            if deposit.invoice_on == "due" and not deposit._is_receipt_only():
                deposit._create_deposit_invoice(today)._queue_proforma_sending()
            elif deposit._has_money():
                continue  # Asked for later, should it come to nothing.
            else:
                deposit._send_request("proforma_ecom.mail_template_deposit_due")
            deposit.asked_on = today
            if deposit.due_date and deposit.due_date < today:
                deposit._remind_from(today)

    def _try_ask(self):
        """Ask for the deposits that are due, see `_ask`. What cannot be asked for is
        told on its order, and undoes nothing of what made it due.
        """
        for deposit in self:
            deposit._try(deposit._ask)

    def _send_request(self, template_xmlid):
        """Post a template about the deposit on its order, which sends it to the
        customer.

        :param str template_xmlid: External id of a template on `sale.order`; it finds
            the deposit in the context.
        """
        self.ensure_one()
        order = self.order_id.with_context(proforma_deposit_id=self.id)
        order._proforma_post_template(template_xmlid)

    def _send_receipt(self):
        """Send the receipt of earnest money. Once.

        Note: `self.ensure_one()`, in sudo mode.
        """
        self.ensure_one()
        self.is_receipt_waiting = False
        template = self.order_id._get_proforma_mail_template(
            "proforma_ecom.mail_template_deposit_receipt"
        )
        template.send_mail(self.id, email_layout_xmlid="mail.mail_notification_light")
        # The queue runs hourly; the customer waits for it.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _is_being_paid(self):
        """Return whether an online payment is on its way, not processed yet."""
        self.ensure_one()
        last = self._get_last_payment()
        is_new = last.state == "done" and not last.is_post_processed
        return is_new or last.state in ("pending", "authorized")

    def _has_money(self):
        """Return whether money came for the deposit, or is on its way, so that nobody
        asks the customer for it.
        """
        self.ensure_one()
        return self._get_last_payment().state in ("pending", "authorized", "done") or (
            any(not line.reconciled for line in self._get_money())
        )

    # === CRON METHODS === #

    @api.model
    def _get_follow_up_domain(self, company, today):
        """Return the domain of the deposits of a company that need something today: to
        become due, to be asked for, a receipt.

        :param res.company company: The company.
        :param date today: Its day.
        :rtype: Domain
        """
        is_coming = Domain("state", "=", "planned") & Domain("due_date", "<=", today)
        is_unasked = Domain("state", "=", "due") & Domain("asked_on", "=", False)
        is_running = Domain("order_state", "=", "accepted")
        return Domain("company_id", "=", company.id) & (
            (is_running & (is_coming | is_unasked))
            | Domain("is_receipt_waiting", "=", True)
        )

    @api.model
    def _cron_follow_up(self):
        """Ask for what is due, send receipts; several may run at once. One that fails
        says why on its order, and the others go on.
        """
        for (company,) in self._read_group([], ["company_id"]):
            deposits = self.with_company(company)
            today = company._get_proforma_today()
            domain = self._get_follow_up_domain(company, today)
            self.env["ir.cron"]._commit_progress(
                remaining=deposits.search_count(domain)
            )
            last_id = 0
            while found := deposits.search(
                domain & Domain("id", ">", last_id), limit=CRON_BATCH_SIZE, order="id"
            ):
                last_id = found[-1].id
                if not found._try_follow_up(domain, today):
                    return

    def _try_follow_up(self, domain, today):
        """Follow up the deposits of a batch, each in a transaction of its own.

        :param Domain domain: What they must still be like once locked.
        :param date today: The company's day.
        :return: Whether there is time for more.
        :rtype: bool
        """
        for deposit in self:
            done = try_batch(
                self.env,
                lambda deposit=deposit: deposit.browse(deposit.id)._follow_up_alone(
                    domain, today
                ),
            )
            if done is False:
                return False
        return True

    def _follow_up_alone(self, domain, today):
        """Follow up one deposit, see `_try_follow_up`."""
        locked = self.try_lock_for_update()
        locked.invalidate_recordset()
        if locked.filtered_domain(domain):
            locked._note_due(today)
            locked._try(locked._follow_up)
        return bool(self.env["ir.cron"]._commit_progress(1))

    def _try(self, action):
        """Do something for the deposit; if it fails, tell so on its order.

        :param callable action: A template of the shop's may make it raise anything.
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                action()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 - one record, not the batch.
            if not isinstance(error, UserError):
                _logger.info("Deposit %s: follow-up failed.", self.id, exc_info=True)
            self._report_follow_up_failure(str(error))

    def _follow_up(self):
        """Do for a deposit what today asks for; see `_get_follow_up_domain`."""
        self.ensure_one()
        if self.is_receipt_waiting:
            self._send_receipt()
        if self.order_state == "accepted":
            self._ask()

    def _note_due(self, today):
        """Note that the day of a planned deposit has come, though asking for it fails.

        :param date today: The company's day.
        """
        self.ensure_one()
        is_running = self.order_state == "accepted"
        if is_running and self.due_date and self.due_date <= today:
            self._set_due(today)

    def _report_follow_up_failure(self, reason):
        """Tell who looks after the order, once, that a deposit cannot be asked for."""
        self.ensure_one()
        name = self.name
        self.order_id._proforma_schedule_activity(
            lambda order: (
                order.env._("Deposit “%(name)s” could not be asked for", name=name),
                reason,
            )
        )
