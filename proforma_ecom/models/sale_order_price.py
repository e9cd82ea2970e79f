from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

SALES = "sales_team.group_sale_salesman"


class SaleOrder(models.Model):
    """Which prices of a pro forma may move, and the salesperson's word on it."""

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_price_plan_id = fields.Many2one(
        "proforma.price.plan",
        string="Price Plan",
        compute="_compute_proforma_price_plan_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        help="Whether the prices may move after the issue. Empty: as the categories of"
        " the products say. A change counts from the next version on.",
        prefetch="proforma",
    )
    proforma_prices_checked_on = fields.Date(
        string="Prices Checked On",
        copy=False,
        readonly=True,
        help="In the company's time zone. Empty if all prices are guaranteed.",
        prefetch="proforma",
    )
    proforma_price_check_ids = fields.One2many(
        "proforma.price.check",
        "order_id",
        string="Price Checks",
        readonly=True,
        groups=SALES,
    )
    proforma_price_proposal_id = fields.Many2one(
        "proforma.price.check",
        string="Last Proposal",
        copy=False,
        readonly=True,
        help="Of new prices for the current version, answered or not.",
        prefetch="proforma",
    )
    proforma_price_proposed = fields.Boolean(
        string="New Prices Proposed",
        copy=False,
        readonly=True,
        prefetch="proforma",
    )
    proforma_price_status = fields.Char(
        string="Prices", compute="_compute_proforma_price_status", groups=SALES
    )
    proforma_price_sentence = fields.Char(
        string="Proposed Prices",
        compute="_compute_proforma_price_sentence",
        groups=SALES,
    )

    _proforma_prices_checked_idx = models.Index(
        "(company_id, proforma_prices_checked_on, id) WHERE proforma_state = 'issued'"
        " AND proforma_prices_checked_on IS NOT NULL"
    )

    # === COMPUTE METHODS === #

    @api.depends("company_id", "sale_order_template_id")
    def _compute_proforma_price_plan_id(self):
        for order in self:
            plan = order.sale_order_template_id.sudo().proforma_price_plan_id
            is_usable = plan._is_usable(order.company_id)
            order.proforma_price_plan_id = plan if is_usable else False

    @api.depends_context("lang")
    @api.depends(
        "proforma_state",
        "proforma_price_plan_id",
        "proforma_prices_checked_on",
        "proforma_version_id",
        "signed_on",
    )
    def _compute_proforma_price_status(self):
        for order in self:
            order.proforma_price_status = order._get_proforma_price_status()

    @api.depends_context("lang")
    @api.depends("proforma_price_proposal_id", "proforma_price_proposed")
    def _compute_proforma_price_sentence(self):
        for order in self:
            check = order.sudo().proforma_price_proposal_id
            order.proforma_price_sentence = order.proforma_price_proposed and (
                " ".join(
                    filter(
                        None,
                        (
                            order._get_proforma_price_sentence(check),
                            order._get_proforma_price_reason(check),
                            check.note,
                        ),
                    )
                )
            )

    # === ACTION METHODS === #

    def action_proforma_take_prices(self):
        """Make a new version at today's prices and open the composer to send it.

        :rtype: dict
        :raise UserError: If the prices may not move, or have not moved.
        """
        self.ensure_one()
        self.check_access("write")
        self._proforma_lock()
        if not self.proforma_price_proposed:
            raise UserError(self.env._("This question was answered already."))
        if message := self._proforma_price_error_message():
            raise UserError(message)
        order = self.with_company(self.company_id)
        today = order.company_id._get_proforma_today()
        figures = order._get_proforma_price_figures(today).get(order)
        if not (figures and figures.prices):
            raise UserError(
                self.env._(
                    "The price list gives the same prices as %(name)s. Revise the pro"
                    " forma to change them, or keep them.",
                    name=order.proforma_version_id.name,
                )
            )
        order._proforma_issue_new_prices(figures, today, "taken")
        return self.action_proforma_send()

    def action_proforma_keep_prices(self):
        """Keep the prices until they move further by as much as the plan says.

        :return: True
        """
        self.check_access("write")
        for order in self:
            order._proforma_lock()
            if order.proforma_price_proposed:
                order._proforma_keep_prices()
        return True

    # === CRUD METHODS === #

    @api.model
    def _get_proforma_initial_values(self):
        """Override of the guard: what a check found is written by nobody."""
        return {
            **super()._get_proforma_initial_values(),
            "proforma_prices_checked_on": False,
            "proforma_price_proposal_id": False,
            "proforma_price_proposed": False,
        }

    # === BUSINESS METHODS - STATE === #

    def _update_proforma_state(self, target, values=None, partner=None, note=None):
        """Override of the states: what was proposed for a version ends with it."""
        moved = super()._update_proforma_state(
            target, values=values, partner=partner, note=note
        )
        moved._proforma_withdraw_price_proposal()
        return moved

    # === BUSINESS METHODS - ISSUE === #

    def _proforma_issue(self):
        """Override of the issue to keep what the prices stood on."""
        version = super()._proforma_issue()
        self.sudo().with_company(self.company_id)._proforma_keep_baseline(version)
        return version

    def _proforma_keep_baseline(self, version):
        """Keep plan and cost of each line at the issue, if one of them may move.

        What is issued without a plan is a promise: whatever plan is chosen later
        counts from the next version on.

        :param proforma.version version: The new version.
        """
        self.ensure_one()
        plans = self._get_proforma_line_plans()
        is_moving = any(plan.action != "keep" for plan in plans.values())
        company = self.company_id
        values = {
            "proforma_prices_checked_on": is_moving and company._get_proforma_today(),
            "proforma_price_proposal_id": False,
        }
        if is_moving or self.proforma_prices_checked_on:
            self.write(values)
        if is_moving:
            self.env["proforma.price.baseline"].sudo().create(
                [
                    {
                        "version_id": version.id,
                        "line_id": line.id,
                        "plan_id": line in plans and plans[line].id,
                        "priced_on": self.date_order.date(),
                        "cost": line._get_proforma_cost(),
                    }
                    for line in self._get_priced_lines()
                ]
            )

    def _get_proforma_line_plans(self):
        """Return the plans of the lines, of those that have one.

        The plan of the order holds for all of its lines. Without one, each line has
        that of the nearest category of its product.

        :rtype: dict[sale.order.line, proforma.price.plan]
        """
        self.ensure_one()
        plan = self.sudo().proforma_price_plan_id
        lines = self._get_priced_lines()
        if plan._is_usable(self.company_id):
            return dict.fromkeys(lines, plan)
        plans = {line: line._get_proforma_price_plan() for line in lines}
        return {line: plan for line, plan in plans.items() if plan}

    def _proforma_write_prices(self, prices, today):
        """Give lines the prices of today; the order takes its date from them.

        Note: `self.ensure_one()`, in revision.

        :param dict prices: Line -> unit price in the currency of the order.
        :param date today: The company's day.
        """
        self._proforma_apply_price_changes(
            {
                line: {"price_unit": price, "technical_price_unit": price}
                for line, price in prices.items()
                if line.order_id == self
            },
            today,
        )

    # === BUSINESS METHODS - PROPOSAL === #

    def _proforma_keep_prices(self):
        """Note that the salesperson keeps the prices; further moves count from here."""
        self.ensure_one()
        order = self.sudo()
        proposal = order.proforma_price_proposal_id
        proposal.create(
            {
                **proposal.copy_data()[0],
                "checked_on": order.company_id._get_proforma_today(),
                "outcome": "kept",
                "reason": False,
                "note": False,
            }
        )
        order._proforma_withdraw_price_proposal()

    # === HELPERS === #

    def _get_proforma_price_status(self):
        """Return in a sentence whether the prices may move, in the user's language."""
        self.ensure_one()
        if self.proforma_state == "issued" and not self.proforma_prices_checked_on:
            return self.env._("All prices are guaranteed until the deadline.")
        if self.proforma_state == "issued":
            return self._proforma_price_error_message() or self.env._(
                "Prices may move. They were checked on %(date)s.",
                date=format_date(self.env, self.proforma_prices_checked_on),
            )
        if self.proforma_state not in ("none", "revising", "expired", "declined"):
            return self.env._("The prices stay as they are.")
        plans = self.env["proforma.price.plan"].union(
            *self._get_proforma_line_plans().values()
        )
        names = plans.filtered(lambda plan: plan.action != "keep").mapped("name")
        if not names:
            return self.env._("All prices will be guaranteed until the deadline.")
        return self.env._(
            "After the issue prices may move: %(plans)s.", plans=", ".join(names)
        )
