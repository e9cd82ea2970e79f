import logging

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..turns import try_batch

_logger = logging.getLogger(__name__)

# Orders that expire in one transaction: it takes less than a second.
EXPIRY_BATCH_SIZE = 1000

# What is read of an order that expires.
EXPIRY_FIELDS = (
    "proforma_state",
    "proforma_deadline",
    "proforma_version_id",
    "company_id",
)


class SaleOrder(models.Model):
    """What the clock does to a pro forma."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - EXPIRY === #

    def _is_proforma_past_deadline(self, now=None):
        """Return whether the deadline has passed.

        :param datetime now: UTC, naive. By default the present instant, or that of the
            customer's payment if it only waits to be processed.
        """
        self.ensure_one()
        deadline = self.proforma_deadline
        if not deadline or deadline > (now or fields.Datetime.now()):
            return False
        if now:
            return True
        paid_on = self.proforma_deposit_ids._get_secured_on()
        return not (paid_on and paid_on < deadline)

    def _get_proforma_expiry_domain(self, now):
        """Return the domain of the pro formas whose deadline has passed.

        Money that the provider has confirmed and that is not processed yet comes
        first: it may have been in time.

        :param datetime now: UTC, naive.
        :rtype: Domain
        """
        is_paid = fields.Domain("state", "in", ("authorized", "done"))
        is_waiting = is_paid & fields.Domain("is_post_processed", "=", False)
        return (
            fields.Domain("proforma_state", "=", "issued")
            & fields.Domain("proforma_deadline", "<=", now)
            & ~fields.Domain(
                "proforma_deposit_ids",
                "any",
                [("transaction_ids", "any", is_waiting)],
            )
        )

    def _try_expire_proformas(self):
        """Expire the pro formas together; if that fails, each by itself.

        What fails is told on the order and tried again in the next run.
        """
        try:
            with self.env.cr.savepoint():
                self._set_proforma_expired()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        # Whatever another addon does with one of them must not stop the others.
        except Exception as error:  # noqa: BLE001
            if len(self) > 1:
                for order in self:
                    order._try_expire_proformas()
                return
            if not isinstance(error, UserError):
                _logger.warning("Order %s not expired.", self.id, exc_info=True)
            reason = str(error)
            self._proforma_schedule_activity(
                lambda order: (
                    order.env._(
                        "%(name)s could not expire", name=order.proforma_number
                    ),
                    reason,
                )
            )

    # === CRON METHODS === #

    def _cron_expire_proformas(self):
        """Expire what is past its deadline, in batches; several may run at once."""
        domain = self._get_proforma_expiry_domain(fields.Datetime.now())
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        last_id = 0  # What is locked or refuses is passed over until the next run.
        while orders := self.search(
            domain & fields.Domain("id", ">", last_id),
            limit=EXPIRY_BATCH_SIZE,
            order="id",
        ):
            last_id = orders[-1].id
            done = try_batch(
                self.env, lambda orders=orders: orders._expire_batch(domain)
            )
            if done is False:
                break

    def _expire_batch(self, domain):
        """Expire a batch in a transaction of its own.

        :param Domain domain: What the orders must still be like once locked.
        :return: Whether there is time for more.
        :rtype: bool
        """
        locked = self.try_lock_for_update()
        locked.invalidate_recordset(["proforma_state", "proforma_deadline"])
        # Nothing else of the orders is read.
        locked.fetch(EXPIRY_FIELDS)
        locked.filtered_domain(domain)._try_expire_proformas()
        return bool(self.env["ir.cron"]._commit_progress(len(self)))
