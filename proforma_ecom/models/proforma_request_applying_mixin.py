from odoo import models
from odoo.exceptions import UserError
from odoo.tools import float_compare, format_amount

from ..changes import ProformaChange


class ProformaRequestApplyingMixin(models.AbstractModel):
    """Doing on the order what a request asks for."""

    _name = "proforma.request.applying.mixin"
    _description = "Doing of Pro Forma Requests"

    # === BUSINESS METHODS === #

    def _apply_and_issue(self):
        """Do what was asked and issue it.

        :raise UserError: If that is not possible any more, or something is missing.
        """
        self.ensure_one()
        order = self.order_id
        if self.kind == "offer":
            self._check_offered_for()
        if self.kind == "renewal":
            today = order.company_id._get_proforma_today()
            order._proforma_renew(order._prepare_proforma_renewal(today), today)
            return
        order._set_proforma_revising()
        self._apply()
        order._check_proforma_readiness()
        order._proforma_issue()

    def _apply(self):
        """Write on the order what was asked. Extension point: does nothing for a kind
        that is answered by the issue of the order as it is.

        Whoever calls it compares the order with its version, or issues a new one.

        :raise UserError: If that is not possible any more.
        """
        self.ensure_one()
        order = self.order_id
        if self.kind == "renewal":
            today = order.company_id._get_proforma_today()
            order._proforma_apply_renewal(order._prepare_proforma_renewal(today), today)
        elif self.kind == "change":
            order._proforma_apply_change(self._get_change())
        elif self.kind == "offer":
            self._check_lines()
            self._check_offer_is_lower()
            order._proforma_apply_offer(self._get_offered(), self.order_line_id)

    def _get_change(self):
        """Return the change that is asked for.

        :rtype: ProformaChange
        :raise UserError: If a line is gone.
        """
        self.ensure_one()
        self._check_lines()
        on_order = self.line_ids.filtered("order_line_id")
        added = (self.line_ids - on_order).filtered("quantity_asked")
        return ProformaChange.make(
            {row.order_line_id: row.quantity_asked for row in on_order},
            {row.product_id: row.quantity_asked for row in added},
            self._get_choices(),
        )

    def _get_choices(self):
        """Return what was chosen from lists. Extension point.

        :return: Name of a field -> record, see `_get_proforma_choices`.
        :rtype: dict
        """
        self.ensure_one()
        return {}

    def _check_lines(self):
        """Check that the lines are still there that shall be otherwise.

        :raise UserError: If one is gone.
        """
        gone = self.line_ids.filtered(
            lambda row: (
                row.quantity_now and row.quantity_asked and not row.order_line_id
            )
        )
        if gone:
            raise UserError(
                self.env._(
                    "“%(line)s” is not on the order any more. Adapt the order by hand"
                    " and issue it.",
                    line=gone[0].name,
                )
            )

    def _get_offered(self):
        """Return what is offered: a total, or the price of one unit of the line.

        :rtype: float
        """
        self.ensure_one()
        return self.amount_asked or self.line_ids[:1].price_asked

    def _check_offered_for(self):
        """Check that an offer is still for the same: the customer may have changed the
        pro forma since, and wants more for it now.

        :raise UserError: If it is not.
        """
        self.ensure_one()
        row, line = self.line_ids[:1], self.order_line_id
        if line:
            digits = self.env["proforma.snapshot"]._get_price_digits(line)
            price = line._get_proforma_shown_price()
            is_same = not (
                line.product_uom_id.compare(line.product_uom_qty, row.quantity_now)
                or float_compare(price, row.price_now, precision_digits=digits)
            )
        else:
            total = self.order_id.amount_total
            is_same = not self.currency_id.compare_amounts(total, self.amount_now)
        if not is_same:
            raise UserError(
                self.env._(
                    "%(name)s is not what this offer was for: quantities or prices"
                    " have changed since. Adapt it and look at the order, or refuse"
                    " it.",
                    name=self.order_id.proforma_version_id.name,
                )
            )

    def _check_offer_is_lower(self):
        """Check that the customer offers less than what he would pay anyway.

        :raise UserError: If he does not any more.
        """
        self.ensure_one()
        order, line = self.order_id, self.order_line_id
        now = line._get_proforma_shown_price() if line else order.amount_total
        if self._get_offered() >= now:
            raise UserError(
                self.env._(
                    "It costs %(now)s now, no more than the customer offered. Refuse"
                    " the offer and tell him.",
                    now=format_amount(self.env, now, order.currency_id),
                )
            )

    def _accept_by_rule(self):
        """Do what was asked and issue it, in nobody's name.

        :raise UserError: If it cannot be issued.
        """
        self.ensure_one()
        self.with_context(proforma_request_answering=self.ids)._apply_and_issue()
        self._close_with_version("accepted")
