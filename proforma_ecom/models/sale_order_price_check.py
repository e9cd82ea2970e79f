import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.fields import Command, Domain

from ..const import CRON_BATCH_SIZE, DEPOSIT_OPEN_STATES
from ..pricing import decide
from ..turns import try_batch
from ..utils import today_in

_logger = logging.getLogger(__name__)


class SaleOrder(models.Model):
    """Checks whether the market has moved pro formas, and does what their plan says."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - CHECK === #

    def _proforma_check_prices(self, today):
        """Check the prices of pro formas of one company, all but those whose new
        version is to be issued: these are returned, and nothing is noted of them.

        :param date today: The company's day.
        :return: The pro formas that a new version is to be made of.
        :rtype: sale.order
        """
        try:
            with self.env.cr.savepoint():
                figures = self._get_proforma_price_figures(today)
                verdicts = {
                    order: order._get_proforma_price_verdict(figures[order], today)
                    for order in self
                    if order in figures
                }
                self._proforma_note_price_checks(figures, verdicts, today)
        except OperationalError:
            raise  # Two at the same time: the batch is begun anew.
        # One broken rule or product must not stop the other documents.
        except Exception as error:  # noqa: BLE001
            if len(self) == 1:
                self._proforma_note_price_failure(error, today)
                return self.browse()
            # One by one, to find the one that fails.
            return self.browse().union(
                *(order._proforma_check_prices(today) for order in self)
            )
        return self.browse().union(
            *(order for order, verdict in verdicts.items() if verdict[0] == "issued")
        )

    def _get_proforma_price_verdict(self, figures, today):
        """Return the outcome and its reason, see `pricing.decide`.

        :param PriceFigures figures: Those of the order.
        :param date today: The company's day.
        :rtype: tuple
        """
        self.ensure_one()
        tz_name = self.company_id._get_proforma_tz()
        issued_on = today_in(tz_name, self.proforma_version_id.issued_on)
        proposal = self.proforma_price_proposal_id
        verdict = decide(
            figures,
            (today - issued_on).days,
            (proposal.new_total, proposal.new_margin) if proposal else None,
        )
        does_act = verdict[0] in ("issued", "proposed")
        if does_act and self._proforma_price_error_message():
            return False, False  # Money came, or the customer signed, a moment ago.
        return verdict

    def _proforma_note_price_checks(self, figures, verdicts, today):
        """Note the outcomes on the pro formas, and propose what is to be proposed.

        :param dict figures: Order -> PriceFigures.
        :param dict verdicts: Order -> outcome and reason.
        :param date today: The company's day.
        """
        noted = self.filtered(lambda o: verdicts.get(o, ("",))[0] != "issued")
        noted.proforma_prices_checked_on = today
        # Who has not answered need not: the prices have come back.
        noted.filtered(
            lambda o: verdicts.get(o, (False,))[0] in (False, "below")
        )._proforma_drop_price_proposal()
        last = noted._get_proforma_last_checks()
        rows = [
            (order, *verdicts[order])
            for order in noted
            if order in verdicts
            and verdicts[order][0]
            and not last[order]._is_same(figures[order], *verdicts[order])
        ]
        checks = self.env["proforma.price.check"].create(
            [
                order._prepare_proforma_check_vals(
                    today, figures[order], outcome, reason
                )
                for order, outcome, reason in rows
            ]
        )
        for check, (order, outcome, _reason) in zip(checks, rows, strict=True):
            if outcome == "proposed":
                order._proforma_propose_prices(check)

    def _get_proforma_last_checks(self):
        """Return the last row of the history of the current versions.

        :return: Order -> its row, empty if nothing has moved yet.
        :rtype: dict[sale.order, proforma.price.check]
        """
        rows = self.env["proforma.price.check"]._read_group(
            [("version_id", "in", self.proforma_version_id.ids)],
            ["version_id"],
            ["id:max"],
        )
        checks = self.env["proforma.price.check"].browse(last for _v, last in rows)
        by_version = {check.version_id: check for check in checks}
        nothing = checks.browse()
        return {
            order: by_version.get(order.proforma_version_id, nothing) for order in self
        }

    def _prepare_proforma_check_vals(self, today, figures, outcome, reason=False):
        """Return the values of a row of the history.

        Below the threshold, as on most days, the lines are left out.

        :param date today: The company's day.
        :param PriceFigures figures: What was found.
        :param str outcome: A key of `PRICE_OUTCOMES`.
        :param str reason: A key of `PRICE_REASONS`, or False.
        :rtype: dict
        """
        self.ensure_one()
        moved = self.order_line.filtered(
            lambda line: (
                outcome != "below" and (line in figures.prices or line in figures.costs)
            )
        )
        return {
            "order_id": self.id,
            "version_id": self.proforma_version_id.id,
            "checked_on": today,
            "outcome": outcome,
            "reason": reason,
            "old_rate": figures.old_rate,
            "rate": figures.new_rate,
            "old_total": figures.old_total,
            "new_total": figures.new_total,
            "total_change": figures.total_change,
            "old_margin": figures.old_margin,
            "new_margin": figures.new_margin,
            "margin_change": figures.margin_change,
            "line_ids": [
                Command.create(self._prepare_proforma_check_line_vals(line, figures))
                for line in moved
            ],
        }

    def _prepare_proforma_check_line_vals(self, line, figures):
        """Return the values of a line of the history; see above."""
        cost = line._get_proforma_cost()
        old_cost, new_cost = figures.costs.get(line, (cost, cost))
        return {
            "product_id": line.product_id.id,
            "name": line.name.partition("\n")[0],
            "quantity": line.product_uom_qty,
            "old_price": line.price_unit,
            "new_price": figures.prices.get(line, line.price_unit),
            "old_cost": old_cost,
            "new_cost": new_cost,
        }

    def _proforma_note_price_failure(self, error, today):
        """Note on the order that its prices could not be checked; tomorrow again.

        :param Exception error: What went wrong.
        :param date today: The company's day.
        """
        self.ensure_one()
        _logger.warning("Prices of order %s not checked.", self.id, exc_info=error)
        version = self.proforma_version_id
        self.proforma_prices_checked_on = today
        self.env["proforma.price.check"].create(
            {
                "order_id": self.id,
                "version_id": version.id,
                "checked_on": today,
                "outcome": "failed",
                "reason": "error",
                "note": str(error),
                "old_total": self.amount_total,
                "new_total": self.amount_total,
            }
        )
        self._proforma_schedule_activity(
            lambda order: (
                order.env._(
                    "The prices of %(name)s could not be checked", name=version.name
                ),
                str(error),
            )
        )

    # === CRON METHODS === #

    def _get_proforma_price_domain(self, company, now, today):
        """Return the domain of the pro formas whose prices are to be checked today.

        Those without a line that may move have no day of their last check.

        :param res.company company: The company.
        :param datetime now: UTC, naive.
        :param date today: The company's day.
        :rtype: Domain
        """
        is_paid = Domain("state", "not in", (*DEPOSIT_OPEN_STATES, "cancelled"))
        is_coming = Domain("state", "in", ("pending", "authorized", "done"))
        return (
            Domain("company_id", "=", company.id)
            & Domain("proforma_state", "=", "issued")
            & Domain("proforma_prices_checked_on", "<", today)
            & Domain("proforma_deadline", ">", now)
            & Domain("signed_on", "=", False)
            & ~Domain("proforma_deposit_ids", "any", is_paid)
            & ~Domain("transaction_ids", "any", is_coming)
        )

    def _cron_check_proforma_prices(self):
        """Check what may have moved, once a day; several may run at once."""
        now = fields.Datetime.now()
        watched = [
            ("proforma_state", "=", "issued"),
            ("proforma_prices_checked_on", "!=", False),
        ]
        for (company,) in self._read_group(watched, ["company_id"]):
            # The queue sends: nothing of a mail server delays the next document.
            orders = self.with_context(mail_notify_force_send=False)
            orders = orders.with_company(company)
            today = company._get_proforma_today()
            domain = self._get_proforma_price_domain(company, now, today)
            self.env["ir.cron"]._commit_progress(remaining=orders.search_count(domain))
            last_id = 0
            while found := orders.search(
                domain & Domain("id", ">", last_id), limit=CRON_BATCH_SIZE, order="id"
            ):
                last_id = found[-1].id
                if not found._try_check_prices(domain, today):
                    return

    def _try_check_prices(self, domain, today):
        """Check the prices of a batch together; issue new versions one by one, each in
        a transaction of its own.

        :param Domain domain: What they must still be like once locked.
        :param date today: The company's day.
        :return: Whether there is time for more.
        :rtype: bool
        """
        done = try_batch(self.env, lambda: self._check_batch(domain, today))
        is_time_left, to_issue = done or (True, self.browse())
        for order in to_issue:
            if not is_time_left:
                break
            done = try_batch(
                self.env, lambda order=order: order._issue_alone(domain, today)
            )
            is_time_left = done is not False
        return is_time_left

    def _check_batch(self, domain, today):
        """Check the prices of a batch in a transaction of its own.

        :return: Whether there is time for more, and what is to be issued anew.
        :rtype: tuple[bool, sale.order]
        """
        locked = self.try_lock_for_update()
        locked.invalidate_recordset()
        to_issue = locked.filtered_domain(domain)._proforma_check_prices(today)
        cron = self.env["ir.cron"]
        return bool(cron._commit_progress(len(self) - len(to_issue))), to_issue

    def _issue_alone(self, domain, today):
        """Issue a new version in a transaction of its own, see `_try_check_prices`."""
        order = self.try_lock_for_update()
        order.invalidate_recordset()
        if order.filtered_domain(domain):
            order._proforma_try_issue_new_prices(today)
        return bool(self.env["ir.cron"]._commit_progress(1))

    def _proforma_try_issue_new_prices(self, today):
        """Make and send a new version at today's prices; a refusal becomes a proposal.

        :param date today: The company's day.
        """
        self.ensure_one()
        figures = self._get_proforma_price_figures(today).get(self)
        if not figures or self._get_proforma_price_verdict(figures, today) != (
            "issued",
            False,
        ):
            self._proforma_check_prices(today)
            return
        word = self._get_proforma_word()
        try:
            with self.env.cr.savepoint():
                self._proforma_issue_new_prices(figures, today, "issued")
                if word:  # The market has not answered the customer.
                    self._proforma_stop_reminders(word)
                self._proforma_send_new_prices()
                self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        except OperationalError:
            raise  # Two at the same time: the batch is begun anew.
        # Whatever a template or another addon refuses must not stop the others.
        except Exception as error:  # noqa: BLE001
            _logger.warning(
                "New prices of order %s not issued.", self.id, exc_info=True
            )
            self._proforma_note_refused_issue(figures, today, str(error))

    def _proforma_send_new_prices(self):
        """Send the new version; where the company sends no e-mail of it, the
        salesperson is asked to: the customer would not know of his new prices.
        """
        self.ensure_one()
        version = self.proforma_version_id
        if self._proforma_send_mail() or version.is_mail_waiting:
            return
        # An e-mail that failed is told already.
        if not version.all_mailing_ids:
            self._proforma_schedule_activity(
                lambda order: (
                    order.env._("Send the pro forma %(name)s", name=version.name),
                    order.env._(
                        "Its prices have changed, and the e-mail about new versions is"
                        " switched off."
                    ),
                )
            )

    def _proforma_note_refused_issue(self, figures, today, error):
        """Propose what could not be issued, unless it was proposed before.

        :param PriceFigures figures: What was found.
        :param date today: The company's day.
        :param str error: Why it was refused.
        """
        self.proforma_prices_checked_on = today
        proposal = self.proforma_price_proposal_id
        if proposal and not figures.is_beyond(
            figures.terms.threshold, since=(proposal.new_total, proposal.new_margin)
        ):
            return
        vals = self._prepare_proforma_check_vals(today, figures, "proposed", "refused")
        check = self.env["proforma.price.check"].create({**vals, "note": error})
        self._proforma_propose_prices(check, note=error)

    def _proforma_issue_new_prices(self, figures, today, outcome):
        """Make a new version at the prices of today.

        Note: `self.ensure_one()`, locked, in the environment of its company.

        :param PriceFigures figures: What was found.
        :param date today: The company's day.
        :param str outcome: A key of `PRICE_OUTCOMES`, noted in the history.
        :raise UserError: If it cannot be issued.
        """
        self.env["proforma.price.check"].sudo().create(
            self._prepare_proforma_check_vals(today, figures, outcome)
        )
        self._proforma_log_event("price_checked")
        self._set_proforma_revising(is_told=False)
        reasons = self._prepare_proforma_price_reasons(figures.prices, today)
        self._proforma_write_prices(figures.prices, today)
        self._check_proforma_readiness()
        self.with_context(proforma_price_reasons=reasons)._proforma_issue()
