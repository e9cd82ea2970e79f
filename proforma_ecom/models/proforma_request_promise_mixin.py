import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..const import CRON_BATCH_SIZE

_logger = logging.getLogger(__name__)


class ProformaRequestPromiseMixin(models.AbstractModel):
    """The promised answer: its words, how long it took, who hears if it is late."""

    _name = "proforma.request.promise.mixin"
    _description = "Promised Answers to Pro Forma Requests"

    # === FIELDS === #

    answer_hours = fields.Float(
        string="Time to Answer",
        compute="_compute_answer_hours",
        store=True,
        aggregator="avg",
        help="Working hours of the company between the request and its end.",
    )
    late_since = fields.Datetime(
        string="Leader Told On",
        readonly=True,
        copy=False,
        help="When the leader of the sales team was told that the answer is late.",
    )
    late_activity_id = fields.Many2one("mail.activity", readonly=True, copy=False)

    # === COMPUTE METHODS === #

    @api.depends("asked_on", "answered_on")
    def _compute_answer_hours(self):
        for request in self:
            request.answer_hours = 0.0
            if request.answered_on:
                hours = request.company_id._get_proforma_working_hours()
                request.answer_hours = hours.count(
                    request.asked_on, request.answered_on
                )

    # === BUSINESS METHODS === #

    def _get_promise_text(self):
        """Return until when the answer is promised, in words of the environment's
        language and in the company's time.

        :return: Such as "Monday, November 30, 2026, 2:00 PM".
        :rtype: str
        """
        self.ensure_one()
        return self.company_id._get_proforma_moment_text(self.answer_by)

    def _finish_activity(self):
        """Override of the closing: the leader's to-do ends with the request."""
        res = super()._finish_activity()
        self.sudo().late_activity_id.exists().filtered("active").unlink()
        return res

    def _escalate(self):
        """Tell the leaders of the sales teams of answers that are late. Once.

        Without a leader who may see the order, the trail alone says it.
        """
        for request in self.filtered(lambda r: r.is_overdue and not r.late_since):
            request.late_since = fields.Datetime.now()
            request.order_id._proforma_log_event("answer_late", note=request.kind)
            if leader := request._get_leader():
                request.late_activity_id = request._plan_escalation(leader)

    def _get_leader(self):
        """Return who is told of a late answer, empty if nobody is.

        :rtype: res.users
        """
        self.ensure_one()
        order = self.order_id
        return order.team_id.user_id.filtered(
            lambda user: (
                user.active
                and order.company_id in user.company_ids
                and order.with_user(user)
                .with_context(allowed_company_ids=order.company_id.ids)
                .has_access("read")
            )
        )

    def _plan_escalation(self, leader):
        """Give the leader a to-do, in his language.

        :param res.users leader: Of the team that the order belongs to.
        :rtype: mail.activity
        """
        self.ensure_one()
        request = self.with_context(lang=leader.lang)
        env = request.env
        return request.order_id.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=leader.id,
            summary=env._("Late answer: %(request)s", request=request.display_name),
            note=env._(
                "%(customer)s was promised an answer until %(time)s. It is with"
                " %(salesperson)s.",
                customer=request.asked_by or request.partner_id.name,
                time=request._get_promise_text(),
                salesperson=request.order_id._get_proforma_responsible_user().name,
            ),
        )

    # === CRON METHODS === #

    @api.model
    def _get_late_domain(self, now):
        """Return the domain of the late answers of which nobody was told.

        :param datetime now: UTC, naive.
        :rtype: Domain
        """
        return (
            Domain("state", "=", "waiting")
            & Domain("answer_by", "<", now)
            & Domain("late_since", "=", False)
        )

    def _cron_escalate(self):
        """Tell of the late answers, each in a transaction of its own; several may run
        at once.
        """
        domain = self._get_late_domain(fields.Datetime.now())
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        last_id = 0  # What is locked is passed over until the next run.
        while found := self.search(
            domain & Domain("id", ">", last_id), limit=CRON_BATCH_SIZE, order="id"
        ):
            last_id = found[-1].id
            for request in found:
                if not request._try_escalate(domain):
                    return

    def _try_escalate(self, domain):
        """Tell of one late answer, unless somebody else is at it.

        :param Domain domain: What it must still be like once locked.
        :return: Whether there is time for more.
        :rtype: bool
        """
        try:
            locked = self.try_lock_for_update()
            locked.invalidate_recordset()
            with self.env.cr.savepoint():
                locked.filtered_domain(domain)._escalate()
            self.env.flush_all()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self.env.cr.rollback()
            self.env.invalidate_all()
        except Exception:  # noqa: BLE001 - one record, not the batch.
            _logger.warning(
                "Request %s is late; nobody was told.", self.id, exc_info=True
            )
        return bool(self.env["ir.cron"]._commit_progress(1))
