from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..const import DELIVERY_COSTS, EXPIRING_DAYS, PROFORMA_STATES


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === FIELDS === #

    # Identity
    proforma_number = fields.Char(
        string="Pro Forma Number",
        prefetch="proforma",
        copy=False,
        readonly=True,
        index="trigram",
    )
    proforma_state = fields.Selection(
        PROFORMA_STATES,
        string="Pro Forma",
        required=True,
        default="none",
        copy=False,
        readonly=True,
        index=True,
        tracking=True,
        group_expand="_group_expand_proforma_state",
    )
    proforma_version_ids = fields.One2many(
        "proforma.version", "order_id", string="Pro Forma Versions", readonly=True
    )
    proforma_version_id = fields.Many2one(
        "proforma.version",
        string="Current Version",
        prefetch="proforma",
        copy=False,
        readonly=True,
        index="btree_not_null",
    )
    proforma_version_count = fields.Integer(compute="_compute_proforma_version_count")
    proforma_pdf_state = fields.Selection(related="proforma_version_id.pdf_state")

    # Clock
    proforma_issued_on = fields.Datetime(
        string="Issued On", prefetch="proforma", copy=False, readonly=True
    )
    proforma_deadline = fields.Datetime(
        string="Pro Forma Deadline",
        prefetch="proforma",
        copy=False,
        readonly=True,
        help="The instant when acceptance stops: the end of the last day of validity"
        " in the company's time zone, plus the company's grace.",
    )
    proforma_expiring = fields.Boolean(
        string="Expiring Soon",
        compute="_compute_proforma_expiring",
        search="_search_proforma_expiring",
    )

    # Settings
    proforma_deposit_plan_id = fields.Many2one(
        "proforma.deposit.plan",
        string="Deposit Plan",
        compute="_compute_proforma_deposit_plan_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
    )

    proforma_layout_id = fields.Many2one(
        "proforma.layout",
        string="Layout",
        compute="_compute_proforma_layout_id",
        ondelete="restrict",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        prefetch="proforma",
    )

    # Delivery
    proforma_delivery_cost = fields.Selection(
        DELIVERY_COSTS,
        string="Delivery Cost",
        compute="_compute_proforma_delivery_cost",
        store=True,
        readonly=False,
        precompute=True,
        help="What the document says of the delivery cost when no line says it.",
        prefetch="proforma",
    )
    proforma_delivery_time = fields.Char(
        string="Delivery Time",
        compute="_compute_proforma_delivery_time",
        store=True,
        readonly=False,
        precompute=True,
        help="Printed unless a delivery date is promised.",
        prefetch="proforma",
    )

    proforma_schedule_gap = fields.Monetary(
        string="Missing in the Schedule",
        compute="_compute_proforma_schedule_gap",
        help="The total of the order less its instalments.",
    )

    proforma_overpayment = fields.Monetary(
        string="Paid Too Much",
        copy=False,
        readonly=True,
        help="What was paid or invoiced in deposits beyond the total of the order.",
        prefetch="proforma",
    )

    # What happened
    proforma_event_ids = fields.One2many(
        "proforma.event", "order_id", string="Events", readonly=True
    )
    proforma_decline_reason_id = fields.Many2one(
        "proforma.decline.reason",
        string="Decline Reason",
        copy=False,
        readonly=True,
        prefetch="proforma",
    )
    proforma_accepted_by_hand = fields.Char(
        string="How the Customer Accepted",
        copy=False,
        readonly=True,
        help="Filled in when a user recorded the acceptance instead of the customer.",
        prefetch="proforma",
    )

    _proforma_number_uniq = models.UniqueIndex(
        "(company_id, proforma_number) WHERE proforma_number IS NOT NULL",
        "A pro forma number is used only once in a company.",
    )
    _proforma_deadline_idx = models.Index(
        "(proforma_deadline) WHERE proforma_state = 'issued'"
    )

    # === COMPUTE METHODS === #

    @api.model
    def _group_expand_proforma_state(self, states, domain):
        """Return the columns of the kanban view, in the order of a pro forma's life."""
        return [state for state, _label in PROFORMA_STATES if state != "none"]

    @api.depends("proforma_version_ids")
    def _compute_proforma_version_count(self):
        for order in self:
            order.proforma_version_count = len(order.proforma_version_ids)

    @api.depends("proforma_state", "proforma_deadline")
    def _compute_proforma_expiring(self):
        now = fields.Datetime.now()
        soon = fields.Datetime.add(now, days=EXPIRING_DAYS)
        for order in self:
            order.proforma_expiring = (
                order.proforma_state == "issued"
                and now < (order.proforma_deadline or now) <= soon
            )

    @api.model
    def _search_proforma_expiring(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        soon = fields.Datetime.add(now, days=EXPIRING_DAYS)
        domain = fields.Domain(
            [
                ("proforma_state", "=", "issued"),
                ("proforma_deadline", ">", now),
                ("proforma_deadline", "<=", soon),
            ]
        )
        return domain if True in value else ~domain

    @api.depends("company_id", "partner_id", "sale_order_template_id")
    def _compute_proforma_deposit_plan_id(self):
        self._proforma_take_setting("proforma_deposit_plan_id")

    @api.depends("company_id", "partner_id", "sale_order_template_id")
    def _compute_proforma_layout_id(self):
        self._proforma_take_setting("proforma_layout_id")

    @api.depends("order_line.product_id", "order_line.display_type")
    def _compute_proforma_delivery_cost(self):
        """Say "to be agreed" of goods that come without a line for their delivery."""
        for order in self:
            lines = order.order_line
            has_goods = any(line.product_id.type == "consu" for line in lines)
            if not has_goods or any(line._is_delivery() for line in lines):
                order.proforma_delivery_cost = "line"
            elif order.proforma_delivery_cost in (False, "line"):
                order.proforma_delivery_cost = "agreed"

    @api.depends("company_id", "partner_id")
    def _compute_proforma_delivery_time(self):
        for order in self:
            company = order.company_id
            if company.proforma_delivery_time:
                company = company.with_context(lang=order._get_proforma_lang())
            order.proforma_delivery_time = company.proforma_delivery_time

    def _compute_is_expired(self):
        """Override of `sale`: a pro forma expires at its deadline, not on UTC's day."""
        proformas = self.filtered(lambda order: order.proforma_state != "none")
        super(SaleOrder, self - proformas)._compute_is_expired()
        for order in proformas:
            order.is_expired = order.proforma_state == "expired" or (
                order.proforma_state == "issued" and order._is_proforma_past_deadline()
            )

    def _compute_access_url(self):
        """Override of `sale`: a pro forma has a page of its own until accepted."""
        super()._compute_access_url()
        for order in self:
            if order.proforma_state not in ("none", "accepted"):
                order.access_url = f"/my/proformas/{order.id}"

    # === ACTION METHODS === #

    def action_draft(self):
        """Override of `sale`: a pro forma goes back to revision, not to a quotation.

        A draft of the shop would come back as the customer's cart.
        """
        proformas = self.filtered(lambda order: order.proforma_state != "none")
        proformas.check_access("write")
        if proformas.filtered(lambda order: order.proforma_state == "cancelled"):
            raise UserError(
                self.env._(
                    "A cancelled pro forma keeps its number and stays closed."
                    " Duplicate the order to start again."
                )
            )
        proformas._set_proforma_revising()
        return super(SaleOrder, self - proformas).action_draft()

    def action_view_proforma_versions(self):
        """Return the action that lists the versions of the order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "proforma_ecom.action_proforma_versions"
        )
        return {**action, "domain": [("order_id", "=", self.id)]}

    # === BUSINESS METHODS - CORE'S HOOKS === #

    def _confirmation_error_message(self):
        """Override of `sale`: the guard of the pro forma holds on every path."""
        message = super()._confirmation_error_message()
        if message or self.proforma_state == "none":
            return message
        return (
            self._proforma_acceptance_error_message()
            or self._proforma_missing_step_message()
        )

    def _get_prepayment_required_amount(self):
        """Override of `sale`: a pro forma asks for the deposits that confirm it."""
        self.ensure_one()
        if self.proforma_state == "none":
            return super()._get_prepayment_required_amount()
        needed = self.proforma_deposit_ids.filtered(
            lambda d: d.needed_to_confirm and d.state != "cancelled"
        )
        return self.currency_id.round(sum(needed.mapped("amount")))

    def _is_confirmation_amount_reached(self):
        """Override of `sale`: money of an earlier version or a late one confirms
        nothing; core would count all that was ever paid on the order.
        """
        self.ensure_one()
        if self.proforma_state == "none":
            return super()._is_confirmation_amount_reached()
        needed = self.sudo().proforma_deposit_ids.filtered(
            lambda d: d.needed_to_confirm and d.state != "cancelled"
        )
        return all(deposit._is_payment_secured() for deposit in needed)

    def _send_payment_succeeded_for_order_mail(self):
        """Override of `sale`: its e-mail speaks of a quotation and attaches it; how the
        payment of a pro forma stands is said on its page. A deposit that is paid after
        the acceptance has an e-mail of its own.
        """
        proformas = self.filtered(
            lambda order: (
                order.proforma_state not in ("none", "accepted")
                or order._is_proforma_deposit_just_paid()
            )
        )
        return super(
            SaleOrder, self - proformas
        )._send_payment_succeeded_for_order_mail()

    def _can_be_edited_on_portal(self):
        """Override of `sale`: what was sent is not edited line by line."""
        return self.proforma_state == "none" and super()._can_be_edited_on_portal()

    # === HELPERS === #

    def _format_proforma_amount(self, amount):
        """Return an amount of the order as text, in the environment's language."""
        return format_amount(self.env, amount, self.currency_id)

    def _get_proforma_lang(self):
        """Return the language of the document: the customer's, if it is active.

        :return: A language code such as `fr_FR`.
        :rtype: str
        """
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        candidates = (
            self.partner_id.lang,
            self.company_id.partner_id.lang,
            self.env.lang,
        )
        return next((code for code in candidates if code in installed), "en_US")
