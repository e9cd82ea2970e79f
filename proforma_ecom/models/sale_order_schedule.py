from odoo import api, fields, models
from odoo.fields import Command

from ..const import DEPOSIT_COUNTED_STATES, INSTALMENT_FIELDS
from ..schedule import (
    creditor_reference,
    instalment_amounts,
    is_whole,
    split_total,
)


class SaleOrder(models.Model):
    """The schedule of an order before its acceptance: which deposits, how much."""

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_deposit_ids = fields.One2many(
        "proforma.deposit",
        "order_id",
        string="Deposits",
        compute="_compute_proforma_deposit_ids",
        store=True,
        readonly=False,
        copy=False,
    )
    proforma_schedule_edited = fields.Boolean(
        copy=False,
        readonly=True,
        help="The instalments were changed by hand: they no longer follow the plan.",
        prefetch="proforma",
    )
    # === COMPUTE METHODS === #

    @api.depends("proforma_deposit_plan_id")
    def _compute_proforma_deposit_ids(self):
        """Show the instalments of the plan while the order can still be issued."""
        for order in self:
            if not order._has_proforma_schedule_preview():
                continue
            planned = order.proforma_deposit_ids
            if planned.filtered(lambda deposit: deposit.state != "planned"):
                continue
            if not (planned or order.proforma_deposit_plan_id):
                continue
            order.proforma_schedule_edited = False
            order.proforma_deposit_ids = [
                Command.clear(),
                *map(Command.create, order._prepare_proforma_deposits_vals()),
            ]

    @api.depends(
        "amount_total", "proforma_deposit_ids.amount", "proforma_deposit_ids.state"
    )
    def _compute_proforma_schedule_gap(self):
        for order in self:
            counted = order._get_proforma_counted_deposits()
            gap = order.amount_total - sum(counted.mapped("amount")) if counted else 0.0
            order.proforma_schedule_gap = gap and order.currency_id.round(gap)

    # === ACTION METHODS === #

    def action_proforma_reset_schedule(self):
        """Take the instalments of the plan again, instead of those planned by hand."""
        self.check_access("write")
        self.filtered(lambda order: order._is_proforma_open())._proforma_plan_deposits()
        self._proforma_revise_if_changed()

    # === BUSINESS METHODS - PLAN === #

    def _has_proforma_schedule_preview(self):
        """Return whether the instalments are shown before the issue. Extension point:
        a cart of the shop has no need of them.
        """
        self.ensure_one()
        return self.proforma_state not in ("accepted", "cancelled")

    def _get_proforma_deposit_plan_lines(self):
        """Return the instalments that the order's plan asks for.

        :rtype: recordset of `proforma.deposit.plan.line`
        """
        return self.sudo().proforma_deposit_plan_id.line_ids

    def _prepare_proforma_deposits_vals(self):
        """Return the values of the deposits that the plan asks for.

        :rtype: list[dict]
        """
        self.ensure_one()
        lines = self._get_proforma_deposit_plan_lines()
        today = self.company_id._get_proforma_today()
        values = lines._prepare_deposits_vals(self, today)
        return [
            {**vals, "plan_line_id": line.id}
            for line, vals in zip(lines, values, strict=True)
        ]

    def _proforma_plan_deposits(self):
        """Plan the deposits anew from the plan; what is due or paid already stays."""
        for order in self.sudo():
            deposits = order.proforma_deposit_ids
            deposits.filtered(lambda d: d.state == "planned").unlink()
            if not order.proforma_deposit_ids:
                order.proforma_deposit_ids = [
                    Command.create(vals)
                    for vals in order._prepare_proforma_deposits_vals()
                ]
            order.proforma_schedule_edited = False

    def _proforma_settle_schedule(self):
        """Fix the schedule that is about to be printed: that of the plan as it is now,
        or the one planned by hand; labels, positions and references included.

        Note: `self.ensure_one()`, in sudo mode.
        """
        self.ensure_one()
        if not self.proforma_schedule_edited:
            self._proforma_plan_deposits()
        self._proforma_drop_empty_deposits()
        ordered = self.proforma_deposit_ids.sorted(lambda d: (d.sequence, d.id))
        for position, deposit in enumerate(ordered, start=1):
            if deposit.sequence != position:
                deposit.sequence = position

    def _proforma_drop_empty_deposits(self):
        """Remove the instalments that the first ones leave nothing for; the last that
        remains takes the rest.
        """
        deposits = self.proforma_deposit_ids.sorted(lambda d: (d.sequence, d.id))
        empty = deposits.filtered(
            lambda d: d.state == "planned" and d.currency_id.is_zero(d.amount)
        )
        if empty and (kept := deposits - empty):
            kept[-1].amount_type = "balance"
            empty.unlink()

    def _proforma_assign_references(self):
        """Give the open deposits that lack one their reference for a transfer."""
        for order in self.sudo():
            for deposit in order.proforma_deposit_ids._get_open():
                if order.proforma_number and not deposit.reference:
                    deposit.reference = order._get_free_proforma_reference(deposit)

    def _get_free_proforma_reference(self, deposit):
        """Return the reference of a deposit, another one if it is taken already.

        :rtype: str
        """
        self.ensure_one()
        reference = creditor_reference(self.proforma_number, deposit.sequence)
        taken = deposit.search_count(
            [("company_id", "=", self.company_id.id), ("reference", "=", reference)]
        )
        # Two numbers of a hand-made series may differ by nothing but their signs.
        return creditor_reference(f"D{deposit.id}", 0) if taken else reference

    # === BUSINESS METHODS - AMOUNTS === #

    def _get_proforma_counted_deposits(self):
        """Return the deposits that make up the total: neither void nor given back.

        :rtype: proforma.deposit
        """
        return self.proforma_deposit_ids.filtered(
            lambda deposit: deposit.state in DEPOSIT_COUNTED_STATES
        )

    def _get_proforma_printed_deposits(self):
        """Return the deposits that a document lists, in their order.

        :rtype: proforma.deposit
        """
        return self._get_proforma_counted_deposits().sorted(
            lambda deposit: (deposit.sequence, deposit.id)
        )

    def _get_proforma_deposit_amounts(self):
        """Return what the planned deposits amount to; those of an accepted order change
        otherwise, see `_proforma_rebalance_deposits`.

        :return: Deposit -> amount in the currency of the order; empty once accepted.
        :rtype: dict
        """
        if not self or self.proforma_state in ("accepted", "cancelled"):
            return {}
        self.ensure_one()
        deposits = self.proforma_deposit_ids.sorted(lambda d: d.sequence)
        planned = deposits.filtered(lambda deposit: deposit.state == "planned")
        kept = self._get_proforma_counted_deposits() - planned
        round_amount = self.currency_id.round if self.currency_id else float
        amounts = instalment_amounts(
            self.amount_total,
            self.amount_untaxed,
            planned._get_instalments(),
            round_amount,
        )
        if kept:
            left = self.amount_total - sum(kept.mapped("amount"))
            amounts = split_total(max(left, 0.0), amounts, round_amount)
        return dict(zip(planned, amounts, strict=True))

    def _get_proforma_schedule_issue(self):
        """Return what is wrong with the schedule of the next issue, or "".

        :return: `plan_sum`, `schedule_sum` or `schedule_needed`.
        :rtype: str
        """
        self.ensure_one()
        lines = self._get_proforma_deposit_plan_lines()
        if not self.proforma_schedule_edited:
            broken = lines and not is_whole(lines._get_instalments())
            return "plan_sum" if broken else ""
        needed = self.proforma_deposit_ids.filtered("needed_to_confirm")
        if len(needed) > 1:
            return "schedule_needed"
        is_off = not self.currency_id.is_zero(self.proforma_schedule_gap)
        return "schedule_sum" if is_off else ""

    def _is_proforma_schedule_changed(self):
        """Return whether the plan asks for other deposits than the order has.

        Labels apart: they are in the language of the version.
        """
        self.ensure_one()
        fnames = [f for f in INSTALMENT_FIELDS if f not in ("name", "sequence")]
        planned = self._prepare_proforma_deposits_vals()
        deposits = self.sudo().proforma_deposit_ids.sorted("sequence")
        return [[vals[f] for f in fnames] for vals in planned] != [
            [deposit[f] for f in fnames] for deposit in deposits
        ]
