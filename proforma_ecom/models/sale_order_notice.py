import logging

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import CRON_BATCH_SIZE
from ..notices import EXPIRY_NOTICE_DAYS, NOTICE_FILES, SELLER_NOTICES
from ..turns import try_batch

_logger = logging.getLogger(__name__)


class SaleOrder(models.Model):
    """Status e-mails: each once a version, none of them stops what it tells of."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _proforma_send_notice(self, kind, deposit=None, request=None):
        """Send a status e-mail about the current version, if the company wants it and
        it was not sent before. It goes through core's queue.

        A template that fails undoes nothing: the salesperson gets a to-do.

        :param str kind: A key of `NOTICES`.
        :param proforma.deposit deposit: What it is about, if it is about a deposit.
        :param proforma.request request: What it is about, if it is about a request.
        :return: The orders whose e-mail is on its way.
        :rtype: sale.order
        """
        sent = self.browse()
        for order in self.filtered("proforma_version_id"):
            notice = order.company_id._get_proforma_notice(kind)
            about = (kind, deposit, request)
            if not notice.is_active or order._has_proforma_notice(*about):
                continue
            mailing = order._claim_proforma_notice(*about)
            if mailing and order._try_proforma_notice(mailing):
                sent |= order
        return sent

    def _claim_proforma_notice(self, kind, deposit=None, request=None):
        """Return the row of an e-mail that nobody else sends, empty if another server
        was faster.

        :rtype: proforma.mailing
        """
        self.ensure_one()
        mailings = self.env["proforma.mailing"].sudo()
        try:
            with self.env.cr.savepoint():
                return mailings.create(
                    self._prepare_proforma_mailing_vals(kind, deposit, request)
                )
        except UniqueViolation:
            return mailings

    def _has_proforma_notice(self, kind, deposit=None, request=None):
        """Return whether a status e-mail was sent by itself for the current version."""
        self.ensure_one()
        domain = [
            ("version_id", "=", self.proforma_version_id.id),
            ("kind", "=", kind),
            ("deposit_id", "=", deposit.id if deposit else False),
            ("request_id", "=", request.id if request else False),
            ("is_notice", "=", True),
        ]
        return bool(self.env["proforma.mailing"].sudo().search_count(domain, limit=1))

    def _prepare_proforma_mailing_vals(self, kind, deposit=None, request=None):
        """Return the values of the row that follows an e-mail.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "version_id": self.proforma_version_id.id,
            "kind": kind,
            "deposit_id": deposit.id if deposit else False,
            "request_id": request.id if request else False,
            "is_notice": True,
        }

    def _try_proforma_notice(self, mailing):
        """Post the template of an e-mail; what fails is noted on it, not raised.

        :param proforma.mailing mailing: New, or to be sent again.
        :return: Whether it is on its way.
        :rtype: bool
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._proforma_post_notice(mailing)
        except OperationalError:
            raise  # Two at the same time: the server runs the request again.
        # A fault of a template, whatever it is, must not undo what it tells of.
        except Exception as error:  # noqa: BLE001
            if not isinstance(error, UserError):
                _logger.info("Mailing %s not sent.", mailing.id, exc_info=True)
            mailing._note_failure(str(error))
        return mailing.state in ("queued", "sent")

    def _proforma_post_notice(self, mailing):
        """Post the template of a status e-mail on the order.

        :param proforma.mailing mailing: The row that follows it.
        """
        self.ensure_one()
        kind = mailing.kind
        template = self.company_id._get_proforma_notice(kind)._get_template()
        order = self.with_context(
            proforma_mailing_id=mailing.id,
            proforma_notice_kind=kind,
            proforma_deposit_id=mailing.deposit_id.id,
            proforma_request_id=mailing.request_id.id,
            proforma_mark_sent=NOTICE_FILES.get(kind) == "attachment_id",
        )
        if kind == "accepted_seller":
            order._proforma_mail_seller(template)
            mailing._note_sent()
        elif kind in SELLER_NOTICES:
            order._proforma_post_template(
                template, "mail.mt_note", notify_skip_followers=True
            )
        else:
            # What brings a document is for all who follow it; the rest for whom it
            # tells, not for the salesperson, who has switches of his own.
            is_document = kind in NOTICE_FILES
            order._proforma_post_template(
                template, notify_skip_followers=not is_document
            )

    def _proforma_mail_seller(self, template):
        """Send an e-mail to the salesperson, or to the company if there is none.

        :param mail.template template: It says to whom.
        """
        self.ensure_one()
        template.sudo().send_mail(
            self.id, email_layout_xmlid="mail.mail_notification_light"
        )
        # The queue runs hourly; the seller wants to know now.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _get_proforma_mailed_file(self, template):
        """Return the file that goes with a template, as it is stored with the version.

        :param mail.template template: A template on `sale.order`.
        :rtype: ir.attachment
        """
        self.ensure_one()
        kind = self.env.context.get("proforma_notice_kind")
        company = self.company_id
        kinds = [kind] if kind else company._get_proforma_template_kinds(template)
        fname = next((NOTICE_FILES[k] for k in kinds if k in NOTICE_FILES), False)
        version = self.proforma_version_id.sudo()
        return version[fname] if fname else version.attachment_id.browse()

    def _is_proforma_deposit_just_paid(self):
        """Return whether the last online payment paid a deposit of the pro forma: an
        e-mail of its own says so.
        """
        self.ensure_one()
        last = self.sudo().transaction_ids.sorted("id")[-1:]
        return last.state == "done" and bool(last.proforma_deposit_id)

    def _get_proforma_issue_kind(self):
        """Return the kind of the e-mail that brings the current version.

        :rtype: str
        """
        self.ensure_one()
        return "changed" if self.proforma_version_id.version > 1 else "issued"

    # === OVERRIDES === #

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Override of `mail` to follow the e-mails about pro formas."""
        res = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if message.message_type != "user_notification":
            mailing = self._get_proforma_mailing_of_context()
            # What the outcome entails is about other messages.
            mailing = mailing.with_context(
                proforma_mailing_id=False, proforma_mark_sent=False
            )
            for followed in mailing:
                followed._follow(message)
        return res

    def _get_proforma_mailing_of_context(self):
        """Return the row of the e-mail that is being sent, empty if it is none of ours.

        :return: In sudo mode.
        :rtype: proforma.mailing
        """
        context = self.env.context
        mailing = self.env["proforma.mailing"].sudo()
        if mailing_id := context.get("proforma_mailing_id"):
            return mailing.browse(mailing_id)
        if not (context.get("proforma_mark_sent") and self.proforma_version_id):
            return mailing
        # Sent by hand, with the composer.
        vals = self._prepare_proforma_mailing_vals(self._get_proforma_issue_kind())
        return mailing.create({**vals, "is_notice": False})

    # === CRON METHODS === #

    def _get_proforma_expiry_notice_domain(self, notice, now):
        """Return the domain of the expired pro formas of which nobody was told.

        Their trail is asked: the expiry itself has nothing to write for it. What has
        expired before the e-mail was switched on, or days ago, is not told any more,
        nor what a renewal was asked of already.

        :param proforma.notice notice: Of a company.
        :param datetime now: UTC, naive.
        :rtype: Domain
        """
        since = fields.Datetime.subtract(now, days=EXPIRY_NOTICE_DAYS)
        since = max(since, notice.active_since)
        expired = [("kind", "=", "expired"), ("occurred_on", ">=", since)]
        told = [("kind", "=", notice.kind), ("is_notice", "=", True)]
        asked = [("kind", "=", "renewal_asked")]
        return (
            Domain("company_id", "=", notice.company_id.id)
            & Domain("proforma_state", "=", "expired")
            & Domain("proforma_event_ids", "any", expired)
            & ~Domain("proforma_version_id", "any", [("all_mailing_ids", "any", told)])
            & ~Domain("proforma_version_id", "any", [("event_ids", "any", asked)])
        )

    def _cron_send_expiry_notices(self):
        """Tell of the pro formas that have expired; several may run at once."""
        now = fields.Datetime.now()
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        for notice in self.env["proforma.notice"].search(
            [("kind", "in", ("expired", "expired_seller")), ("is_active", "=", True)]
        ):
            # Many at once go to the queue; nobody waits for them.
            orders = self.with_context(mail_notify_force_send=False)
            orders = orders.with_company(notice.company_id)
            domain = orders._get_proforma_expiry_notice_domain(notice, now)
            self.env["ir.cron"]._commit_progress(remaining=orders.search_count(domain))
            last_id = 0  # What is locked is passed over until the next run.
            while found := orders.search(
                domain & Domain("id", ">", last_id), limit=CRON_BATCH_SIZE, order="id"
            ):
                last_id = found[-1].id
                if not found._try_expiry_notices(notice, domain):
                    return

    def _try_expiry_notices(self, notice, domain):
        """Tell of the expiry of the orders, each in a transaction of its own.

        :param proforma.notice notice: What is sent.
        :param Domain domain: What they must still be like once locked.
        :return: Whether there is time for more.
        :rtype: bool
        """
        for order_id in self.ids:
            order = self.browse(order_id)
            done = try_batch(
                self.env, lambda order=order: order._tell_expiry(notice, domain)
            )
            if done is False:
                return False
        return True

    def _tell_expiry(self, notice, domain):
        """Tell of one expiry, see `_try_expiry_notices`."""
        locked = self.try_lock_for_update()
        locked.invalidate_recordset()
        locked.filtered_domain(domain)._proforma_send_notice(notice.kind)
        return bool(self.env["ir.cron"]._commit_progress(1))
