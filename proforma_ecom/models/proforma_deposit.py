from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..const import (
    DEPOSIT_INVOICE_TIMES,
    DEPOSIT_NATURES,
    DEPOSIT_OPEN_STATES,
    DEPOSIT_STATES,
    INSTALMENT_FIELDS,
)
from ..utils import group_text


class ProformaDeposit(models.Model):
    _name = "proforma.deposit"
    _inherit = [
        "proforma.instalment.mixin",
        "proforma.deposit.dunning.mixin",  # Before the state: it overrides its moves.
        "proforma.deposit.state.mixin",
        "proforma.deposit.payment.mixin",
        "proforma.deposit.transfer.mixin",
        "proforma.deposit.invoice.mixin",
        "proforma.deposit.reminder.mixin",
        "proforma.deposit.refund.mixin",
        "proforma.deposit.portal.mixin",
    ]
    _description = "Pro Forma Deposit"
    _order = "order_id, sequence, id"
    _check_company_auto = True

    # === FIELDS === #

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(
        related="order_id.currency_id", store=True, precompute=True
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    partner_id = fields.Many2one(related="order_id.partner_id", store=True)
    user_id = fields.Many2one(related="order_id.user_id", store=True)
    order_state = fields.Selection(related="order_id.proforma_state")
    plan_line_id = fields.Many2one(
        "proforma.deposit.plan.line", readonly=True, index="btree_not_null"
    )

    replaces_id = fields.Many2one(
        "proforma.deposit",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The deposit, given back or credited, that it asks for again.",
    )

    name = fields.Char(string="Label", required=True)
    fixed_amount = fields.Monetary()
    amount = fields.Monetary(compute="_compute_amount", store=True)
    amount_company = fields.Monetary(
        string="Amount in Company Currency",
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
        help="At the rate of the order.",
    )
    nature = fields.Selection(DEPOSIT_NATURES, required=True, default="acompte")
    invoice_on = fields.Selection(
        DEPOSIT_INVOICE_TIMES, string="Invoice It", required=True, default="paid"
    )
    due_date = fields.Date(readonly=True, index="btree_not_null")
    paid_on = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        DEPOSIT_STATES, required=True, default="planned", readonly=True, index=True
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    reference = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The reference to quote with a bank transfer (ISO 11649).",
    )

    _fixed_amount_positive = models.Constraint(
        "CHECK(fixed_amount IS NULL OR fixed_amount >= 0)",
        "The amount of an instalment cannot be negative.",
    )
    _amount_positive = models.Constraint(
        "CHECK(amount IS NULL OR amount >= 0)",
        "The amount of a deposit cannot be negative.",
    )
    _invoice_uniq = models.UniqueIndex(
        "(invoice_id) WHERE invoice_id IS NOT NULL",
        "A deposit invoice belongs to one deposit only.",
    )
    _reference_uniq = models.UniqueIndex(
        "(company_id, reference) WHERE reference IS NOT NULL",
        "The reference of a deposit is used only once in a company.",
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "sequence",
        "amount_type",
        "percent",
        "fixed_amount",
        "order_id.amount_total",
        "order_id.amount_untaxed",
        "order_id.proforma_deposit_ids.sequence",
        "order_id.proforma_deposit_ids.amount_type",
        "order_id.proforma_deposit_ids.percent",
        "order_id.proforma_deposit_ids.fixed_amount",
    )
    def _compute_amount(self):
        for order, deposits in self.grouped("order_id").items():
            amounts = order._get_proforma_deposit_amounts()
            for deposit in deposits:
                deposit.amount = amounts.get(deposit, deposit.amount)

    @api.depends("amount", "order_id.currency_rate")
    def _compute_amount_company(self):
        for deposit in self:
            rate = deposit.order_id.currency_rate or 1.0
            currency = deposit.company_id.currency_id or deposit.currency_id
            deposit.amount_company = currency.round(deposit.amount / rate)

    @api.depends("state", "due_date")
    def _compute_is_overdue(self):
        for deposit in self:
            today = deposit.company_id._get_proforma_today()
            deposit.is_overdue = (
                deposit.state == "due" and (deposit.due_date or today) < today
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = [
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "due")
            & Domain("due_date", "<", company._get_proforma_today())
            for company in self.env["res.company"].sudo().search([])
        ]
        domain = Domain.OR(domains)
        return domain if True in value else ~domain

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of the ORM: users plan instalments of what is not accepted yet."""
        if not self.env.su:
            for vals in vals_list:
                self._check_planned_fields({*vals} - {"order_id", "plan_line_id"})
        deposits = super().create(vals_list)
        deposits._check_can_be_planned()
        return deposits

    def write(self, vals):
        """Override of the ORM: users change nothing but planned instalments."""
        if not self.env.su:
            self._check_planned_fields(vals)
            self._check_can_be_planned()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_planned(self):
        if self.filtered(lambda deposit: deposit.state != "planned"):
            raise UserError(
                self.env._("A deposit that is due or paid cannot be deleted.")
            )
        self._check_can_be_planned()

    @api.model
    def _check_planned_fields(self, fnames):
        """Check that a user writes only what instalments are made of.

        :raise UserError: If another field is among them.
        """
        if not set(INSTALMENT_FIELDS).issuperset(fnames):
            raise UserError(
                self.env._(
                    "State, payment and invoice of a deposit follow from what happens;"
                    " they cannot be written."
                )
            )

    def _check_can_be_planned(self):
        """Check that users may still plan the deposits by hand.

        :raise UserError: If one is due or paid, or its order accepted or cancelled.
        """
        if self.env.su:
            return
        if self.filtered(
            lambda d: d.state != "planned" or not d.order_id._is_proforma_open()
        ):
            raise UserError(
                self.env._(
                    "The instalments of an accepted or cancelled order follow its"
                    " payments. They can be planned before the issue or in a revision."
                )
            )

    # === HELPERS === #

    def _get_open(self):
        """Return the deposits that may still be paid, in their order."""
        return self.filtered(lambda d: d.state in DEPOSIT_OPEN_STATES).sorted(
            lambda d: (d.sequence, d.id)
        )

    def _get_plan_label(self, first_lang):
        """Return the label of the plan's instalment in the environment's language, ""
        if it says nothing else, or the deposit was named by hand.

        :param str first_lang: Language of the deposit's own label.
        :rtype: str
        """
        self.ensure_one()
        line = self.sudo().plan_line_id
        is_own = line.with_context(lang=first_lang).name == self.name
        return line.name if is_own and line.name != self.name else ""

    def _get_when_text(self, trigger):
        """Return when the deposit is to be paid, in the environment's language.

        :param str trigger: The label of its trigger.
        :rtype: str
        """
        self.ensure_one()
        if self.trigger == "after_acceptance":
            return self.env._("%(days)s days after acceptance", days=self.days)
        if self.trigger == "before_delivery":
            return self.env._("%(days)s days before delivery", days=self.days)
        if self.trigger == "fixed_date" and self.fixed_date:
            return self.env._("On %(day)s", day=format_date(self.env, self.fixed_date))
        return trigger

    def _get_printed_reference(self):
        """Return the reference for a transfer as it is printed, in groups of four."""
        self.ensure_one()
        return group_text(self.reference, 4)

    def _get_share(self):
        """Return which share of the order's total the deposit is, 0 if it is none.

        After a change of the order, what was a share may be one no more.

        :return: Percent (0-100).
        :rtype: float
        """
        self.ensure_one()
        if self.amount_type != "percent":
            return 0.0
        total = self.order_id.amount_total
        share = self.currency_id.round(total * self.percent / 100)
        # The last instalment may differ by what rounding left over.
        tolerance = self.currency_id.rounding * len(self.order_id.proforma_deposit_ids)
        return self.percent if abs(share - self.amount) <= tolerance else 0.0
